package io.sockerless.backend.core.registry;

import io.sockerless.engine.EngineException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A name of an image, complete: {@code alpine}, {@code docker.io/alpine} and {@code
 * index.docker.io/library/alpine} are one and the same.
 *
 * @param domain the registry's host and perhaps port, {@code docker.io} if none was given
 * @param path the repository in the registry, such as {@code library/alpine}
 * @see <a href="https://docs.docker.com/reference/cli/docker/image/tag/">the names of images</a>
 */
public record ImageReference(
    String domain, String path, Optional<String> tag, Optional<Digest> digest) {

  /** The domain of names that have none. */
  public static final String DOCKER_HUB = "docker.io";

  private static final String OFFICIAL = "library/";
  private static final String LATEST = "latest";
  private static final int MAX_NAME = 255;
  private static final Pattern PATH_COMPONENT =
      Pattern.compile("[a-z0-9]++(?:(?:\\.|_|__|-++)[a-z0-9]++)*+");
  private static final Pattern DOMAIN =
      Pattern.compile(
          "(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*"
              + "|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?");
  private static final Pattern TAG = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127}");
  private static final int ID_LENGTH = 64;
  private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");

  /**
   * Reads a name, with a tag or a digest or both or neither.
   *
   * @throws EngineException.InvalidParameter in Docker's words
   */
  public static ImageReference parse(String text) {
    if (text.length() == ID_LENGTH && ID.matcher(text).matches()) {
      throw new EngineException.InvalidParameter(
          "invalid repository name (" + text + "), cannot specify 64-byte hexadecimal strings");
    }
    int at = text.indexOf('@');
    Optional<Digest> digest = Optional.empty();
    if (at >= 0) {
      digest = Optional.of(Digest.parse(text.substring(at + 1)).orElseThrow(ImageReference::bad));
    }
    String rest = at < 0 ? text : text.substring(0, at);
    int colon = rest.indexOf(':', rest.lastIndexOf('/') + 1);
    Optional<String> tag =
        colon < 0 ? Optional.empty() : Optional.of(checkTag(rest.substring(colon + 1)));
    return named(colon < 0 ? rest : rest.substring(0, colon), tag, digest);
  }

  private static ImageReference named(String name, Optional<String> tag, Optional<Digest> digest) {
    int slash = name.indexOf('/');
    String first = slash < 0 ? "" : name.substring(0, slash);
    boolean hasDomain = isDomain(first);
    String domain = hasDomain ? first : DOCKER_HUB;
    String path = hasDomain ? name.substring(slash + 1) : name;
    if (domain.equals("index.docker.io")) {
      domain = DOCKER_HUB;
    }
    if (domain.equals(DOCKER_HUB) && path.indexOf('/') < 0) {
      path = OFFICIAL + path;
    }
    checkPath(path);
    if (!domain.equals(DOCKER_HUB) && !DOMAIN.matcher(domain).matches()) {
      throw bad();
    }
    if (domain.length() + 1 + path.length() > MAX_NAME) {
      throw new EngineException.InvalidParameter(
          "repository name must not be more than 255 characters");
    }
    return new ImageReference(domain, path, tag, digest);
  }

  /** Whether the part before the first slash is a registry's and not a repository's. */
  private static boolean isDomain(String first) {
    return first.contains(".")
        || first.contains(":")
        || first.equals("localhost")
        || !first.equals(first.toLowerCase(Locale.ROOT));
  }

  private static void checkPath(String path) {
    if (!path.equals(path.toLowerCase(Locale.ROOT))) {
      throw new EngineException.InvalidParameter(
          "invalid reference format: repository name (" + path + ") must be lowercase");
    }
    for (String component : path.split("/", -1)) {
      if (component.length() > MAX_NAME || !PATH_COMPONENT.matcher(component).matches()) {
        throw bad();
      }
    }
  }

  private static String checkTag(String tag) {
    if (!TAG.matcher(tag).matches()) {
      throw bad();
    }
    return tag;
  }

  private static EngineException bad() {
    return new EngineException.InvalidParameter("invalid reference format");
  }

  /**
   * The same repository with that tag and no digest.
   *
   * @throws EngineException.InvalidParameter if it can be no tag
   */
  public ImageReference withTag(String other) {
    if (!TAG.matcher(other).matches()) {
      throw new EngineException.InvalidParameter("invalid tag format");
    }
    return new ImageReference(domain, path, Optional.of(other), Optional.empty());
  }

  /** The same repository with that digest and no tag. */
  public ImageReference withDigest(Digest other) {
    return new ImageReference(domain, path, Optional.empty(), Optional.of(other));
  }

  /** The same name with the tag {@code latest}, unless it has a tag or a digest. */
  public ImageReference withDefaultTag() {
    return tag.isPresent() || digest.isPresent() ? this : withTag(LATEST);
  }

  /** The name that one image at most has: with the digest alone if there is one, else the tag. */
  public ImageReference exact() {
    return digest.isPresent() ? withDigest(digest.get()) : withDefaultTag();
  }

  /** What a registry is asked for: the digest if there is one, else the tag. */
  public String manifest() {
    return digest.map(Digest::toString).or(() -> tag).orElse(LATEST);
  }

  /** Domain and path. */
  public String repository() {
    return domain + "/" + path;
  }

  /** The repository as people write it, the registry left out where that is Docker Hub. */
  public String familiarRepository() {
    if (!domain.equals(DOCKER_HUB) || isDomain(path.substring(0, path.indexOf('/')))) {
      return repository();
    }
    boolean official = path.startsWith(OFFICIAL) && path.indexOf('/', OFFICIAL.length()) < 0;
    return official ? path.substring(OFFICIAL.length()) : path;
  }

  /** The whole name as people write it. */
  public String familiar() {
    return familiarRepository() + suffix();
  }

  @Override
  public String toString() {
    return repository() + suffix();
  }

  private String suffix() {
    return tag.map(text -> ":" + text).orElse("") + digest.map(text -> "@" + text).orElse("");
  }
}
