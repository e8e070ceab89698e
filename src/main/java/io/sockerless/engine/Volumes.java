package io.sockerless.engine;

/**
 * Volumes: data that outlives its containers. Every operation throws an {@link EngineException} of
 * the kind that fits.
 *
 * @see <a href="https://docs.docker.com/reference/api/engine/version/v1.51/#tag/Volume">Docker
 *     Engine API, Volume</a>
 */
public interface Volumes {

  /** Lists volumes. */
  Answer list(Call call);

  /** Creates a volume, or finds the one of that name. */
  Answer create(Call call);

  /** All that is known of one volume. */
  Answer inspect(String name, Call call);

  /** Changes a cluster volume. */
  Answer update(String name, Call call);

  /** Removes a volume that no container uses. */
  Answer remove(String name, Call call);

  /** Removes the volumes that no container uses. */
  Answer prune(Call call);
}
