package io.sockerless.backend.core.driver;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A process that runs in a container: the first one, whose end is the container's, or a further
 * one.
 *
 * <p>Both output streams end once the process and whoever inherited them have closed them; at the
 * latest when the process has ended. Nothing of them is lost: {@link #exit} may complete before
 * they are read to the end.
 */
public interface ContainerProcess {

  /** As the container sees it, such as 1. */
  int pid();

  /** Where standard input is written to; to close it is the input's end. */
  OutputStream stdin();

  /** Standard output; all output of a terminal. */
  InputStream stdout();

  /** Standard error; empty for a terminal. */
  InputStream stderr();

  /** How it ended, once it has. */
  CompletableFuture<ExitStatus> exit();

  /**
   * Delivers a signal to this process alone; nothing if it has ended.
   *
   * @param signal the number on Linux
   */
  void signal(int signal);

  /** Sets the terminal's size and tells the process. */
  void resize(int rows, int columns);

  /**
   * Starts one more process in the same container; it ends with the first one at the latest.
   *
   * @throws StartFailure if the command cannot be run
   */
  ContainerProcess exec(ProcessSpec spec) throws StartFailure;

  /** Stops all processes of the container until {@link #resume}. */
  void pause();

  /** Lets them go on. */
  void resume();

  /** All processes of the container. */
  List<ProcessInfo> processes();

  /** What the container uses and has used. */
  ResourceUsage usage();

  /**
   * Takes over new limits.
   *
   * @param hostConfig the Docker API's {@code HostConfig}, whole
   */
  void update(JsonObject hostConfig);

  /** Takes over the networks that the container is on from now on. */
  void networks(List<NetworkEndpoint> endpoints);

  /**
   * Connects to a port that a process of the container listens on, for a published port.
   *
   * @throws IOException if nobody listens
   */
  Connection connect(int port) throws IOException;

  /** Whether {@link #datagrams} is served: else no UDP port may be published. */
  default boolean carriesDatagrams() {
    return false;
  }

  /**
   * A way to a UDP port of the container, for one client of a published port.
   *
   * @throws IOException if the container has ended
   */
  default Datagrams datagrams(int port) throws IOException {
    throw new IOException("UDP port " + port + " is out of reach");
  }

  /** Datagrams between one client and a container; they may be lost, as on any network. */
  interface Datagrams extends AutoCloseable {
    /** Sends one to the container. */
    void send(byte[] content) throws IOException;

    /**
     * Waits for one that the container sends.
     *
     * @return nothing if the time was over first
     * @throws IOException if the way is closed
     */
    Optional<byte[]> receive(Duration patience) throws IOException;

    @Override
    void close();
  }

  /** Both directions of a connection, each ended by itself. */
  interface Connection extends AutoCloseable {
    /** What the container sends. */
    InputStream input();

    /** What the container gets. */
    OutputStream output();

    /** Ends the direction to the container. */
    void shutdownOutput() throws IOException;

    @Override
    void close();
  }
}
