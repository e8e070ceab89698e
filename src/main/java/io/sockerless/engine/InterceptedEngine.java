package io.sockerless.engine;

import io.sockerless.wire.Headers;
import java.io.Closeable;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * An engine whose every operation passes an interceptor first. Each noun is a proxy over its
 * interface, so an operation that is added to the port passes too, without a line here; CDI's
 * decorators would not do, since they leave what a producer made alone.
 */
public final class InterceptedEngine implements Engine, Closeable {

  private final Engine engine;
  private final Interceptor interceptor;
  private final Containers containers;
  private final Execs execs;
  private final Images images;
  private final Networks networks;
  private final Volumes volumes;
  private final SystemOperations system;
  private final Plugins plugins;
  private final Swarm swarm;

  /** Puts the interceptor before the engine. */
  public InterceptedEngine(Engine engine, Interceptor interceptor) {
    this.engine = engine;
    this.interceptor = interceptor;
    this.containers = proxy("containers", Containers.class, engine.containers());
    this.execs = proxy("execs", Execs.class, engine.execs());
    this.images = proxy("images", Images.class, engine.images());
    this.networks = proxy("networks", Networks.class, engine.networks());
    this.volumes = proxy("volumes", Volumes.class, engine.volumes());
    this.system = proxy("system", SystemOperations.class, engine.system());
    this.plugins = proxy("plugins", Plugins.class, engine.plugins());
    this.swarm = proxy("swarm", Swarm.class, engine.swarm());
  }

  @Override
  public String backend() {
    return engine.backend();
  }

  @Override
  public Capabilities capabilities() {
    return engine.capabilities();
  }

  @Override
  public String apiVersion() {
    return engine.apiVersion();
  }

  @Override
  public Headers headers() {
    return engine.headers();
  }

  @Override
  public Containers containers() {
    return containers;
  }

  @Override
  public Execs execs() {
    return execs;
  }

  @Override
  public Images images() {
    return images;
  }

  @Override
  public Networks networks() {
    return networks;
  }

  @Override
  public Volumes volumes() {
    return volumes;
  }

  @Override
  public SystemOperations system() {
    return system;
  }

  @Override
  public Plugins plugins() {
    return plugins;
  }

  @Override
  public Swarm swarm() {
    return swarm;
  }

  /** Ends the engine, and then what watched it, if that holds something. */
  @Override
  public void close() throws IOException {
    try {
      if (engine instanceof Closeable closeable) {
        closeable.close();
      }
    } finally {
      if (interceptor instanceof Closeable closeable) {
        closeable.close();
      }
    }
  }

  private <T> T proxy(String noun, Class<T> type, T operations) {
    ConcurrentMap<Method, String> names = new ConcurrentHashMap<>();
    Object proxy =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) ->
                method.getDeclaringClass() == Object.class
                    ? run(operations, method, arguments)
                    : intercept(
                        operations,
                        method,
                        invocation(
                            names.computeIfAbsent(method, it -> noun + "." + it.getName()),
                            arguments)));
    return type.cast(proxy);
  }

  private Object intercept(Object operations, Method method, Invocation invocation) {
    return method.getReturnType() == HijackedStream.class
        ? interceptor.hijack(
            invocation, it -> (HijackedStream) run(operations, method, arguments(it)))
        : interceptor.answer(invocation, it -> (Answer) run(operations, method, arguments(it)));
  }

  /** Every operation has its names first and the call last. */
  private static Invocation invocation(String operation, Object[] arguments) {
    List<String> names = new ArrayList<>(2);
    for (int i = 0; i < arguments.length - 1; i++) {
      names.add((String) arguments[i]);
    }
    return new Invocation(operation, names, (Call) arguments[arguments.length - 1]);
  }

  private static Object[] arguments(Invocation invocation) {
    List<Object> arguments = new ArrayList<>(invocation.names());
    arguments.add(invocation.call());
    return arguments.toArray();
  }

  private static Object run(Object operations, Method method, Object[] arguments) {
    try {
      return method.invoke(operations, arguments);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(method + " cannot be called", e);
    } catch (InvocationTargetException e) {
      switch (e.getCause()) {
        case RuntimeException failure -> throw failure;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException(method + " failed", e);
      }
    }
  }
}
