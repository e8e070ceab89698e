package io.sockerless.backend.memory.network;

import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.kernel.NetworkStack;
import io.sockerless.backend.memory.kernel.Waiting;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A port that a task listens on, with the connections that wait to be accepted. */
final class PortListener implements NetworkStack.Listener {

  private static final int BACKLOG = 128;

  private final ContainerNetwork network;
  private final String address;
  private final int port;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Deque<StreamSocket> waiting = new ArrayDeque<>();
  private boolean closed;

  PortListener(ContainerNetwork network, String address, int port) {
    this.network = network;
    this.address = address;
    this.port = port;
  }

  String address() {
    return address;
  }

  /** Whether a connection to this address of the container is for it. */
  boolean takes(String target) {
    return Addresses.takes(address, target);
  }

  @Override
  public int port() {
    return port;
  }

  /** A connection comes in. */
  void offer(StreamSocket socket) throws IOException {
    lock.lock();
    try {
      if (closed || waiting.size() >= BACKLOG) {
        throw Errno.ECONNREFUSED.exception();
      }
      waiting.add(socket);
      arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public NetworkStack.Socket accept() throws IOException {
    lock.lock();
    try {
      while (waiting.isEmpty()) {
        if (closed) {
          throw Errno.EBADF.exception();
        }
        Waiting.on(arrived);
      }
      return waiting.remove();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    Deque<StreamSocket> refused;
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      refused = new ArrayDeque<>(waiting);
      waiting.clear();
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
    network.closed(this);
    refused.forEach(StreamSocket::abandon);
  }
}
