package io.sockerless.backend.core.image;

import io.sockerless.engine.Answer;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.JsonBuilders;
import io.sockerless.wire.Headers;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;

/**
 * Runs a long operation whose progress is the answer. What fails before the first record is an
 * error with a status; what fails later is a record, since the status has gone out.
 */
public final class ProgressAnswer {

  private static final Logger LOG = System.getLogger(ProgressAnswer.class.getName());
  private static final Headers JSON = Headers.of("Content-Type", "application/json");

  private ProgressAnswer() {}

  /** A long operation. */
  @FunctionalInterface
  public interface Work {
    /**
     * Does it.
     *
     * @throws EngineException for what a client is told
     * @throws IOException for what a client is told as a 500, and when it has left
     */
    void run(Progress progress) throws IOException;
  }

  /**
   * Starts the work and waits for its first record or its end. The work is not interrupted when the
   * client leaves: its next record fails.
   *
   * @param what for the log, such as {@code pull alpine}
   */
  public static Answer start(String what, Work work) {
    return start(what, work, RecordPipe::fail);
  }

  /**
   * The same for what dockerd answers before it does it: that it failed is a record in any case,
   * and the status is 200.
   */
  public static Answer startAnswered(String what, Work work) {
    return start(
        what,
        work,
        (pipe, error, record) -> {
          try {
            pipe.put(record);
          } catch (IOException e) {
            LOG.log(Level.DEBUG, "{0}: nobody is there to be told", what);
          }
          pipe.end();
        });
  }

  /** Tells of a failure. */
  @FunctionalInterface
  private interface Failing {
    void tell(RecordPipe pipe, EngineException error, byte[] record);
  }

  private static Answer start(String what, Work work, Failing failing) {
    RecordPipe pipe = new RecordPipe();
    Thread.ofVirtual().name(what).start(() -> run(what, work, pipe, failing));
    pipe.awaitStart();
    return new Answer(200, "", JSON, pipe, -1, pipe::close);
  }

  private static void run(String what, Work work, RecordPipe pipe, Failing failing) {
    try {
      work.run(new Progress(record -> pipe.put(bytes(record))));
      pipe.end();
    } catch (EngineException e) {
      fail(what, pipe, e, failing);
    } catch (IOException e) {
      fail(what, pipe, new EngineException.Failure(500, message(e)), failing);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, what, e);
      fail(what, pipe, new EngineException.Failure(500, message(e)), failing);
    }
  }

  private static void fail(String what, RecordPipe pipe, EngineException error, Failing failing) {
    LOG.log(Level.DEBUG, "{0}: {1}", what, error.text());
    JsonObject record =
        JsonBuilders.object()
            .add("errorDetail", JsonBuilders.object().add("message", error.text()))
            .add("error", error.text())
            .build();
    failing.tell(pipe, error, bytes(record));
  }

  private static String message(Exception error) {
    String message = error.getMessage();
    return message == null ? error.getClass().getSimpleName() : message;
  }

  private static byte[] bytes(JsonObject record) {
    return (record + "\r\n").getBytes(StandardCharsets.UTF_8);
  }
}
