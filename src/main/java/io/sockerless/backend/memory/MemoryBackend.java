package io.sockerless.backend.memory;

import io.sockerless.backend.core.CoreBuilder;
import io.sockerless.backend.memory.wasm.WasmModules;
import io.sockerless.backend.spi.Backend;
import io.sockerless.backend.spi.BackendContext;
import io.sockerless.engine.Engine;
import jakarta.enterprise.context.Dependent;

/** Offers the backend that needs nothing but a JVM: the core, with sandboxes for containers. */
@Dependent
public class MemoryBackend implements Backend {

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public Engine create(BackendContext context) {
    CoreBuilder core = CoreBuilder.open(name(), context);
    WasmModules modules = new WasmModules(core.store().folder("wasm"));
    return core.processes(
            new SandboxProcessFactory(new SandboxLoader(Programs::find, modules::program)))
        .utilities(Programs::names)
        .build();
  }
}
