package io.sockerless.backend.memory.wasm;

import io.sockerless.backend.memory.kernel.Signal;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.TaskEnd;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.wasm.WasiCall.Arguments;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import run.endive.runtime.HostFunction;
import run.endive.runtime.Memory;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.ValType;

/**
 * WASI's functions that are not about files: arguments, environment, clocks, random numbers,
 * waiting, the end.
 *
 * @see <a href="https://github.com/WebAssembly/WASI/blob/wasi-0.1/preview1/docs.md">WASI preview
 *     1</a>
 */
final class WasiSystem {

  private static final int REALTIME = 0;
  private static final int MONOTONIC = 1;
  private static final int EVENT_CLOCK = 0;
  private static final int SUBSCRIPTION = 48;
  private static final int EVENT = 32;
  private static final int ABSOLUTE = 1;
  private static final Duration TURN = Duration.ofMillis(5);

  private final Task task;
  private final WasiFiles files;
  private final SecureRandom random = new SecureRandom();

  WasiSystem(Task task, WasiFiles files) {
    this.task = task;
    this.files = files;
  }

  List<WasiCall> calls() {
    return List.of(
        WasiCall.of("args_sizes_get", "ii", (memory, it) -> sizes(memory, it, arguments())),
        WasiCall.of("args_get", "ii", (memory, it) -> strings(memory, it, arguments())),
        WasiCall.of("environ_sizes_get", "ii", (memory, it) -> sizes(memory, it, environment())),
        WasiCall.of("environ_get", "ii", (memory, it) -> strings(memory, it, environment())),
        WasiCall.of("clock_res_get", "ii", WasiSystem::resolution),
        WasiCall.of("clock_time_get", "ili", this::time),
        WasiCall.of("random_get", "ii", this::random),
        WasiCall.of("sched_yield", "", (memory, it) -> giveWay()),
        WasiCall.of("proc_raise", "i", (memory, it) -> raise(it)),
        WasiCall.of("poll_oneoff", "iiii", this::poll));
  }

  /** The one function that does not answer. */
  HostFunction exit() {
    return new HostFunction(
        "wasi_snapshot_preview1",
        "proc_exit",
        FunctionType.of(List.of(ValType.I32), List.of()),
        (instance, values) -> {
          throw new TaskEnd((int) values[0] & 0xff);
        });
  }

  private List<String> arguments() {
    return task.arguments();
  }

  private List<String> environment() {
    return task.environment().entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .toList();
  }

  private static int sizes(Memory memory, Arguments arguments, List<String> texts) {
    int bytes = texts.stream().mapToInt(text -> Text.encode(text).length + 1).sum();
    memory.writeI32(arguments.i32(0), texts.size());
    memory.writeI32(arguments.i32(1), bytes);
    return WasiErrno.SUCCESS;
  }

  private static int strings(Memory memory, Arguments arguments, List<String> texts) {
    int pointer = arguments.i32(0);
    int at = arguments.i32(1);
    for (String text : texts) {
      byte[] bytes = Text.encode(text);
      memory.writeI32(pointer, at);
      memory.write(at, bytes);
      memory.writeByte(at + bytes.length, (byte) 0);
      pointer += Integer.BYTES;
      at += bytes.length + 1;
    }
    return WasiErrno.SUCCESS;
  }

  private static int resolution(Memory memory, Arguments arguments) {
    memory.writeLong(arguments.i32(1), 1_000);
    return WasiErrno.SUCCESS;
  }

  private int time(Memory memory, Arguments arguments) {
    memory.writeLong(arguments.i32(2), now(arguments.i32(0)));
    return WasiErrno.SUCCESS;
  }

  private long now(int clock) {
    return switch (clock) {
      case REALTIME -> WasiPaths.nanos(Instant.now());
      case MONOTONIC -> System.nanoTime();
      default -> task.cpu().toNanos();
    };
  }

  private int random(Memory memory, Arguments arguments) {
    byte[] bytes = new byte[Math.min(arguments.i32(1), 1 << 20)];
    int done = 0;
    while (done < arguments.i32(1)) {
      random.nextBytes(bytes);
      int count = Math.min(bytes.length, arguments.i32(1) - done);
      memory.write(arguments.i32(0) + done, bytes, 0, count);
      done += count;
    }
    return WasiErrno.SUCCESS;
  }

  private int giveWay() {
    task.checkpoint();
    return WasiErrno.SUCCESS;
  }

  private int raise(Arguments arguments) {
    Signal.of(arguments.i32(0)).ifPresent(task::raise);
    return WasiErrno.SUCCESS;
  }

  /** Waits for the first of some clocks and files, and tells of all that are ready by then. */
  private int poll(Memory memory, Arguments arguments) throws IOException {
    int count = arguments.i32(2);
    if (count <= 0) {
      return WasiErrno.INVAL;
    }
    long start = System.nanoTime();
    int ready = 0;
    while (ready == 0) {
      long wait = Long.MAX_VALUE;
      for (int i = 0; i < count; i++) {
        int subscription = arguments.i32(0) + i * SUBSCRIPTION;
        long left = left(memory, subscription, start, count == 1);
        wait = Math.min(wait, left);
        if (left <= 0) {
          int event = arguments.i32(1) + ready++ * EVENT;
          memory.writeLong(event, memory.readLong(subscription));
          memory.writeShort(event + 8, (short) WasiErrno.SUCCESS);
          memory.writeByte(event + 10, memory.read(subscription + 8));
          memory.writeLong(event + 16, 1);
          memory.writeShort(event + 24, (short) 0);
        }
      }
      if (ready == 0) {
        task.sleep(Duration.ofNanos(wait));
      }
    }
    memory.writeI32(arguments.i32(3), ready);
    return WasiErrno.SUCCESS;
  }

  /** The nanoseconds to wait before it is worth looking again; 0 or less if it is ready. */
  private long left(Memory memory, int subscription, long start, boolean alone) throws IOException {
    int kind = memory.read(subscription + 8);
    if (kind == EVENT_CLOCK) {
      long timeout = memory.readLong(subscription + 24);
      boolean absolute = (memory.readShort(subscription + 40) & ABSOLUTE) != 0;
      return absolute
          ? timeout - now(memory.readInt(subscription + 16))
          : timeout - (System.nanoTime() - start);
    }
    boolean forReading = kind == 1;
    int number = memory.readInt(subscription + 16);
    long patience = alone ? Long.MAX_VALUE / 2 : 0;
    boolean ready = !forReading || files.file(number).awaitReadable(patience);
    return ready ? 0 : TURN.toNanos();
  }
}
