package io.sockerless.backend.core.image;

import io.sockerless.backend.core.registry.Credentials;
import io.sockerless.backend.core.registry.ImageReference;
import io.sockerless.backend.core.registry.Platform;
import io.sockerless.engine.Answer;
import io.sockerless.engine.Body;
import io.sockerless.engine.Call;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.Query;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Pulls and pushes for clients, with their credentials and under their eyes. */
final class ImageTransfers {

  private final ImagePuller puller;
  private final ImagePusher pusher;

  ImageTransfers(ImagePuller puller, ImagePusher pusher) {
    this.puller = puller;
    this.pusher = pusher;
  }

  Answer pull(Call call) {
    Query query = call.query();
    String image = query.first("fromImage").orElse("");
    if (image.isEmpty()) {
      throw new EngineException.InvalidParameter("invalid reference format");
    }
    ImageReference name = named(image, query.first("tag").orElse(""));
    Optional<Platform> platform = platform(query);
    Credentials credentials = RegistryHeaders.credentials(call, name);
    boolean all = name.tag().isEmpty() && name.digest().isEmpty();
    return ProgressAnswer.start(
        "pull " + name,
        progress -> {
          if (all) {
            puller.pullAll(name, platform, credentials, progress);
          } else {
            puller.pull(name, platform, credentials, progress);
          }
        });
  }

  /** The name with the tag or the digest that stands in a parameter of its own. */
  private static ImageReference named(String image, String tag) {
    ImageReference name = ImageReference.parse(image.endsWith(":") ? image + "latest" : image);
    if (tag.isEmpty()) {
      return name;
    }
    return tag.contains(":")
        ? ImageReference.parse(name.repository() + "@" + tag)
        : name.withTag(tag);
  }

  /** The platform that a request names, if it does: as {@code os/arch} or as OCI's document. */
  static Optional<Platform> platform(Query query) {
    return query
        .first("platform")
        .filter(text -> !text.isEmpty())
        .map(text ->
            text.startsWith("{")
                ? Platform.of(Body.parse(text.getBytes(StandardCharsets.UTF_8)))
                : Platform.parse(text));
  }

  /**
   * Holds an image to the platform that a request names, if it does.
   *
   * @throws EngineException.NotFound if it is of another one
   */
  static ImageRecord fitting(ImageRecord image, String name, Query query) {
    Optional<Platform> wanted = platform(query);
    if (wanted.isPresent() && !wanted.get().accepts(image.platform())) {
      throw new EngineException.NotFound(
          "image with reference "
              + name
              + " was found but does not provide the specified platform ("
              + wanted.get()
              + ")");
    }
    return image;
  }

  Answer push(String name, Call call) {
    ImageReference parsed = ImageReference.parse(name);
    ImageReference reference =
        call.query().first("tag").filter(tag -> !tag.isEmpty()).map(parsed::withTag).orElse(parsed);
    Credentials credentials = RegistryHeaders.credentials(call, reference);
    return ProgressAnswer.start(
        "push " + reference, progress -> pusher.push(reference, credentials, progress));
  }
}
