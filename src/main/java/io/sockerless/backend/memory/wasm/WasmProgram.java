package io.sockerless.backend.memory.wasm;

import io.sockerless.backend.memory.kernel.Program;
import io.sockerless.backend.memory.kernel.Signal;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.TaskThread;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import run.endive.runtime.HostFunction;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.runtime.WasmInterruptedException;
import run.endive.wasm.WasmEngineException;

/** A WebAssembly module as a task's program: a WASI command, whose {@code _start} is run. */
final class WasmProgram implements Program {

  private static final long READ = 1 << 1;
  private static final long WRITE = 1 << 6;

  private final WasmModules.Compiled compiled;

  WasmProgram(WasmModules.Compiled compiled) {
    this.compiled = compiled;
  }

  @Override
  public int run(Task task) throws IOException {
    WasiFiles files = new WasiFiles();
    for (int number = 0; number <= 2; number++) {
      long rights = number == 0 ? READ : WRITE;
      if (task.descriptors().find(number).isPresent()) {
        files.set(
            number,
            new WasiFiles.Opened(
                Optional.of(task.descriptors().get(number).retain()), Optional.empty(), 0, rights));
      }
    }
    List<ChargedMemory> memories = new ArrayList<>();
    try {
      run(task, files, memories);
      return 0;
    } catch (WasmInterruptedException e) {
      task.checkpoint();
      throw new IOException("interrupted", e);
    } catch (WasmEngineException e) {
      task.complain("wasm trap: " + e.getMessage());
      return 128 + Signal.ABRT.number();
    } finally {
      memories.forEach(ChargedMemory::giveBack);
      files.closeAll();
    }
  }

  private void run(Task task, WasiFiles files, List<ChargedMemory> memories) {
    Instance instance =
        Instance.builder(compiled.module())
            .withImportValues(imports(task, files))
            .withMachineFactory(compiled.machine())
            .withMemoryFactory(limits -> {
              ChargedMemory memory = new ChargedMemory(limits, task.kernel().memory());
              memories.add(memory);
              return memory;
            })
            .withStart(false)
            .build();
    boolean before = TaskThread.computes(true);
    try {
      instance.export("_start").apply();
    } finally {
      TaskThread.computes(before);
    }
  }

  private static ImportValues imports(Task task, WasiFiles files) {
    List<WasiCall> calls = new ArrayList<>();
    WasiSystem system = new WasiSystem(task, files);
    calls.addAll(system.calls());
    calls.addAll(new WasiDescriptorCalls(task, files).calls());
    calls.addAll(new WasiPaths(task, files).calls());
    List<HostFunction> functions = new ArrayList<>();
    calls.forEach(call -> functions.add(call.function()));
    functions.add(system.exit());
    return ImportValues.builder().addFunction(functions.toArray(HostFunction[]::new)).build();
  }
}
