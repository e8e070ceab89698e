package io.sockerless.agent.protocol;

import java.util.List;

/**
 * What a server and an agent say to each other. Those that are {@link Sequenced} arrive once and in
 * order however often the connection is lost; the others belong to one connection.
 *
 * <p>A session is opened by a server's request and has its number; it ends with {@link Exit} or
 * {@link Failed}.
 */
public sealed interface Message {

  /** What counts, and is kept until the other side has it. */
  sealed interface Sequenced extends Message {
    /** The number of the session. */
    int id();
  }

  /** Bytes of a session, which the other side must have granted. */
  sealed interface Data extends Sequenced {
    /** The bytes, never changed. */
    Bytes data();
  }

  /** Asks the agent for something: a new session. */
  sealed interface Request extends Sequenced {}

  /**
   * The first message of each connection, each way.
   *
   * @param instance names the process that says it, anew for each process
   * @param peer the instance that it last spoke with, empty if with none
   * @param received how many sequenced messages of that one it has
   * @param connection how many connections it has had with this one, so that no greeting is said
   *     twice: whoever has overheard one cannot use it
   */
  record Hello(String instance, String peer, long received, long connection) implements Message {}

  /** So many sequenced messages have arrived. */
  record Ack(long received) implements Message {}

  /** Asks for a sign of life. */
  record Ping() implements Message {}

  /** Gives one. */
  record Pong() implements Message {}

  /**
   * Runs a command.
   *
   * @param env complete
   * @param user {@code user[:group]}, empty for the agent's own
   */
  record Exec(
      int id,
      List<String> cmd,
      List<String> env,
      String workdir,
      String user,
      boolean tty,
      boolean stdin,
      int width,
      int height)
      implements Request {}

  /**
   * Runs a health check's command, which gets no input, and kills it when its time is up.
   *
   * @param env complete
   * @param user {@code user[:group]}, empty for the agent's own
   */
  record CheckHealth(
      int id, List<String> cmd, List<String> env, String workdir, String user, long timeoutMillis)
      implements Request {}

  /**
   * Joins the wrapped command, and starts it unless it runs.
   *
   * @param workdir made if it is not there
   * @param user {@code user[:group]}, empty for the agent's own
   */
  record Attach(
      int id, String workdir, String user, boolean tty, boolean stdin, int width, int height)
      implements Request {}

  /** Unpacks the tar stream that follows as standard input. */
  record PutArchive(int id, String path, boolean keepKinds, boolean keepOwners)
      implements Request {}

  /** Sends a file or folder as a tar stream, on standard output. */
  record GetArchive(int id, String path) implements Request {}

  /**
   * Sends the root file system without what is mounted over it, as a tar stream on standard output;
   * a row before it says where that is.
   */
  record Export(int id) implements Request {}

  /** Describes a file: one row of name, size, mode, time and link target. */
  record StatPath(int id, String path) implements Request {}

  /** Describes the processes, a row each. */
  record Processes(int id) implements Request {}

  /** Tells in one row what the processes use. */
  record Usage(int id) implements Request {}

  /** Connects to a port of the agent's machine; bytes as of a command. */
  record Connect(int id, int port) implements Request {}

  /** Stops all processes. */
  record Pause(int id) implements Request {}

  /** Lets them go on. */
  record Resume(int id) implements Request {}

  /** The container is gone: the agent ends. */
  record Shutdown(int id) implements Request {}

  /** Standard input. */
  record Stdin(int id, Bytes data) implements Data {}

  /** Its end. */
  record CloseStdin(int id) implements Sequenced {}

  /** A signal by Linux' number. */
  record Signal(int id, int signal) implements Sequenced {}

  /** The terminal's size. */
  record Resize(int id, int width, int height) implements Sequenced {}

  /** Nobody reads a session's output any more. */
  record Abandon(int id) implements Sequenced {}

  /** The command runs. */
  record Started(int id, int pid) implements Sequenced {}

  /** Standard output. */
  record Stdout(int id, Bytes data) implements Data {}

  /** Standard error. */
  record Stderr(int id, Bytes data) implements Data {}

  /** What was asked for, as rows of columns. */
  record Rows(int id, List<List<String>> rows) implements Sequenced {}

  /**
   * What a health check has found.
   *
   * @param code the command's exit code, {@link #TIMED_OUT} if its time was up
   * @param log the beginning of both its outputs
   */
  record Health(int id, int code, String log) implements Sequenced {
    /** No exit code: the command had to be killed. */
    public static final int TIMED_OUT = -1;
  }

  /** The command has ended and all its output has been sent; other requests are done, with 0. */
  record Exit(int id, int code) implements Sequenced {}

  /**
   * The session could not be opened, or broke.
   *
   * @param code for a command as a shell has it, 127 if there is none; for files 404 if there is no
   *     such one, 400 if it is no folder, 403 if it cannot be written to, else 500
   */
  record Failed(int id, int code, String message) implements Sequenced {}

  /** So many more bytes of a stream may be sent. */
  record Credit(int id, StreamName stream, int bytes) implements Sequenced {}

  /** The standard streams, each with the number of its descriptor. */
  enum StreamName {
    STDIN(0),
    STDOUT(1),
    STDERR(2);

    private final int number;

    StreamName(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }
  }
}
