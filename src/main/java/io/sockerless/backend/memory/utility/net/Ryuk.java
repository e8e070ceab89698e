package io.sockerless.backend.memory.utility.net;

import io.sockerless.backend.core.value.GoText;
import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.FileOutput;
import io.sockerless.backend.memory.kernel.NetworkStack;
import io.sockerless.backend.memory.kernel.Pipe;
import io.sockerless.backend.memory.kernel.Signal;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Input;
import io.sockerless.backend.memory.utility.LineReader;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import io.sockerless.engine.EngineException;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * Testcontainers' reaper, in place of the binary of its image: clients connect and say what is
 * theirs, a filter a line, each of which is acknowledged; some time after the last of them has gone
 * it removes all that the filters match, and ends.
 *
 * @see <a href="https://github.com/testcontainers/moby-ryuk">moby-ryuk</a>
 */
final class Ryuk extends Utility {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss");
  private static final byte[] ACKNOWLEDGED = Text.encode("ACK\n");
  private static final byte[] CAME = {'+'};
  private static final byte[] LEFT = {'-'};

  @Override
  protected int run(Task task, Output output) throws IOException {
    task.setDisposition(Signal.TERM, Task.Disposition.CATCH);
    task.setDisposition(Signal.INT, Task.Disposition.CATCH);
    DockerEngine engine = new DockerEngine(task);
    say(output, "Pinging Docker...");
    ping(engine);
    say(output, "Docker daemon is available!");
    String port = task.environment().getOrDefault("RYUK_PORT", "8080");
    say(output, "Starting on port " + port + "...");
    Set<String> filters = new ConcurrentSkipListSet<>();
    Pipe events = new Pipe();
    try (NetworkStack.Listener listener =
            task.kernel().network().listen("0.0.0.0", Connecting.port(port));
        OpenFile happened = events.reader()) {
      OpenFile tell = events.writer();
      task.fork(child -> accept(child, listener, filters, tell));
      say(output, "Started!");
      awaitLastClient(task, happened);
    }
    say(output, "Pruning what " + filters.size() + " filters match");
    say(output, new Pruning(task, engine).run(filters));
    return 0;
  }

  private static void ping(DockerEngine engine) throws IOException {
    try {
      if (engine.status("GET", "/_ping") == 200) {
        return;
      }
    } catch (PosixException e) {
      throw Failure.of(1, "cannot connect to the Docker daemon", e);
    }
    throw new Failure("the Docker daemon does not answer");
  }

  private static void say(Output output, String what) throws IOException {
    output.print(TIME.format(LocalDateTime.now(ZoneOffset.UTC)) + " " + what + "\n");
    output.flush();
  }

  private static Duration duration(Task task, String variable, Duration usual) throws Failure {
    String text = task.environment().getOrDefault(variable, "");
    try {
      return text.isEmpty() ? usual : GoText.duration(text);
    } catch (EngineException.InvalidParameter e) {
      throw (Failure) new Failure(variable + ": " + e.text()).initCause(e);
    }
  }

  /** Nobody may come at all, and whoever has gone may come back. */
  private static void awaitLastClient(Task task, OpenFile happened) throws IOException {
    Duration wait = duration(task, "RYUK_CONNECTION_TIMEOUT", Duration.ofMinutes(1));
    Duration again = duration(task, "RYUK_RECONNECTION_TIMEOUT", Duration.ofSeconds(10));
    long deadline = System.nanoTime() + wait.toNanos();
    int clients = 0;
    byte[] event = new byte[1];
    try {
      while (clients > 0 || happened.awaitReadable(Math.max(0, deadline - System.nanoTime()))) {
        happened.read(event, 0, 1);
        clients += event[0] == CAME[0] ? 1 : -1;
        deadline = System.nanoTime() + again.toNanos();
      }
    } catch (PosixException e) {
      if (e.errno() != Errno.EINTR) {
        throw e;
      }
    }
  }

  private static int accept(
      Task task, NetworkStack.Listener listener, Set<String> filters, OpenFile tell)
      throws IOException {
    try {
      while (true) {
        NetworkStack.Socket client = listener.accept();
        tell.write(CAME, 0, 1);
        task.fork(child -> serve(child, client, filters, tell));
      }
    } catch (PosixException e) {
      // Nobody is to come any more.
      return 0;
    }
  }

  private static int serve(
      Task task, NetworkStack.Socket client, Set<String> filters, OpenFile tell)
      throws IOException {
    try (LineReader lines = new LineReader(task, Input.of(task, client.file()))) {
      FileOutput answer = new FileOutput(client.file());
      while (lines.next()) {
        String line = lines.text().strip();
        if (!line.isEmpty()) {
          filters.add(line);
          answer.write(ACKNOWLEDGED);
        }
      }
    } finally {
      tell.write(LEFT, 0, 1);
    }
    return 0;
  }
}
