package io.sockerless.backend.core.driver;

/**
 * What an output of a {@link ContainerProcess} may be besides a stream to read: one whose bytes
 * come by themselves, and no faster than they are taken. Whoever can hold what comes needs no
 * thread to wait for it.
 */
public interface PushedOutput {

  /** Hands on all that has come and comes from now on; nobody may read the stream any more. */
  void pushTo(Receiver receiver);

  /** Whoever takes what comes; one call after the other. */
  interface Receiver {
    /**
     * Takes bytes that nobody changes any more; must not block.
     *
     * @param taken to be run, by whatever thread, once they lie no longer in memory
     */
    void take(byte[] bytes, int offset, int length, Runnable taken);

    /** The output has ended, or is broken. */
    void ended();
  }
}
