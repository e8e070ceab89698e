package io.sockerless.engine;

/**
 * The server itself: who it is, what it holds, what happens. Every operation throws an {@link
 * EngineException} of the kind that fits.
 *
 * @see <a href="https://docs.docker.com/reference/api/engine/version/v1.51/#tag/System">Docker
 *     Engine API, System</a>
 */
public interface SystemOperations {

  /** Checks credentials with a registry. */
  Answer auth(Call call);

  /** What the server is and has. */
  Answer info(Call call);

  /** The versions of the server and of its parts. */
  Answer version(Call call);

  /** Whether the server answers, and its API version in the header. */
  Answer ping(Call call);

  /** {@link #ping} without a body. */
  Answer pingHead(Call call);

  /** What happens, one document each, until {@code until} or the client leaves. */
  Answer events(Call call);

  /** What images, containers, volumes and the build cache take. */
  Answer diskUsage(Call call);

  /** BuildKit's way back to the client, an HTTP/2 connection in the stream. */
  HijackedStream session(Call call);

  /** BuildKit's own protocol, an HTTP/2 connection in the stream. */
  HijackedStream grpc(Call call);
}
