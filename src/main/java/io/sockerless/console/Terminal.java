package io.sockerless.console;

import io.sockerless.engine.Body;
import io.sockerless.engine.Call;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.Execs;
import io.sockerless.engine.HijackedStream;
import io.sockerless.engine.JsonBuilders;
import io.sockerless.engine.Query;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** One command in a container that a page watches and types into, from its start to its end. */
final class Terminal {

  private static final Logger LOG = System.getLogger(Terminal.class.getName());

  /** Nobody types these by accident; Docker's own, {@code ctrl-p} first, hold up a shell's keys. */
  private static final String DETACH_KEYS = "ctrl-^,ctrl-@,ctrl-^";

  /** What ctrl-c and ctrl-d send. */
  private static final byte[] INTERRUPT_AND_END = {3, 4};

  private static final Duration HANG_UP_TIME = Duration.ofSeconds(1);
  private static final int PIECE = 16 * 1024;

  private final Execs execs;
  private final String container;
  private final CompletableFuture<Started> started = new CompletableFuture<>();
  private volatile boolean ended;

  private record Started(String exec, HijackedStream stream, Call call) {}

  /** Whoever watches. */
  interface Page {
    /** Shows output. */
    void show(byte[] bytes, int count) throws IOException;

    /** Sends a document. */
    void tell(String document) throws IOException;
  }

  Terminal(Execs execs, String container) {
    this.execs = execs;
    this.container = container;
  }

  /**
   * Blocks until the command has ended or the page is gone.
   *
   * @throws EngineException if it cannot be started
   */
  void run(Call call, Page page) throws IOException {
    call.cancellation().onCancel(() -> started.cancel(false));
    Started command = start(call);
    call.cancellation().onCancel(() -> hangUp(command));
    resize(command, size(call.query(), "columns"), size(call.query(), "rows"));
    started.complete(command);
    byte[] piece = new byte[PIECE];
    int count;
    while ((count = command.stream().output().read(piece, 0, piece.length)) >= 0) {
      page.show(piece, count);
    }
    ended = true;
    command.stream().close();
    page.tell(end(command).toString());
  }

  /**
   * The page is gone. No operation of Docker's hangs up a terminal, and a shell whose stream is
   * closed stays: so it gets the keys that end one which is waiting for a command.
   */
  private void hangUp(Started command) {
    if (ended) {
      return;
    }
    Thread.ofVirtual()
        .name("hang up")
        .start(() -> {
          try (HijackedStream _ = command.stream()) {
            Thread keys = Thread.ofVirtual().start(() -> write(command, INTERRUPT_AND_END));
            if (!keys.join(HANG_UP_TIME)) {
              LOG.log(Level.DEBUG, "exec {0}: takes no keys any more", command.exec());
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  /** Takes keys; blocks while the command does not read. */
  void type(byte[] keys) {
    ifStarted(it -> write(it, keys));
  }

  private static void write(Started command, byte[] keys) {
    try {
      command.stream().input().write(keys, 0, keys.length);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "exec {0}: nobody reads: {1}", command.exec(), e.getMessage());
    }
  }

  /** Takes a size: {@code {"columns": 80, "rows": 24}}. */
  void resize(String document) {
    JsonObject size;
    try {
      size = Body.parse(document.getBytes(StandardCharsets.UTF_8));
    } catch (EngineException.InvalidParameter e) {
      LOG.log(Level.DEBUG, "container {0}: terminal: {1}", container, e.text());
      return;
    }
    ifStarted(it -> resize(it, size.getInt("columns", 0), size.getInt("rows", 0)));
  }

  private void ifStarted(Consumer<Started> action) {
    try {
      action.accept(started.join());
    } catch (CancellationException e) {
      // It has ended, or was never started: there is nobody to tell.
    }
  }

  private Started start(Call call) {
    try {
      JsonObject created =
          execs.create(container, asking(call, command(call.query()))).document().asJsonObject();
      String exec = created.getString("Id");
      JsonObject how = JsonBuilders.object().add("Detach", false).add("Tty", true).build();
      Call start =
          asking(call, how).withHeader("Connection", "Upgrade").withHeader("Upgrade", "tcp");
      return new Started(exec, execs.startAttached(exec, start), call);
    } catch (RuntimeException e) {
      started.cancel(false);
      throw e;
    }
  }

  private static Call asking(Call call, JsonObject document) {
    return call.follow(Query.none()).with(document);
  }

  private static JsonObject command(Query query) {
    List<String> words = query.all("cmd");
    JsonArrayBuilder command = JsonBuilders.array(words.isEmpty() ? List.of("sh") : words);
    JsonObjectBuilder exec =
        JsonBuilders.object()
            .add("AttachStdin", true)
            .add("AttachStdout", true)
            .add("AttachStderr", true)
            .add("Tty", true)
            .add("DetachKeys", DETACH_KEYS)
            .add("Env", JsonBuilders.array(List.of("TERM=xterm-256color")))
            .add("Cmd", command);
    query.first("user").filter(user -> !user.isBlank()).ifPresent(user -> exec.add("User", user));
    return exec.build();
  }

  private static int size(Query query, String name) {
    try {
      return query.first(name).map(Integer::parseInt).orElse(0);
    } catch (NumberFormatException e) {
      throw new EngineException.InvalidParameter(name + " is no number");
    }
  }

  /** A command that has just ended has no size to set. */
  private void resize(Started command, int columns, int rows) {
    if (columns < 1 || rows < 1) {
      return;
    }
    Query size = Query.none().and("h", Integer.toString(rows)).and("w", Integer.toString(columns));
    try {
      execs.resize(command.exec(), command.call().follow(size)).close();
    } catch (EngineException e) {
      LOG.log(Level.DEBUG, "exec {0}: resize: {1}", command.exec(), e.text());
    }
  }

  private JsonObject end(Started command) {
    JsonObject document =
        execs
            .inspect(command.exec(), command.call().follow(Query.none()))
            .document()
            .asJsonObject();
    return JsonBuilders.object()
        .add("ExitCode", Optional.ofNullable(document.get("ExitCode")).orElse(JsonValue.NULL))
        .build();
  }
}
