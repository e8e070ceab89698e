package io.sockerless.backend.memory.utility.net;

import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.NetworkStack;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Quantities;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Connects standard input and output with a port, or with whoever connects to one. */
final class Nc extends Utility {

  static final Duration FOREVER = Duration.ofDays(1);

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, "lp:e:w:zvknus:i:q:NL");
    Optional<Duration> timeout = Optional.empty();
    if (options.value('w').isPresent()) {
      timeout = Optional.of(Quantities.duration(options.value('w').get()));
    }
    List<String> operands = options.operands(0, Integer.MAX_VALUE);
    if (options.has('u')) {
      return new NcDatagrams(task, options, timeout).run(operands);
    }
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
    return session(task, options, socket, timeout).serve(program);
  }

  private static NcSession session(
      Task task, Options options, NetworkStack.Socket socket, Optional<Duration> timeout)
      throws Failure {
    return new NcSession(
        task, socket.file(), socket::shutdownOutput, timeout, NcSession.linger(options), 1);
  }

  static void tell(Task task, String host, String address, int port) {
    task.complain(host + " (" + address + ":" + port + ") open");
  }

  static void tell(Task task, String host, String address, int port, PosixException failure) {
    task.complain(host + " (" + address + ":" + port + "): " + failure.getMessage());
  }

  /** All that follows {@code -e} belongs to the program. */
  static List<String> program(Options options, List<String> rest) {
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
    for (int port : ports(operands.subList(1, operands.size()))) {
      task.checkpoint();
      try {
        task.kernel().network().connect(address, port, timeout.orElse(FOREVER)).file().close();
        code = 0;
        if (options.has('v')) {
          tell(task, host, address, port);
        }
      } catch (PosixException e) {
        if (options.has('v')) {
          tell(task, host, address, port, e);
        }
      }
    }
    return code;
  }

  /** Ports, or ranges of them, one by one. */
  static List<Integer> ports(List<String> ranges) throws Failure {
    List<Integer> ports = new ArrayList<>();
    for (String range : ranges) {
      String[] ends = range.split("-", 2);
      int last = Connecting.port(ends[ends.length - 1]);
      for (int port = Connecting.port(ends[0]); port <= last; port++) {
        ports.add(port);
      }
    }
    return ports;
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
        code = session(task, options, socket, timeout).serve(program);
      } while (options.has('k'));
      return code;
    }
  }
}
