package io.sockerless.backend.memory.wasm;

import io.sockerless.backend.memory.kernel.TaskThread;
import java.io.IOException;
import java.util.List;
import run.endive.runtime.HostFunction;
import run.endive.runtime.Memory;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.ValType;

/** One function of WASI: its name, what it takes, what it does. */
record WasiCall(String name, List<ValType> parameters, Body body) {

  private static final String MODULE = "wasi_snapshot_preview1";

  /** What a function does; it answers the error's number, and an exception is one as well. */
  interface Body {
    int apply(Memory memory, Arguments arguments) throws IOException;
  }

  /** What a function was called with. */
  static final class Arguments {
    private final long[] values;

    Arguments(long[] values) {
      this.values = values;
    }

    int i32(int index) {
      return (int) values[index];
    }

    long i64(int index) {
      return values[index];
    }
  }

  /**
   * A function.
   *
   * @param parameters a letter each: i for 32 bits, l for 64
   */
  static WasiCall of(String name, String parameters, Body body) {
    List<ValType> types =
        parameters.chars().mapToObj(letter -> letter == 'i' ? ValType.I32 : ValType.I64).toList();
    return new WasiCall(name, types, body);
  }

  HostFunction function() {
    return new HostFunction(
        MODULE,
        name,
        FunctionType.of(parameters, List.of(ValType.I32)),
        (instance, values) -> new long[] {run(instance.memory(), new Arguments(values))});
  }

  private int run(Memory memory, Arguments arguments) {
    boolean computing = TaskThread.computes(false);
    try {
      return body.apply(memory, arguments);
    } catch (IOException e) {
      return WasiErrno.of(e);
    } finally {
      TaskThread.computes(computing);
    }
  }
}
