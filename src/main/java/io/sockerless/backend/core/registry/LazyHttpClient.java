package io.sockerless.backend.core.registry;

import java.net.http.HttpClient;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP client that is made when it is first needed: with it come a thread and all of TLS, which
 * a server that starts need not wait for.
 */
public final class LazyHttpClient implements AutoCloseable {

  private final HttpClient.Builder builder;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable HttpClient client;

  /** One that this builder will make. */
  public LazyHttpClient(HttpClient.Builder builder) {
    this.builder = builder;
  }

  /** The client, the same for everybody. */
  public HttpClient get() {
    lock.lock();
    try {
      HttpClient made = client == null ? builder.build() : client;
      client = made;
      return made;
    } finally {
      lock.unlock();
    }
  }

  /** Ends what is under way; waits for nothing. */
  @Override
  public void close() {
    lock.lock();
    try {
      if (client != null) {
        client.shutdownNow();
      }
    } finally {
      lock.unlock();
    }
  }
}
