package io.sockerless.agent.program;

import io.sockerless.agent.protocol.Message;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A health check that was run where the container is, so that the time it takes to reach the agent
 * is none of the check's.
 *
 * @param code the exit code, {@link Message.Health#TIMED_OUT} if the command had to be killed
 * @param log the beginning of its outputs, standard output first
 */
record HealthCheckRun(int code, String log) {

  /** As much as Docker keeps, in bytes. */
  private static final int MAX_LOG = 4096;

  private static final int KILL = 9;

  /** Runs the command until it has ended or its time is up. */
  static HealthCheckRun of(Message.CheckHealth check) throws CannotStart {
    LocalProcess process =
        LocalProcess.start(
            new Command(
                check.cmd(), check.env(), check.workdir(), check.user(), false, false, 0, 0));
    CompletableFuture<byte[]> output = beginning(process.stdout());
    CompletableFuture<byte[]> errors = beginning(process.stderr());
    int code = await(process, check.timeoutMillis());
    byte[] first = output.join();
    byte[] second = errors.join();
    String log =
        new String(first, StandardCharsets.UTF_8)
            + new String(
                second, 0, Math.min(second.length, MAX_LOG - first.length), StandardCharsets.UTF_8);
    return new HealthCheckRun(code, log);
  }

  private static int await(LocalProcess process, long timeoutMillis) {
    CompletableFuture<Integer> exit =
        process
            .exit()
            .completeOnTimeout(Message.Health.TIMED_OUT, timeoutMillis, TimeUnit.MILLISECONDS);
    int code = exit.join();
    if (code == Message.Health.TIMED_OUT) {
      process.signal(KILL);
    }
    return code;
  }

  /** Reads a stream to its end, for the command is not to wait, and keeps its beginning. */
  private static CompletableFuture<byte[]> beginning(InputStream stream) {
    CompletableFuture<byte[]> kept = new CompletableFuture<>();
    Thread.ofVirtual()
        .name("health output")
        .start(() -> {
          try (stream) {
            byte[] beginning = stream.readNBytes(MAX_LOG);
            if (beginning.length == MAX_LOG) {
              stream.transferTo(OutputStream.nullOutputStream());
            }
            kept.complete(beginning);
          } catch (IOException e) {
            kept.complete(new byte[0]);
          }
        });
    return kept;
  }
}
