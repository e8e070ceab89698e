package io.sockerless.engine;

/**
 * Commands that run inside a running container. Every operation throws an {@link EngineException}
 * of the kind that fits.
 *
 * @see <a href="https://docs.docker.com/reference/api/engine/version/v1.51/#tag/Exec">Docker Engine
 *     API, Exec</a>
 */
public interface Execs {

  /** Prepares a command; the id is the container's. */
  Answer create(String id, Call call);

  /** Starts a command that nobody watches ({@code Detach}). */
  Answer start(String id, Call call);

  /** Starts a command and joins its standard streams. */
  HijackedStream startAttached(String id, Call call);

  /** Sets the size of the command's TTY, in characters. */
  Answer resize(String id, Call call);

  /** All that is known of one command, its exit code among it. */
  Answer inspect(String id, Call call);
}
