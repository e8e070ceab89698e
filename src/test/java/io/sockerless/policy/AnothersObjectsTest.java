package io.sockerless.policy;

import static io.sockerless.policy.GuardedMemory.ALICE;
import static io.sockerless.policy.GuardedMemory.BOB;
import static io.sockerless.policy.GuardedMemory.body;
import static io.sockerless.policy.GuardedMemory.call;
import static io.sockerless.policy.GuardedMemory.create;
import static io.sockerless.policy.GuardedMemory.fresh;
import static io.sockerless.policy.GuardedMemory.refusal;
import static io.sockerless.policy.GuardedMemory.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.engine.Call;
import io.sockerless.engine.Query;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever operation names an object of somebody else's, by whatever name, is told that there is
 * none.
 */
class AnothersObjectsTest extends TeamFixture {

  /** Makes an image of a container of somebody's. */
  private static void commit(String repository, String tag, String... more) {
    List<String> parameters = new ArrayList<>(List.of("repo", repository, "tag", tag));
    parameters.addAll(List.of("container", create(engine, BOB, fresh(), "")));
    parameters.addAll(List.of(more));
    engine.containers().commit(call(BOB, parameters.toArray(String[]::new))).close();
  }

  static Stream<Arguments> operationsThatNameSomething() {
    return Stream.of("containers", "execs", "images", "networks", "volumes")
        .flatMap(noun ->
            Arrays.stream(nounOf(noun).getClass().getInterfaces()[0].getMethods())
                .filter(method -> method.getParameterCount() > 1)
                .filter(method -> !method.getName().equals("distribution"))
                .map(method -> Arguments.of(noun, method.getName(), method)));
  }

  private static Object nounOf(String noun) {
    return switch (noun) {
      case "containers" -> engine.containers();
      case "execs" -> engine.execs();
      case "images" -> engine.images();
      case "networks" -> engine.networks();
      default -> engine.volumes();
    };
  }

  @ParameterizedTest(name = "{0}.{1}")
  @MethodSource("operationsThatNameSomething")
  void noOperationFindsWhatIsAnothers(String noun, String name, Method method) {
    String own = fresh();
    List<String> ways =
        switch (noun) {
          case "containers" -> {
            String id = run(engine, BOB, own);
            yield List.of(own, "/" + own, id, id.substring(0, 12), id.substring(0, 5));
          }
          case "execs" -> {
            String id = run(engine, BOB, own);
            String exec =
                engine
                    .execs()
                    .create(id, call(BOB).with(body("{'Cmd':['true']}")))
                    .document()
                    .asJsonObject()
                    .getString("Id");
            yield name.equals("create") ? List.of(own, id) : List.of(exec);
          }
          case "images" -> {
            commit(own, "latest");
            yield List.of(own, own + ":latest", "docker.io/library/" + own);
          }
          case "networks" -> {
            String id = network(BOB, own);
            yield List.of(own, id, id.substring(0, 12));
          }
          default -> {
            volume(BOB, own);
            yield List.of(own);
          }
        };
    Call call =
        new Call(
                call(ALICE).version(),
                Query.none().and("path", "/").and("name", fresh()).and("repo", fresh()),
                call(ALICE).headers(),
                body("{}"),
                call(ALICE).cancellation())
            .with(ALICE);
    for (String way : ways) {
      assertThat(refusal(() -> invoke(noun, method, way, call.with(body("{}")))))
          .as(way)
          .startsWith("404 ")
          .containsAnyOf("No such", "not found", "no such");
    }
  }

  private static void invoke(String noun, Method method, String name, Call call) {
    List<Object> arguments = new ArrayList<>(List.of(name));
    if (method.getParameterCount() == 3) {
      arguments.add("checkpoint");
    }
    arguments.add(call);
    try {
      close((AutoCloseable) method.invoke(nounOf(noun), arguments.toArray()));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    } catch (InvocationTargetException e) {
      throw (RuntimeException) e.getCause();
    }
  }

  private static void close(AutoCloseable stream) {
    try {
      stream.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
