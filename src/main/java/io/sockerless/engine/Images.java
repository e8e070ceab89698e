package io.sockerless.engine;

/**
 * Images: pulled, pushed, built, loaded and saved. Every operation throws an {@link
 * EngineException} of the kind that fits.
 *
 * @see <a href="https://docs.docker.com/reference/api/engine/version/v1.51/#tag/Image">Docker
 *     Engine API, Image</a>
 */
public interface Images {

  /** Lists images. */
  Answer list(Call call);

  /** Builds an image from a context, a tar stream; progress is streamed. */
  Answer build(Call call);

  /** Removes the images that nothing uses. */
  Answer prune(Call call);

  /** Empties the builder's cache. */
  Answer pruneBuilds(Call call);

  /** Ends the build of the given {@code id}. */
  Answer cancelBuild(Call call);

  /**
   * Pulls {@code fromImage}, or imports a file system from {@code fromSrc}; progress is streamed.
   */
  Answer create(Call call);

  /** All that is known of one image. */
  Answer inspect(String name, Call call);

  /** The layers of an image, newest first. */
  Answer history(String name, Call call);

  /** Uploads an image to its registry; progress is streamed. */
  Answer push(String name, Call call);

  /** Gives the image one more name. */
  Answer tag(String name, Call call);

  /** Removes a name, and with the last one the image. */
  Answer remove(String name, Call call);

  /** Asks a registry for repositories. */
  Answer search(Call call);

  /** An image, with its layers and names, as a tar stream. */
  Answer save(String name, Call call);

  /** Several images as one tar stream. */
  Answer saveAll(Call call);

  /** Reads images from a tar stream. */
  Answer load(Call call);

  /** What the registry knows of an image: digest and platforms. */
  Answer distribution(String name, Call call);
}
