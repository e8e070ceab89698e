package io.sockerless.backend.memory.network;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Counts what goes over one interface of a container. */
final class Traffic {

  private static final int SEGMENT = 1_460;

  private final AtomicLong bytesReceived = new AtomicLong();
  private final AtomicLong packetsReceived = new AtomicLong();
  private final AtomicLong bytesSent = new AtomicLong();
  private final AtomicLong packetsSent = new AtomicLong();
  private final Consumer<DuplexFile> onClose;

  /** Counts for whoever keeps the open sockets. */
  Traffic(Consumer<DuplexFile> onClose) {
    this.onClose = onClose;
  }

  void received(int bytes) {
    bytesReceived.addAndGet(bytes);
    packetsReceived.addAndGet(1 + bytes / SEGMENT);
  }

  void sent(int bytes) {
    bytesSent.addAndGet(bytes);
    packetsSent.addAndGet(1 + bytes / SEGMENT);
  }

  void closed(DuplexFile file) {
    onClose.accept(file);
  }

  long bytesReceived() {
    return bytesReceived.get();
  }

  long packetsReceived() {
    return packetsReceived.get();
  }

  long bytesSent() {
    return bytesSent.get();
  }

  long packetsSent() {
    return packetsSent.get();
  }
}
