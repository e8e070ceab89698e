package io.sockerless.engine;

/**
 * Managed plug-ins. Every operation throws an {@link EngineException} of the kind that fits.
 *
 * @see <a href="https://docs.docker.com/reference/api/engine/version/v1.51/#tag/Plugin">Docker
 *     Engine API, Plugin</a>
 */
public interface Plugins {

  /** Lists plug-ins. */
  Answer list(Call call);

  /** What the plug-in {@code remote} asks to be allowed. */
  Answer privileges(Call call);

  /** Installs a plug-in; progress is streamed. */
  Answer pull(Call call);

  /** All that is known of one plug-in. */
  Answer inspect(String name, Call call);

  /** Removes a plug-in. */
  Answer remove(String name, Call call);

  /** Starts a plug-in. */
  Answer enable(String name, Call call);

  /** Stops a plug-in. */
  Answer disable(String name, Call call);

  /** Replaces a plug-in by another version; progress is streamed. */
  Answer upgrade(String name, Call call);

  /** Makes a plug-in from a tar stream. */
  Answer create(Call call);

  /** Uploads a plug-in to its registry; progress is streamed. */
  Answer push(String name, Call call);

  /** Configures a plug-in. */
  Answer set(String name, Call call);
}
