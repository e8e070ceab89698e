package io.sockerless.engine;

/**
 * Networks and who is on them. Every operation throws an {@link EngineException} of the kind that
 * fits.
 *
 * @see <a href="https://docs.docker.com/reference/api/engine/version/v1.51/#tag/Network">Docker
 *     Engine API, Network</a>
 */
public interface Networks {

  /** Lists networks. */
  Answer list(Call call);

  /** All that is known of one network. */
  Answer inspect(String id, Call call);

  /** Removes a network that nobody uses. */
  Answer remove(String id, Call call);

  /** Creates a network. */
  Answer create(Call call);

  /** Joins a container to the network. */
  Answer connect(String id, Call call);

  /** Takes a container off the network. */
  Answer disconnect(String id, Call call);

  /** Removes the networks that nobody uses. */
  Answer prune(Call call);
}
