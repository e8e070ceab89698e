package io.sockerless.agent;

import io.sockerless.agent.protocol.Bytes;
import io.sockerless.agent.protocol.InboundStream;
import io.sockerless.agent.protocol.Link;
import io.sockerless.agent.protocol.Message;
import io.sockerless.agent.protocol.Message.StreamName;
import io.sockerless.agent.protocol.OutboundStream;
import io.sockerless.agent.protocol.ProtocolFault;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Something that an agent has been asked for, and what has come of it so far. */
public final class RemoteSession {

  private static final int KILL = 9;

  private final int id;
  private final Link link;
  private final InboundStream stdout;
  private final InboundStream stderr;
  private final OutboundStream stdin;
  private final CompletableFuture<Integer> started = new CompletableFuture<>();
  private final CompletableFuture<List<List<String>>> rows = new CompletableFuture<>();
  private final CompletableFuture<Message.Health> health = new CompletableFuture<>();
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();
  private volatile boolean killed;

  RemoteSession(int id, Link link) {
    this.id = id;
    this.link = link;
    this.stdout = new InboundStream(link.allowance(), count -> grant(StreamName.STDOUT, count));
    this.stderr = new InboundStream(link.allowance(), count -> grant(StreamName.STDERR, count));
    this.stdin =
        new OutboundStream(
            bytes -> link.send(new Message.Stdin(id, bytes)),
            () -> link.send(new Message.CloseStdin(id)));
  }

  private void grant(StreamName stream, int count) {
    link.send(new Message.Credit(id, stream, count));
  }

  /** Where standard input is written to; to close it is the input's end. */
  public OutputStream stdin() {
    return stdin;
  }

  /** Standard output, or the bytes that were asked for. */
  public InboundStream stdout() {
    return stdout;
  }

  /** Standard error. */
  public InboundStream stderr() {
    return stderr;
  }

  /**
   * The command's process, as its machine numbers it.
   *
   * @throws AgentFailure if it could not be started
   */
  public int pid() throws AgentFailure {
    return await(started);
  }

  /**
   * What was asked for.
   *
   * @throws AgentFailure if it could not be had
   */
  public List<List<String>> rows() throws AgentFailure {
    return await(rows);
  }

  /** Completes with what a health check has found, or with an {@link AgentFailure}. */
  public CompletableFuture<Message.Health> health() {
    return health;
  }

  /**
   * Waits for the end.
   *
   * @return the command's exit code, 0 for what is no command
   * @throws AgentFailure if the session broke
   */
  public int code() throws AgentFailure {
    return await(exit);
  }

  /** Completes with the exit code, or with an {@link AgentFailure}. */
  public CompletableFuture<Integer> exit() {
    return exit;
  }

  private static <T> T await(CompletableFuture<T> future) throws AgentFailure {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof AgentFailure failure
          ? failure
          : new AgentFailure(500, String.valueOf(e.getCause()));
    } catch (CancellationException e) {
      throw new AgentFailure(500, "cancelled");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AgentFailure(500, "interrupted");
    }
  }

  /** Sends a signal, by Linux' number. */
  public void signal(int number) {
    link.send(new Message.Signal(id, number));
  }

  /** Sends the signal after which there is nothing but an end. */
  void kill() {
    killed = true;
    signal(KILL);
  }

  boolean isKilled() {
    return killed;
  }

  /** Sets the terminal's size. */
  public void resize(int width, int height) {
    link.send(new Message.Resize(id, width, height));
  }

  /** Nobody wants the session any more: it is ended there, and its bytes are thrown away here. */
  public void abandon() {
    stdout.close();
    stderr.close();
    if (!exit.isDone()) {
      link.send(new Message.Abandon(id));
    }
  }

  /** Nobody waits any more for what the agent may still say of it, unless it has said all. */
  public void giveUp(String reason) {
    if (!exit.isDone()) {
      fail(new AgentFailure(500, reason));
    }
  }

  /** Takes a message; true once it was the last. */
  boolean take(Message.Sequenced message) throws ProtocolFault {
    switch (message) {
      case Message.Stdout(int _, Bytes data) -> stdout.offer(data);
      case Message.Stderr(int _, Bytes data) -> stderr.offer(data);
      case Message.Credit(int _, StreamName _, int bytes) -> stdin.grant(bytes);
      case Message.Started(int _, int pid) -> started.complete(pid);
      case Message.Rows(int _, List<List<String>> found) -> rows.complete(found);
      case Message.Health found -> health.complete(found);
      case Message.Exit(int _, int code) -> {
        end(code);
        return true;
      }
      case Message.Failed(int _, int code, String text) -> {
        fail(new AgentFailure(code, text));
        return true;
      }
      default -> throw new ProtocolFault("an agent asks for what only a server may");
    }
    return false;
  }

  private void end(int code) {
    stdout.end();
    stderr.end();
    stdin.fail("the command has ended");
    started.completeExceptionally(new AgentFailure(500, "it was no command"));
    rows.completeExceptionally(new AgentFailure(500, "there was no answer"));
    health.completeExceptionally(new AgentFailure(500, "there was no answer"));
    exit.complete(code);
  }

  void fail(AgentFailure failure) {
    stdout.fail(failure.text());
    stderr.fail(failure.text());
    stdin.fail(failure.text());
    started.completeExceptionally(failure);
    rows.completeExceptionally(failure);
    health.completeExceptionally(failure);
    exit.completeExceptionally(failure);
  }
}
