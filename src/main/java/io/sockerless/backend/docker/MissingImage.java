package io.sockerless.backend.docker;

import io.sockerless.engine.Answer;
import io.sockerless.engine.Body;
import io.sockerless.engine.Call;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.Query;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Pulls the image that a create asked for and the daemon has not, with the credentials that came
 * with the create. Where that fails, the daemon's own 404 stands, since the docker CLI answers it
 * with a pull of its own.
 */
final class MissingImage {

  private static final Logger LOG = System.getLogger(MissingImage.class.getName());
  private static final Pattern ID = Pattern.compile("(?:sha256:)?[0-9a-f]{64}");
  private static final String AUTH = "X-Registry-Auth";

  private final Daemon daemon;

  MissingImage(Daemon daemon) {
    this.daemon = daemon;
  }

  /**
   * Blocks until the image is there. The daemon says so in an event of its own.
   *
   * @throws EngineException {@code error}, with why the pull failed; unchanged if it was not about
   *     the image
   */
  void pull(JsonObject spec, Call create, EngineException error) {
    String image = spec.get("Image") instanceof JsonString name ? name.getString() : "";
    if (image.isEmpty() || ID.matcher(image).matches() || isThere(image, create)) {
      throw error;
    }
    LOG.log(Level.INFO, "create: image {0} is missing, pulling it", image);
    Optional<String> failure = tryPull(image, create);
    if (failure.isPresent()) {
      LOG.log(Level.WARNING, "create: pulling image {0} failed: {1}", image, failure.get());
      throw EngineException.of(
          404, error.text() + " (pulling it failed: " + failure.get() + ")", error.headers());
    }
    LOG.log(Level.INFO, "create: pulled image {0}", image);
  }

  private boolean isThere(String image, Call create) {
    try {
      daemon
          .send("GET", Daemon.path("/images", image, "/json"), create.follow(Query.none()))
          .bytes();
      return true;
    } catch (EngineException.NotFound e) {
      return false;
    }
  }

  /** Answers why it failed. */
  private Optional<String> tryPull(String image, Call create) {
    Query query = Query.none().and("fromImage", image);
    if (!hasTagOrDigest(image)) {
      // Without one, the daemon would pull every tag.
      query = query.and("tag", "latest");
    }
    Optional<String> platform = create.query().first("platform").filter(text -> !text.isEmpty());
    if (platform.isPresent()) {
      query = query.and("platform", platform.get());
    }
    Call call = create.follow(query);
    Optional<String> credentials = create.headers().first(AUTH);
    if (credentials.isPresent()) {
      call = call.withHeader(AUTH, credentials.get());
    }
    try (Answer progress = daemon.send("POST", "/images/create", call);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(progress.body(), StandardCharsets.UTF_8))) {
      return lastError(lines);
    } catch (EngineException e) {
      return Optional.of(e.text());
    } catch (IOException e) {
      return Optional.of("the progress broke off: " + e.getMessage());
    }
  }

  /** Reads the progress, a document each line, to its end. */
  private static Optional<String> lastError(BufferedReader lines) throws IOException {
    Optional<String> error = Optional.empty();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (Body.parse(line.getBytes(StandardCharsets.UTF_8)).get("error")
          instanceof JsonString message) {
        error = Optional.of(message.getString());
      }
    }
    return error;
  }

  private static boolean hasTagOrDigest(String image) {
    return image.indexOf('@') >= 0 || image.indexOf(':', image.lastIndexOf('/') + 1) >= 0;
  }
}
