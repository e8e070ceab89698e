package io.sockerless.wire;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Set;
import jdk.net.ExtendedSocketOptions;

/**
 * Has the kernel ask an idle TCP peer whether it is still there, soon enough to find a vanished one
 * in two minutes. By default it waits for two hours.
 */
final class KeepAlive {

  private static final int IDLE_SECONDS = 30;
  private static final int INTERVAL_SECONDS = 10;

  /** With the idle time before them, two minutes: what a machine is given to come back. */
  private static final int QUESTIONS = 9;

  /** Sets an option of a socket, of whichever class. */
  @FunctionalInterface
  private interface Setter {
    <T> void set(SocketOption<T> option, T value) throws IOException;
  }

  private KeepAlive() {}

  static void on(SocketChannel channel) throws IOException {
    set(channel::setOption, channel.supportedOptions());
  }

  static void on(Socket socket) throws IOException {
    set(socket::setOption, socket.supportedOptions());
  }

  private static void set(Setter socket, Set<SocketOption<?>> supported) throws IOException {
    socket.set(StandardSocketOptions.SO_KEEPALIVE, true);
    if (supported.contains(ExtendedSocketOptions.TCP_KEEPIDLE)) {
      socket.set(ExtendedSocketOptions.TCP_KEEPIDLE, IDLE_SECONDS);
      socket.set(ExtendedSocketOptions.TCP_KEEPINTERVAL, INTERVAL_SECONDS);
      socket.set(ExtendedSocketOptions.TCP_KEEPCOUNT, QUESTIONS);
    }
  }
}
