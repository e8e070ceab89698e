package io.sockerless.wire;

/** What kind of thread takes a part of another one's work. */
public final class ThreadKind {

  private ThreadKind() {}

  /**
   * The calling thread's own kind, so that both directions of a stream are as quick as each other,
   * or as cheap when they lie idle: a platform thread writes a large piece in one blocking call, a
   * virtual one in as many as there is room for. Never keeps the process alive.
   */
  public static Thread.Builder ofCaller() {
    return Thread.currentThread().isVirtual() ? Thread.ofVirtual() : Thread.ofPlatform().daemon();
  }
}
