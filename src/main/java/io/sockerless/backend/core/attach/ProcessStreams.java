package io.sockerless.backend.core.attach;

import io.sockerless.backend.core.driver.PushedOutput;
import io.sockerless.backend.core.driver.StreamDriver.Streams;
import io.sockerless.stream.Frame.Channel;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The standard streams of one run of a process, and everybody who has joined them: before it
 * starts, which loses nothing, or while it runs. Both outputs go to the log first and then to each
 * client; input comes from any of them.
 */
public final class ProcessStreams {

  private static final Logger LOG = System.getLogger(ProcessStreams.class.getName());
  private static final int SMALL = 4 * 1024;
  private static final int LARGE = 64 * 1024;

  private final ReentrantLock lock = new ReentrantLock();
  private final List<StreamClient> clients = new CopyOnWriteArrayList<>();
  private final CompletableFuture<OutputStream> stdin = new CompletableFuture<>();
  private final CountDownLatch drained = new CountDownLatch(2);
  private OutputLog log = OutputLog.NONE;
  private boolean ended;

  /** Where output goes before any client sees it. */
  public interface OutputLog {
    /** Keeps nothing. */
    OutputLog NONE =
        new OutputLog() {
          @Override
          public void write(Channel channel, byte[] bytes, int offset, int length) {}

          @Override
          public void finish(Channel channel) {}

          @Override
          public InputStream replay(boolean stdout, boolean stderr, boolean framed) {
            return InputStream.nullInputStream();
          }
        };

    /** Keeps output. */
    void write(Channel channel, byte[] bytes, int offset, int length) throws IOException;

    /** An output has ended. */
    void finish(Channel channel) throws IOException;

    /** The lines that are whole by now. */
    InputStream replay(boolean stdout, boolean stderr, boolean framed) throws IOException;
  }

  /** Joins a client: what comes from now on is handed to it. */
  public StreamClient attach(ClientOptions options) {
    return attach(options, InputStream.nullInputStream());
  }

  private StreamClient attach(ClientOptions options, InputStream replay) {
    lock.lock();
    try {
      StreamClient client = new StreamClient(this, options, replay);
      if (ended) {
        client.end();
      } else {
        clients.add(client);
      }
      return client;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Joins a client that first gets what was written up to now, with no gap and nothing twice.
   *
   * @param before what earlier runs wrote, if this one has not begun
   */
  public StreamClient attachWithReplay(ClientOptions options, OutputLog before) throws IOException {
    lock.lock();
    try {
      OutputLog source = log == OutputLog.NONE ? before : log;
      return attach(options, source.replay(options.stdout(), options.stderr(), options.framed()));
    } finally {
      lock.unlock();
    }
  }

  /** A client that is told something and then has seen all. */
  public StreamClient told(ClientOptions options, InputStream output) {
    StreamClient client = new StreamClient(this, options, output);
    client.end();
    return client;
  }

  /** Forgets a client. */
  void leave(StreamClient client) {
    clients.remove(client);
  }

  /** The process has started: its output begins to flow. */
  public void begin(Streams streams, OutputLog newLog) {
    lock.lock();
    try {
      log = newLog;
    } finally {
      lock.unlock();
    }
    stdin.complete(streams.stdin());
    carry(streams.stdout(), Channel.STDOUT, newLog);
    carry(streams.stderr(), Channel.STDERR, newLog);
  }

  /** A log may have to wait for the disk, which whoever pushes must not. */
  private void carry(InputStream output, Channel channel, OutputLog kept) {
    if (kept == OutputLog.NONE && output instanceof PushedOutput pushed) {
      pushed.pushTo(new Giver(channel));
    } else {
      Thread.ofVirtual()
          .name(channel.name().toLowerCase(Locale.ROOT))
          .start(() -> pump(output, channel));
    }
  }

  /** Gives each piece to all clients, and says that it is taken once the last one has it. */
  private final class Giver implements PushedOutput.Receiver {
    private final Channel channel;

    Giver(Channel channel) {
      this.channel = channel;
    }

    @Override
    public void take(byte[] bytes, int offset, int length, Runnable taken) {
      List<StreamClient> wanting =
          clients.stream().filter(client -> client.wants(channel)).toList();
      if (wanting.isEmpty()) {
        taken.run();
        return;
      }
      AtomicInteger left = new AtomicInteger(wanting.size());
      for (StreamClient client : wanting) {
        client.give(
            channel,
            bytes,
            offset,
            length,
            () -> {
              if (left.decrementAndGet() == 0) {
                taken.run();
              }
            });
      }
    }

    @Override
    public void ended() {
      drained.countDown();
    }
  }

  private void pump(InputStream output, Channel channel) {
    byte[] buffer = new byte[SMALL];
    try (output) {
      int count;
      while ((count = output.read(buffer, 0, buffer.length)) >= 0) {
        handOut(channel, buffer, count);
        if (count == buffer.length && count < LARGE) {
          buffer = new byte[LARGE];
        }
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "output ended: {0}", e.getMessage());
    } finally {
      finish(channel);
      drained.countDown();
    }
  }

  private void handOut(Channel channel, byte[] bytes, int length) {
    Object[] present;
    lock.lock();
    try {
      log.write(channel, bytes, 0, length);
      present = clients.toArray();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "output is not logged any more: {0}", e.getMessage());
      log = OutputLog.NONE;
      present = clients.toArray();
    } finally {
      lock.unlock();
    }
    for (Object client : present) {
      if (client instanceof StreamClient joined && joined.wants(channel)) {
        joined.deliver(channel, bytes, 0, length);
      }
    }
  }

  private void finish(Channel channel) {
    lock.lock();
    try {
      log.finish(channel);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the last line is not logged: {0}", e.getMessage());
    } finally {
      lock.unlock();
    }
  }

  /** Writes to the process's input; blocks until the process is there and takes it. */
  void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      OutputStream target = stdin.get();
      target.write(bytes, offset, length);
      target.flush();
    } catch (ExecutionException e) {
      throw new IOException("the process has ended", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Ends the process's input, as soon as it is there. */
  void closeInput() {
    var _ = stdin.thenAccept(ProcessStreams::closeQuietly);
  }

  private static void closeQuietly(OutputStream target) {
    try {
      target.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "input was closed already: {0}", e.getMessage());
    }
  }

  /**
   * Waits until all output is in the log and handed over. A client that does not read at all after
   * the process has ended would hold up the news of that for ever; it loses its stream after a
   * while.
   *
   * @param patience how long such a client is waited for
   */
  public void drain(Duration patience) throws InterruptedException {
    if (!drained.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
      LOG.log(Level.WARNING, "a client that does not read its output is dropped");
      clients.forEach(StreamClient::abandon);
      if (!drained.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        LOG.log(Level.ERROR, "the output of a process that has ended does not end");
      }
    }
  }

  /** The run is over, or there will be none: everybody's stream ends. */
  public void end() {
    lock.lock();
    try {
      ended = true;
    } finally {
      lock.unlock();
    }
    // Not completed: a process that has ended is not held by its streams, which may be kept long.
    stdin.obtrudeException(new IOException("the process has ended"));
    clients.forEach(StreamClient::end);
    clients.clear();
  }
}
