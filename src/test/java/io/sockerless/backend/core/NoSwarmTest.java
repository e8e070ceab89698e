package io.sockerless.backend.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockerless.engine.EngineException;
import io.sockerless.engine.Plugins;
import io.sockerless.engine.Swarm;
import jakarta.json.JsonValue;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NoSwarmTest {

  private static final Set<String> MAKING =
      Set.of("privileges", "pull", "upgrade", "create", "push", "set");

  /** Calls a method of the port, with the same id for each that it wants. */
  private static Object call(Object port, Method method) throws ReflectiveOperationException {
    Object[] arguments =
        Arrays.stream(method.getParameterTypes())
            .map(type -> type.equals(String.class) ? "id" : Calls.query())
            .toArray();
    return method.invoke(port, arguments);
  }

  private static void isRefused(Object port, Method method, String reason) {
    assertThatThrownBy(() -> call(port, method))
        .as(method.getName())
        .isInstanceOf(InvocationTargetException.class)
        .cause()
        .isInstanceOf(EngineException.NotImplemented.class)
        .hasMessageContaining(reason);
  }

  @Test
  void everyOperationOfASwarmIsRefusedWithTheReason() {
    for (Method method : Swarm.class.getMethods()) {
      isRefused(new NoSwarm(), method, "swarm");
    }
  }

  @Test
  void nothingCanBeMadeAPlugin() {
    for (Method method : Plugins.class.getMethods()) {
      if (MAKING.contains(method.getName())) {
        isRefused(new NoPlugins(), method, "plug-ins");
      }
    }
    assertThat(new NoPlugins().list(Calls.query()).document())
        .isEqualTo(JsonValue.EMPTY_JSON_ARRAY);
  }

  @Test
  void aPluginThatSomebodyNamesIsNotThere() {
    assertThatThrownBy(() -> new NoPlugins().inspect("x", Calls.query()))
        .isInstanceOf(EngineException.NotFound.class)
        .hasMessage("plugin \"x\" not found");
  }
}
