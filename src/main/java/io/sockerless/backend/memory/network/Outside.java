package io.sockerless.backend.memory.network;

import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.kernel.NetworkStack;
import io.sockerless.backend.memory.kernel.Pipe;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The world beyond the containers, reached by the server's own sockets. The server's loopback is
 * not part of it. Each connection is carried by two virtual threads, so that a task blocks on a
 * pipe, where a signal reaches it, and never on a socket.
 */
final class Outside implements AutoCloseable {

  private static final int CHUNK = 16_384;

  private final Traffic traffic;
  private final Set<Closeable> sockets = ConcurrentHashMap.newKeySet();

  Outside(Traffic traffic) {
    this.traffic = traffic;
  }

  NetworkStack.Socket connect(String address, int port, Duration timeout) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(
          new InetSocketAddress(InetAddress.getByName(address), port),
          (int) Math.min(Integer.MAX_VALUE, timeout.toMillis()));
    } catch (SocketTimeoutException e) {
      socket.close();
      throw Errno.ETIMEDOUT.exception();
    } catch (NoRouteToHostException e) {
      socket.close();
      throw Errno.EHOSTUNREACH.exception();
    } catch (ConnectException e) {
      socket.close();
      throw Errno.ECONNREFUSED.exception();
    } catch (IOException e) {
      socket.close();
      throw Errno.ENETUNREACH.exception();
    }
    DuplexFile file =
        carry(
            socket,
            socket.getInputStream(),
            socket.getOutputStream(),
            socket::shutdownOutput,
            traffic);
    return new StreamSocket(
        file, socket.getLocalAddress().getHostAddress(), socket.getLocalPort(), address, port);
  }

  /** Carries a connection with somebody on this machine, which no interface sees. */
  NetworkStack.Socket carry(SocketChannel channel) throws IOException {
    DuplexFile file =
        carry(
            channel,
            Channels.newInputStream(channel),
            Channels.newOutputStream(channel),
            channel::shutdownOutput,
            new Traffic(it -> {}));
    return new StreamSocket(file, "", 0, "", 0);
  }

  /** Ends one direction of a connection. */
  private interface End {
    void run() throws IOException;
  }

  private DuplexFile carry(
      Closeable connection, InputStream input, OutputStream output, End end, Traffic counted) {
    sockets.add(connection);
    Pipe there = new Pipe();
    Pipe back = new Pipe();
    DuplexFile file = new DuplexFile(back.reader(), there.writer(), counted);
    OpenFile outgoing = there.reader();
    OpenFile incoming = back.writer();
    Thread.ofVirtual().name("to " + connection).start(() -> send(output, end, outgoing));
    Thread.ofVirtual().name("from " + connection).start(() -> receive(connection, input, incoming));
    return file;
  }

  private static void send(OutputStream to, End end, OpenFile from) {
    byte[] chunk = new byte[CHUNK];
    try (from) {
      for (int read = from.read(chunk, 0, CHUNK); read >= 0; read = from.read(chunk, 0, CHUNK)) {
        to.write(chunk, 0, read);
      }
      end.run();
    } catch (IOException e) {
      // The other side is gone, which the task sees at its next read or write.
      return;
    }
  }

  private void receive(Closeable connection, InputStream from, OpenFile to) {
    byte[] chunk = new byte[CHUNK];
    try (to;
        connection) {
      for (int read = from.read(chunk); read >= 0; read = from.read(chunk)) {
        to.write(chunk, 0, read);
      }
    } catch (IOException e) {
      // Whichever side is gone, closing tells the other.
      return;
    } finally {
      sockets.remove(connection);
    }
  }

  List<String> resolve(String name) {
    try {
      List<String> addresses = new ArrayList<>();
      for (InetAddress address : InetAddress.getAllByName(name)) {
        if (address instanceof Inet4Address && !address.isLoopbackAddress()) {
          addresses.add(address.getHostAddress());
        }
      }
      return addresses;
    } catch (UnknownHostException e) {
      return List.of();
    }
  }

  @Override
  public void close() {
    for (Closeable socket : sockets) {
      try {
        socket.close();
      } catch (IOException e) {
        // It is closed either way.
      }
    }
  }
}
