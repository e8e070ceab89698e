package io.sockerless.engine;

/**
 * Containers, from create to remove, and what runs in them. Every operation throws an {@link
 * EngineException} of the kind that fits.
 *
 * @see <a href="https://docs.docker.com/reference/api/engine/version/v1.51/#tag/Container">Docker
 *     Engine API, Container</a>
 */
public interface Containers {

  /** Lists containers; the running ones alone unless {@code all} is set. */
  Answer list(Call call);

  /** Creates a container; a missing image is pulled first. */
  Answer create(Call call);

  /** All that is known of one container. */
  Answer inspect(String id, Call call);

  /** The processes that run inside. */
  Answer top(String id, Call call);

  /**
   * What the container wrote, as a multiplexed stream (raw for a TTY); stays open with {@code
   * follow}.
   */
  Answer logs(String id, Call call);

  /** What differs from the image's files. */
  Answer changes(String id, Call call);

  /** The container's root file system as a tar stream. */
  Answer export(String id, Call call);

  /** Resource usage; one document a second with {@code stream}. */
  Answer stats(String id, Call call);

  /** Sets the size of the container's TTY, in characters. */
  Answer resize(String id, Call call);

  /** Starts the container; 304 if it runs. */
  Answer start(String id, Call call);

  /** Stops the container: its stop signal, {@code t} seconds, then KILL; 304 if it does not run. */
  Answer stop(String id, Call call);

  /** Stops the container as {@link #stop} does, then starts it. */
  Answer restart(String id, Call call);

  /** Sends a signal, KILL unless {@code signal} names another. */
  Answer kill(String id, Call call);

  /** Changes resource limits and the restart policy. */
  Answer update(String id, Call call);

  /** Gives the container another name. */
  Answer rename(String id, Call call);

  /** Freezes all processes of the container. */
  Answer pause(String id, Call call);

  /** Lets a paused container go on. */
  Answer unpause(String id, Call call);

  /** Joins the container's standard streams; before the start, too. */
  HijackedStream attach(String id, Call call);

  /** Joins the container's standard streams as a WebSocket, which the backend speaks itself. */
  HijackedStream attachWebSocket(String id, Call call);

  /**
   * Blocks until the container reaches {@code condition} and answers its exit code; the head comes
   * at once.
   */
  Answer waitFor(String id, Call call);

  /** Removes the container; a running one only with {@code force}. */
  Answer remove(String id, Call call);

  /** Describes a file, in the header {@code X-Docker-Container-Path-Stat}. */
  Answer statPath(String id, Call call);

  /** Files as a tar stream, and their description in a header. */
  Answer getArchive(String id, Call call);

  /** Unpacks a tar stream into a folder of the container. */
  Answer putArchive(String id, Call call);

  /** Removes the containers that do not run. */
  Answer prune(Call call);

  /** Makes an image of a container; the {@code container} is a parameter. */
  Answer commit(Call call);

  /** Lists checkpoints (experimental). */
  Answer listCheckpoints(String id, Call call);

  /** Freezes the container's processes to disk (experimental). */
  Answer createCheckpoint(String id, Call call);

  /** Removes a checkpoint (experimental). */
  Answer removeCheckpoint(String id, String checkpoint, Call call);
}
