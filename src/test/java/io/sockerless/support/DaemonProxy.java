package io.sockerless.support;

import io.sockerless.wire.ChannelTransport;
import io.sockerless.wire.Connection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Stands before the real daemon and knows what it is being asked at this moment. */
public final class DaemonProxy implements AutoCloseable {

  private final ServerSocketChannel listener;
  private final Map<SocketChannel, String> lastRequests = new ConcurrentHashMap<>();

  /** Listens on a free port. */
  public DaemonProxy() throws IOException {
    listener =
        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    Thread.ofVirtual().start(this::accept);
  }

  /** Where it is, in the words of {@code DOCKER_HOST}. */
  public String host() {
    try {
      return "tcp://127.0.0.1:" + ((InetSocketAddress) listener.getLocalAddress()).getPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * How many connections were last asked for a target with this in it, and are held by whoever
   * asked, half-closed or not.
   */
  public long asking(String target) {
    return lastRequests.entrySet().stream()
        .filter(last -> last.getValue().contains(target) && OtherEnd.isHeld(last.getKey()))
        .count();
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel channel = listener.accept();
        Thread.ofVirtual().start(() -> serve(channel));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void serve(SocketChannel channel) {
    try (Connection client = new Connection(new ChannelTransport(channel));
        Connection daemon = DockerDaemon.open()) {
      Thread requests =
          Thread.ofVirtual()
              .start(() -> copy(client, daemon, request -> lastRequests.put(channel, request)));
      copy(daemon, client, answer -> {});
      client.close();
      requests.join();
    } catch (IOException e) {
      // One of them has left.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lastRequests.remove(channel);
    }
  }

  private static void copy(Connection from, Connection to, Consumer<String> seen) {
    byte[] buffer = new byte[8192];
    try {
      int count;
      while ((count = from.input().read(buffer, 0, buffer.length)) >= 0) {
        seen.accept(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
        to.output().write(buffer, 0, count);
      }
      to.shutdownOutput();
    } catch (IOException e) {
      from.close();
      to.close();
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
