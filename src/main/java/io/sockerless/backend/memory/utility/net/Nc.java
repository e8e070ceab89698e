package io.sockerless.backend.memory.utility.net;

import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Commands;
import io.sockerless.backend.memory.kernel.NetworkStack;
import io.sockerless.backend.memory.kernel.Signal;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Quantities;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Connects standard input and output with a port, or with whoever connects to one. */
final class Nc extends Utility {

  private static final Duration FOREVER = Duration.ofDays(1);
  private static final int BUFFER = 16_384;

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, "lp:e:w:zvknus:i:q:NL");
    if (options.has('u')) {
      throw new Failure("UDP is not available in this sandbox");
    }
    Optional<Duration> timeout = Optional.empty();
    if (options.value('w').isPresent()) {
      timeout = Optional.of(Quantities.duration(options.value('w').get()));
    }
    List<String> operands = options.operands(0, Integer.MAX_VALUE);
    if (options.has('l')) {
      return listen(task, options, operands, timeout);
    }
    options.operands(2, Integer.MAX_VALUE);
    if (options.has('z')) {
      return scan(task, options, operands, timeout);
    }
    NetworkStack.Socket socket =
        Connecting.connect(
            task, operands.get(0), Connecting.port(operands.get(1)), timeout.orElse(FOREVER));
    if (options.has('v')) {
      tell(task, operands.get(0), socket.peerAddress(), socket.peerPort());
    }
    List<String> program = program(options, operands.subList(2, operands.size()));
    return serve(task, socket, program, timeout);
  }

  private static void tell(Task task, String host, String address, int port) {
    task.complain(host + " (" + address + ":" + port + ") open");
  }

  /** All that follows {@code -e} belongs to the program. */
  private static List<String> program(Options options, List<String> rest) {
    List<String> program = new ArrayList<>();
    options.value('e').ifPresent(program::add);
    if (!program.isEmpty()) {
      program.addAll(rest);
    }
    return program;
  }

  private static int scan(
      Task task, Options options, List<String> operands, Optional<Duration> timeout)
      throws IOException {
    String host = operands.getFirst();
    String address = Connecting.address(task, host);
    int code = 1;
    for (String range : operands.subList(1, operands.size())) {
      String[] ends = range.split("-", 2);
      int first = Connecting.port(ends[0]);
      int last = ends.length == 2 ? Connecting.port(ends[1]) : first;
      for (int port = first; port <= last; port++) {
        task.checkpoint();
        try {
          task.kernel().network().connect(address, port, timeout.orElse(FOREVER)).file().close();
          code = 0;
          if (options.has('v')) {
            tell(task, host, address, port);
          }
        } catch (PosixException e) {
          if (options.has('v')) {
            task.complain(host + " (" + address + ":" + port + "): " + e.getMessage());
          }
        }
      }
    }
    return code;
  }

  private static int listen(
      Task task, Options options, List<String> operands, Optional<Duration> timeout)
      throws IOException {
    String port =
        options
            .value('p')
            .or(() -> operands.isEmpty() ? Optional.empty() : Optional.of(operands.getLast()))
            .orElse("0");
    boolean fromOperands = options.value('p').isEmpty() && !operands.isEmpty();
    List<String> program = program(options, fromOperands ? List.of() : operands);
    NetworkStack.Listener listener;
    try {
      String address = options.value('s').orElse("0.0.0.0");
      listener = task.kernel().network().listen(address, Connecting.port(port));
    } catch (PosixException e) {
      throw Failure.of(1, "bind", e);
    }
    try (listener) {
      int code = 0;
      do {
        NetworkStack.Socket socket = listener.accept();
        if (options.has('v')) {
          task.complain("connect to " + listener.port() + " from " + socket.peerAddress());
        }
        code = serve(task, socket, program, timeout);
      } while (options.has('k'));
      return code;
    }
  }

  private static int serve(
      Task task, NetworkStack.Socket socket, List<String> program, Optional<Duration> timeout)
      throws IOException {
    try (OpenFile file = socket.file()) {
      if (!program.isEmpty()) {
        Task child =
            task.fork(
                it -> Commands.execute(it, program),
                it -> {
                  it.descriptors().set(0, file.retain());
                  it.descriptors().set(1, file.retain());
                  return 0;
                });
        return task.waitFor(child);
      }
      Task sender = task.fork(it -> send(it, socket));
      try {
        receive(task, file, timeout);
      } finally {
        sender.signal(Signal.KILL);
      }
      return 0;
    }
  }

  private static int send(Task task, NetworkStack.Socket socket) throws IOException {
    InputStream input = task.input();
    byte[] buffer = new byte[BUFFER];
    for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
      socket.file().write(buffer, 0, read);
    }
    socket.shutdownOutput();
    return 0;
  }

  private static void receive(Task task, OpenFile file, Optional<Duration> timeout)
      throws IOException {
    OutputStream output = task.output();
    byte[] buffer = new byte[BUFFER];
    while (true) {
      if (timeout.isPresent() && !file.awaitReadable(timeout.get().toNanos())) {
        throw new Failure("timed out");
      }
      int read = file.read(buffer, 0, buffer.length);
      if (read < 0) {
        return;
      }
      output.write(buffer, 0, read);
    }
  }
}
