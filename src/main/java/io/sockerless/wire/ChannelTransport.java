package io.sockerless.wire;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A TCP or unix socket as a blocking channel, which parks a virtual thread and not its carrier. */
public final class ChannelTransport implements Transport {

  /**
   * Twice Linux's default: a unix socket counts as writable only once three quarters of its buffer
   * are free, and what is left must keep the reader busy until we have woken up.
   */
  private static final int UNIX_SEND_BUFFER = 256 * 1024;

  private final SocketChannel channel;

  /** Takes over a connected channel in blocking mode. */
  public ChannelTransport(SocketChannel channel) throws IOException {
    this.channel = channel;
    if (channel.getRemoteAddress() instanceof InetSocketAddress) {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      KeepAlive.on(channel);
    } else {
      channel.setOption(StandardSocketOptions.SO_SNDBUF, UNIX_SEND_BUFFER);
    }
  }

  /** Connects, blocking. */
  public static ChannelTransport connect(SocketAddress address) throws IOException {
    SocketChannel channel =
        address instanceof InetSocketAddress
            ? SocketChannel.open()
            : SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.connect(address);
      return new ChannelTransport(channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    return channel.read(ByteBuffer.wrap(bytes, offset, length));
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  @Override
  public void shutdownOutput() throws IOException {
    channel.shutdownOutput();
  }

  @Override
  public boolean isStale() {
    try {
      channel.configureBlocking(false);
      try {
        return channel.read(ByteBuffer.allocate(1)) != 0;
      } finally {
        channel.configureBlocking(true);
      }
    } catch (IOException e) {
      return true;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // The descriptor is gone either way.
    }
  }
}
