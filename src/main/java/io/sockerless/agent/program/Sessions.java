package io.sockerless.agent.program;

import io.sockerless.agent.program.files.MountTable;
import io.sockerless.agent.protocol.Bytes;
import io.sockerless.agent.protocol.Link;
import io.sockerless.agent.protocol.Message;
import io.sockerless.agent.protocol.ProtocolFault;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Does what the server asks for, each request on a thread of its own. */
final class Sessions implements Link.Receiver {

  /** More than any server has use for; each costs threads and memory. */
  static final int MAX = 1000;

  private static final int TOO_MANY = 503;
  private static final int KILL = 9;
  private static final int STOP = 19;
  private static final int CONTINUE = 18;

  private final Link link = new Link(this);
  private final Map<Integer, Session> sessions = new ConcurrentHashMap<>();
  private final Set<LocalProcess> execs = ConcurrentHashMap.newKeySet();
  private final LocalFiles files = new LocalFiles(Path.of("/"));
  private final WrappedCommand command;
  private final Runnable shutdown;

  Sessions(WrappedCommand command, Runnable shutdown) {
    this.command = command;
    this.shutdown = shutdown;
  }

  Link link() {
    return link;
  }

  @Override
  public void received(Message.Sequenced message) throws ProtocolFault {
    switch (message) {
      case Message.Request request -> open(request);
      case Message.Stdin(int id, Bytes data) -> {
        Session session = sessions.get(id);
        if (session != null) {
          session.stdin().offer(data);
        }
      }
      case Message.CloseStdin(int id) -> with(id, session -> session.stdin().end());
      case Message.Signal(int id, int signal) -> with(id, session -> session.signal(signal));
      case Message.Resize(int id, int width, int height) ->
          with(id, session -> session.resize(height, width));
      case Message.Credit(int id, Message.StreamName stream, int bytes) ->
          with(id, session -> session.grant(stream, bytes));
      case Message.Abandon(int id) -> with(id, Session::abandon);
      default -> throw new ProtocolFault("a server says what only an agent may");
    }
  }

  private void with(int id, Consumer<Session> action) {
    Session session = sessions.get(id);
    if (session != null) {
      action.accept(session);
    }
  }

  private void open(Message.Request request) throws ProtocolFault {
    Session session = new Session(request.id(), link);
    if (sessions.size() >= MAX) {
      session.failed(TOO_MANY, "the agent has " + MAX + " sessions, which is all it takes");
      return;
    }
    if (sessions.putIfAbsent(request.id(), session) != null) {
      throw new ProtocolFault("session " + request.id() + " is open already");
    }
    Thread.ofVirtual().name("session " + request.id()).start(() -> serve(request, session));
  }

  private void serve(Message.Request request, Session session) {
    try {
      run(request, session);
    } catch (CannotStart e) {
      session.failed(e.code(), e.text());
    } catch (IOException e) {
      session.failed(code(e), String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      session.failed(500, e.toString());
    } finally {
      session.stdin().close();
      sessions.remove(request.id());
    }
  }

  private static int code(IOException error) {
    return switch (error) {
      case NoSuchFileException _ -> 404;
      case NotDirectoryException _ -> 400;
      default -> error.getCause() instanceof ReadOnlyFileSystemException ? 403 : 500;
    };
  }

  private void run(Message.Request request, Session session) throws IOException, CannotStart {
    switch (request) {
      case Message.Exec exec -> exec(exec, session);
      case Message.CheckHealth check -> {
        HealthCheckRun run = HealthCheckRun.of(check);
        session.health(run.code(), run.log());
        session.exit(0);
      }
      case Message.Attach attach -> command.attach(attach, session);
      case Message.PutArchive put -> {
        files.putArchive(put.path(), session.stdin(), put.keepKinds(), put.keepOwners());
        session.exit(0);
      }
      case Message.GetArchive get -> {
        files.getArchive(get.path(), session.stdout());
        session.exit(0);
      }
      case Message.Export _ -> {
        Set<String> mounts = MountTable.paths();
        session.rows(List.of(List.copyOf(mounts)));
        files.export(mounts, session.stdout());
        session.exit(0);
      }
      case Message.StatPath stat -> {
        session.rows(List.of(row(files.stat(stat.path()))));
        session.exit(0);
      }
      case Message.Processes _ -> {
        session.rows(ProcessTable.rows().stream().map(Sessions::row).toList());
        session.exit(0);
      }
      case Message.Usage _ -> {
        session.rows(List.of(row(ProcessTable.totals())));
        session.exit(0);
      }
      case Message.Connect connect -> connect(connect.port(), session);
      case Message.Pause _ -> signalAll(STOP, session);
      case Message.Resume _ -> signalAll(CONTINUE, session);
      case Message.Shutdown _ -> {
        session.exit(0);
        shutdown.run();
      }
    }
  }

  private static void signalAll(int signal, Session session) {
    ProcessTable.signalAll(signal);
    session.exit(0);
  }

  private void exec(Message.Exec exec, Session session) throws CannotStart {
    LocalProcess process =
        LocalProcess.start(
            new Command(
                exec.cmd(),
                exec.env(),
                exec.workdir(),
                exec.user(),
                exec.tty(),
                exec.stdin(),
                exec.height(),
                exec.width()));
    execs.add(process);
    try {
      session.started(process);
      if (exec.stdin()) {
        Pump.input(session.stdin(), process.stdin());
      }
      CompletableFuture<Void> output = Pump.output(process.stdout(), session.stdout());
      CompletableFuture<Void> errors = Pump.output(process.stderr(), session.stderr());
      int code = process.exit().join();
      output.join();
      errors.join();
      session.exit(code);
    } finally {
      execs.remove(process);
    }
  }

  static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void connect(int port, Session session) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      session.started();
      OutputStream to = socket.getOutputStream();
      InputStream in = session.stdin();
      Thread input =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  in.transferTo(to);
                  socket.shutdownOutput();
                } catch (IOException e) {
                  close(socket);
                }
              });
      socket.getInputStream().transferTo(session.stdout());
      session.stdin().close();
      input.interrupt();
      session.exit(0);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is as good as closed.
    }
  }

  private static List<String> row(LocalFiles.PathStat stat) {
    return List.of(
        stat.name(),
        Long.toString(stat.size()),
        Long.toString(stat.mode()),
        stat.modified().toString(),
        stat.linkTarget());
  }

  private static List<String> row(ProcessTable.Row row) {
    List<String> columns =
        new ArrayList<>(
            List.of(
                Integer.toString(row.pid()),
                Integer.toString(row.parentPid()),
                row.user(),
                Integer.toString(row.uid()),
                Long.toString(row.started().toEpochMilli()),
                Long.toString(row.cpu().toMillis()),
                row.terminal(),
                String.valueOf(row.state())));
    columns.addAll(row.command());
    return columns;
  }

  private static List<String> row(ProcessTable.Totals totals) {
    return List.of(
        Long.toString(totals.cpu().toMillis()),
        Long.toString(totals.memory()),
        Long.toString(Machine.memory()),
        Integer.toString(totals.processes()),
        Long.toString(totals.bytesRead()),
        Long.toString(totals.bytesWritten()));
  }

  /** A server that does not know what it has asked for: commands that it ran are of no use. */
  @Override
  public void reset() {
    for (LocalProcess process : execs) {
      process.signal(KILL);
    }
    for (Integer id : List.copyOf(sessions.keySet())) {
      Session session = sessions.remove(id);
      if (session != null) {
        session.abandon();
      }
    }
  }

  @Override
  public void connected(boolean connected) {
    Log.say(connected ? "connected to the server" : "the connection is lost");
  }
}
