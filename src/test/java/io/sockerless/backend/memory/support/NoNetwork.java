package io.sockerless.backend.memory.support;

import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.kernel.NetworkStack;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;

/** A network that nothing can be reached on. */
public final class NoNetwork implements NetworkStack {

  @Override
  public Socket connect(String host, int port, Duration timeout) throws IOException {
    throw Errno.ENETUNREACH.exception();
  }

  @Override
  public Socket carry(SocketChannel connection) throws IOException {
    throw Errno.ENETUNREACH.exception();
  }

  @Override
  public Listener listen(String address, int port) throws IOException {
    throw Errno.ENETUNREACH.exception();
  }

  @Override
  public DatagramSocket bind(String address, int port) throws IOException {
    throw Errno.ENETUNREACH.exception();
  }

  @Override
  public List<String> resolve(String name) {
    return List.of();
  }

  @Override
  public List<Interface> interfaces() {
    return List.of();
  }

  @Override
  public void setUp(String name, boolean up) throws IOException {
    throw Errno.ENODEV.exception();
  }

  @Override
  public List<Entry> entries() {
    return List.of();
  }
}
