package io.sockerless.backend.memory.network;

import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.FileStat;
import io.sockerless.backend.memory.fs.FileType;
import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.kernel.NetworkStack;
import io.sockerless.backend.memory.kernel.Waiting;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A UDP port with the datagrams that wait to be read: as many bytes as Linux keeps of them. */
final class UdpSocket extends OpenFile implements NetworkStack.DatagramSocket {

  private static final int RECEIVE_BUFFER = 212_992;

  /** What one takes beside its content, so that empty ones do not come without end. */
  private static final int OVERHEAD = 512;

  private static final int LARGEST = 65_507;

  private final UdpPorts ports;
  private final String address;
  private final int port;
  private final Instant created = Instant.now();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Deque<NetworkStack.Datagram> waiting = new ArrayDeque<>();
  private @Nullable Peer peer;
  private boolean refused;
  private boolean closed;

  /** Whom it is connected with. */
  record Peer(String address, int port) {}

  UdpSocket(UdpPorts ports, String address, int port) {
    this.ports = ports;
    this.address = address;
    this.port = port;
  }

  String address() {
    return address;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public OpenFile file() {
    return this;
  }

  Optional<Peer> peer() {
    lock.lock();
    try {
      return Optional.ofNullable(peer);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void connect(String host, int port) throws IOException {
    String target = ports.resolve(host);
    lock.lock();
    try {
      peer = new Peer(target, port);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String accept() throws IOException {
    lock.lock();
    try {
      while (waiting.isEmpty()) {
        if (closed) {
          throw Errno.EBADF.exception();
        }
        Waiting.on(arrived);
      }
      Peer sender = new Peer(waiting.element().address(), waiting.element().port());
      peer = sender;
      waiting.removeIf(it -> !sender.equals(new Peer(it.address(), it.port())));
      return sender.address();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void send(NetworkStack.Datagram datagram) throws IOException {
    if (datagram.content().length > LARGEST) {
      throw Errno.EMSGSIZE.exception();
    }
    ports.send(this, datagram);
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** One comes in; it is lost where Linux would lose it. */
  void deliver(NetworkStack.Datagram datagram) {
    lock.lock();
    try {
      boolean wanted = peer == null || peer.equals(new Peer(datagram.address(), datagram.port()));
      int full = waiting.stream().mapToInt(it -> OVERHEAD + it.content().length).sum();
      if (!closed && wanted && full + datagram.content().length <= RECEIVE_BUFFER) {
        waiting.add(datagram);
        arrived.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Nobody has the port that was sent to, which only who is connected with it is told. */
  void refused() {
    lock.lock();
    try {
      refused = peer != null;
      arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Optional<NetworkStack.Datagram> receive(long nanos) throws IOException {
    lock.lock();
    try {
      if (!await(nanos)) {
        return Optional.empty();
      }
      throwRefusal();
      if (closed) {
        throw Errno.EBADF.exception();
      }
      return Optional.of(waiting.remove());
    } finally {
      lock.unlock();
    }
  }

  private boolean await(long nanos) throws IOException {
    long left = nanos;
    while (waiting.isEmpty() && !closed && !refused) {
      if (left <= 0) {
        return false;
      }
      left = Waiting.on(arrived, left);
    }
    return true;
  }

  private void throwRefusal() throws IOException {
    if (refused) {
      refused = false;
      throw Errno.ECONNREFUSED.exception();
    }
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    Optional<NetworkStack.Datagram> datagram = Optional.empty();
    while (datagram.isEmpty()) {
      datagram = receive(Long.MAX_VALUE / 2);
    }
    byte[] content = datagram.get().content();
    int read = Math.min(length, content.length);
    System.arraycopy(content, 0, bytes, offset, read);
    // A datagram of no bytes looks like an end to whoever reads, on Linux too.
    return content.length == 0 ? -1 : read;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    Peer to;
    lock.lock();
    try {
      throwRefusal();
      if (peer == null) {
        throw Errno.EDESTADDRREQ.exception();
      }
      to = peer;
    } finally {
      lock.unlock();
    }
    byte[] content = Arrays.copyOfRange(bytes, offset, offset + length);
    send(new NetworkStack.Datagram(content, to.address(), to.port()));
  }

  @Override
  public boolean awaitReadable(long nanos) throws IOException {
    lock.lock();
    try {
      return await(nanos);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public FileStat stat() {
    return new FileStat(0, port, FileType.SOCKET, 0777, 1, 0, 0, 0, 0, created, created, created);
  }

  @Override
  protected void release() {
    lock.lock();
    try {
      closed = true;
      waiting.clear();
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
    ports.closed(this);
  }
}
