package io.sockerless.agent.program;

import io.sockerless.agent.protocol.InboundStream;
import io.sockerless.agent.protocol.Link;
import io.sockerless.agent.protocol.Message;
import io.sockerless.agent.protocol.Message.StreamName;
import io.sockerless.agent.protocol.OutboundStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The agent's end of a session: its streams, and the process that it is about, if any. */
final class Session {

  private final int id;
  private final Link link;
  private final InboundStream stdin;
  private final OutboundStream stdout;
  private final OutboundStream stderr;
  private final CompletableFuture<LocalProcess> process = new CompletableFuture<>();

  Session(int id, Link link) {
    this.id = id;
    this.link = link;
    this.stdin =
        new InboundStream(
            link.allowance(), count -> link.send(new Message.Credit(id, StreamName.STDIN, count)));
    this.stdout = new OutboundStream(bytes -> link.write(new Message.Stdout(id, bytes)), () -> {});
    this.stderr = new OutboundStream(bytes -> link.write(new Message.Stderr(id, bytes)), () -> {});
  }

  InboundStream stdin() {
    return stdin;
  }

  OutboundStream stdout() {
    return stdout;
  }

  OutboundStream stderr() {
    return stderr;
  }

  void started(LocalProcess running) {
    link.send(new Message.Started(id, running.pid()));
    process.complete(running);
  }

  /** Says that something else than a process has begun. */
  void started() {
    link.send(new Message.Started(id, 0));
  }

  void rows(List<List<String>> rows) {
    link.send(new Message.Rows(id, rows));
  }

  void health(int code, String log) {
    link.send(new Message.Health(id, code, log));
  }

  void exit(int code) {
    link.send(new Message.Exit(id, code));
  }

  void failed(int code, String message) {
    link.send(new Message.Failed(id, code, message));
  }

  /** What comes before the process has started waits for it. */
  void signal(int number) {
    var _ = process.thenAccept(it -> it.signal(number));
  }

  void resize(int rows, int columns) {
    var _ = process.thenAccept(it -> it.resize(rows, columns));
  }

  void grant(StreamName stream, int bytes) {
    switch (stream) {
      case STDIN -> {
        // It comes from there.
      }
      case STDOUT -> stdout.grant(bytes);
      case STDERR -> stderr.grant(bytes);
    }
  }

  /** Nobody is there to whom it matters. */
  void abandon() {
    stdin.fail("the session is abandoned");
    stdout.fail("the session is abandoned");
    stderr.fail("the session is abandoned");
  }
}
