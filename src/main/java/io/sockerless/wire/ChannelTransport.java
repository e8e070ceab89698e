package io.sockerless.wire;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** A TCP or unix socket as a blocking channel, which parks a virtual thread and not its carrier. */
public final class ChannelTransport implements Transport {

  /**
   * Twice Linux's default: a unix socket counts as writable only once three quarters of its buffer
   * are free, and what is left must keep the reader busy until we have woken up.
   */
  private static final int UNIX_SEND_BUFFER = 256 * 1024;

  private final SocketChannel channel;

  /** Whoever needs the channel not to block holds both for that moment. */
  private final ReentrantLock reading = new ReentrantLock();

  private final ReentrantLock writing = new ReentrantLock();

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
    reading.lock();
    try {
      return channel.read(ByteBuffer.wrap(bytes, offset, length));
    } finally {
      reading.unlock();
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
    writing.lock();
    try {
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    } finally {
      writing.unlock();
    }
  }

  @Override
  public void shutdownOutput() throws IOException {
    channel.shutdownOutput();
  }

  @Override
  public boolean isStale() {
    try {
      return look(() -> channel.read(ByteBuffer.allocate(1)) != 0);
    } catch (IOException e) {
      return true;
    }
  }

  /**
   * Whether the peer is not even there to read any more: a unix socket's has closed its end for
   * good, a TCP socket's has reset the connection or left the kernel's questions unanswered. Never
   * blocks: false while somebody reads or writes, who will find out by themselves.
   *
   * <p>To a selector, all of these are an error pending, which is the one thing that it reports to
   * whoever waits for a connection that has long been made.
   *
   * @param selector one without other channels
   */
  public boolean isHungUp(Selector selector) throws IOException {
    return look(() -> {
      SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
      try {
        return selector.selectNow() > 0;
      } finally {
        key.cancel();
        // Only this lets go of the channel, and of its descriptor if it was closed meanwhile.
        selector.selectNow();
      }
    });
  }

  /** The other end of a TCP connection within this machine. */
  public Optional<TcpEnd> localPeer() throws IOException {
    return channel.getRemoteAddress() instanceof InetSocketAddress theirs
            && channel.getLocalAddress() instanceof InetSocketAddress ours
            && (theirs.getAddress().isLoopbackAddress()
                || theirs.getAddress().equals(ours.getAddress()))
        ? Optional.of(new TcpEnd(theirs, ours))
        : Optional.empty();
  }

  /** Something to find out about a channel that does not block for as long as it takes. */
  @FunctionalInterface
  private interface Look {
    boolean take() throws IOException;
  }

  private boolean look(Look look) throws IOException {
    if (!reading.tryLock()) {
      return false;
    }
    try {
      if (!writing.tryLock()) {
        return false;
      }
      try {
        channel.configureBlocking(false);
        try {
          return look.take();
        } finally {
          channel.configureBlocking(true);
        }
      } finally {
        writing.unlock();
      }
    } finally {
      reading.unlock();
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
