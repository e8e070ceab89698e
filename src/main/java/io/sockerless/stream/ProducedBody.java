package io.sockerless.stream;

import io.sockerless.engine.Answer;
import io.sockerless.engine.Cancellation;
import io.sockerless.wire.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Makes answers whose body somebody writes on a thread of its own, no faster than the client reads.
 * An error on the way breaks the body off, so that a client never takes a part for the whole.
 */
public final class ProducedBody {

  private static final Logger LOG = System.getLogger(ProducedBody.class.getName());
  private static final int CAPACITY = 64 * 1024;

  private ProducedBody() {}

  /** Writes a body. */
  @FunctionalInterface
  public interface Producer {
    /** Writes all of it; the stream is closed behind it. */
    void write(OutputStream body) throws IOException;
  }

  /** An answer that the producer writes; it begins at once, and ends when the client leaves. */
  public static Answer answer(
      int status, Headers headers, Cancellation cancellation, Producer producer) {
    BytePipe pipe = new BytePipe(CAPACITY);
    InputStream body = pipe.input();
    Runnable abandon = () -> abandon(body);
    cancellation.onCancel(abandon);
    Thread.ofVirtual().name("body").start(() -> produce(pipe, producer));
    return new Answer(status, "", headers, body, -1, abandon);
  }

  private static void produce(BytePipe pipe, Producer producer) {
    try {
      producer.write(pipe.output());
      pipe.output().close();
    } catch (IOException | UncheckedIOException e) {
      pipe.fail(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "a body broke off", e);
      pipe.fail(e.toString());
    }
  }

  private static void abandon(InputStream body) {
    try {
      body.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
