package io.sockerless.backend.core.network;

import io.sockerless.backend.core.driver.ContainerProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.function.BooleanSupplier;

/**
 * A client of a published port, joined with the container. Each direction ends by itself; what the
 * container sent is delivered even when the container is gone by then.
 */
final class PortConnection {

  private static final int BUFFER = 16 * 1024;

  private final SocketChannel client;
  private final ContainerProcess.Connection inside;
  private volatile boolean ended;

  PortConnection(SocketChannel client, ContainerProcess.Connection inside) {
    this.client = client;
    this.inside = inside;
  }

  /**
   * Blocks until both directions have ended.
   *
   * @param published whether the port is open; a client that sends on to a container that has ended
   *     its direction is waited for only so long
   */
  void carry(BooleanSupplier published) throws IOException {
    client.setOption(StandardSocketOptions.TCP_NODELAY, true);
    Thread up = Thread.ofVirtual().name("port-up").start(this::carryUp);
    copy(inside.input(), client.socket().getOutputStream());
    client.shutdownOutput();
    ended = true;
    if (!published.getAsBoolean()) {
      client.close();
    }
    try {
      up.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The port is closed: nobody waits any longer for a client whose container has ended. */
  void closeIfEnded() {
    if (ended) {
      try {
        client.close();
      } catch (IOException e) {
        // It is closed for us either way.
      }
    }
  }

  private void carryUp() {
    try {
      byte[] buffer = new byte[BUFFER];
      InputStream from = client.socket().getInputStream();
      int count;
      while ((count = from.read(buffer, 0, buffer.length)) >= 0) {
        if (!send(buffer, count)) {
          return;
        }
      }
      inside.shutdownOutput();
    } catch (IOException e) {
      // The client broke off, and nobody will read what the container sends.
      inside.close();
    }
  }

  /** False if the container does not read any more, which is its right: it may send on. */
  private boolean send(byte[] buffer, int count) {
    try {
      OutputStream to = inside.output();
      to.write(buffer, 0, count);
      to.flush();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void copy(InputStream from, OutputStream to) throws IOException {
    byte[] buffer = new byte[BUFFER];
    int count;
    while ((count = from.read(buffer, 0, buffer.length)) >= 0) {
      to.write(buffer, 0, count);
      to.flush();
    }
  }
}
