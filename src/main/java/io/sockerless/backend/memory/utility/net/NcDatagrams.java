package io.sockerless.backend.memory.utility.net;

import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.NetworkStack;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Options;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code nc -u}: the same over UDP, where a conversation is with the first one who sends. */
record NcDatagrams(Task task, Options options, Optional<Duration> timeout) {

  private static final String ANY = "0.0.0.0";

  int run(List<String> operands) throws IOException {
    if (options.has('l')) {
      return listen(operands);
    }
    options.operands(2, Integer.MAX_VALUE);
    String host = operands.get(0);
    String address = Connecting.address(task, host);
    if (options.has('z')) {
      return probe(host, address, operands.subList(1, operands.size()));
    }
    int port = Connecting.port(operands.get(1));
    NetworkStack.DatagramSocket socket = bind(options.value('p').orElse("0"));
    socket.connect(address, port);
    if (options.has('v')) {
      Nc.tell(task, host, address, port);
    }
    return session(socket).serve(Nc.program(options, operands.subList(2, operands.size())));
  }

  private NetworkStack.DatagramSocket bind(String port) throws IOException {
    try {
      return task.kernel().network().bind(options.value('s').orElse(ANY), Connecting.port(port));
    } catch (PosixException e) {
      throw Failure.of(1, "bind", e);
    }
  }

  private NcSession session(NetworkStack.DatagramSocket socket) throws Failure {
    return new NcSession(task, socket.file(), () -> {}, timeout, NcSession.linger(options), 0);
  }

  private int listen(List<String> operands) throws IOException {
    boolean fromOperands = options.value('p').isEmpty() && !operands.isEmpty();
    String port = options.value('p').orElse(fromOperands ? operands.getLast() : "0");
    List<String> program = Nc.program(options, fromOperands ? List.of() : operands);
    if (options.has('k') && program.isEmpty()) {
      return printAll(bind(port));
    }
    int code;
    do {
      NetworkStack.DatagramSocket socket = bind(port);
      String sender = socket.accept();
      if (options.has('v')) {
        task.complain("connect to " + socket.port() + " from " + sender);
      }
      code = session(socket).serve(program);
    } while (options.has('k'));
    return code;
  }

  /** Without end: what anybody sends. */
  private int printAll(NetworkStack.DatagramSocket socket) throws IOException {
    OutputStream output = task.output();
    while (true) {
      Optional<NetworkStack.Datagram> datagram = socket.receive(Nc.FOREVER.toNanos());
      if (datagram.isPresent()) {
        output.write(datagram.get().content());
      }
    }
  }

  /** A port is taken for open unless the other side says that it is not. */
  private int probe(String host, String address, List<String> ranges) throws IOException {
    int code = 1;
    for (int port : Nc.ports(ranges)) {
      task.checkpoint();
      NetworkStack.DatagramSocket socket = bind("0");
      try (var file = socket.file()) {
        socket.connect(address, port);
        file.write(new byte[0], 0, 0);
        file.write(new byte[0], 0, 0);
        code = 0;
        if (options.has('v')) {
          Nc.tell(task, host, address, port);
        }
      } catch (PosixException e) {
        if (options.has('v')) {
          Nc.tell(task, host, address, port, e);
        }
      }
    }
    return code;
  }
}
