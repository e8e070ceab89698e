package io.sockerless.example.machines;

import io.sockerless.backend.core.CoreBuilder;
import io.sockerless.backend.core.Overrides;
import io.sockerless.backend.spi.Backend;
import io.sockerless.backend.spi.BackendContext;
import io.sockerless.engine.Containers;
import io.sockerless.engine.Engine;
import jakarta.enterprise.context.Dependent;
import java.nio.file.Path;

/**
 * A backend as an author of one writes it: each container is a process of the operating system,
 * with files, processes and a name of its own, and the agent in it.
 */
@Dependent
public class MachinesBackend implements Backend {

  /** The class path of a machine: the agent's jar and this one. */
  static final String CLASS_PATH = "sockerless.machines.classpath";

  @Override
  public String name() {
    return "machines";
  }

  @Override
  public Engine create(BackendContext context) {
    String classPath = context.config().getValue(CLASS_PATH, String.class);
    return CoreBuilder.open(name(), context)
        .machines(new Machines(Path.of(System.getProperty("java.home")), classPath))
        .overrides(
            Overrides.none()
                .withContainers(core ->
                    Overrides.replace(Containers.class, core, new LimitlessContainers(core))))
        .build();
  }
}
