package io.sockerless.backend.core.registry;

import io.sockerless.wire.Loopback;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/**
 * Where images come from besides the registry that their name tells.
 *
 * @param mirrors asked before Docker Hub, in order, without the caller's credentials
 * @param embedded whether an image of our own serves for {@code alpine} and {@code busybox} where
 *     no registry answers
 * @param hub where the registry of names without a host is
 * @param index where that registry is searched
 */
public record RegistryConfig(List<URI> mirrors, boolean embedded, URI hub, URI index) {

  private static final URI INDEX = URI.create("https://index.docker.io");
  private static final URI HUB = URI.create("https://registry-1.docker.io");

  static final String MIRRORS = "sockerless.registry.mirrors";
  static final String EMBEDDED = "sockerless.images.embedded";

  /** Copies the list. */
  public RegistryConfig {
    mirrors = List.copyOf(mirrors);
  }

  /**
   * Reads the settings.
   *
   * @throws IllegalArgumentException for a mirror that is no http(s) URL, or a plain one elsewhere
   *     than on this machine
   */
  public static RegistryConfig from(Config config) {
    Optional<String> mirrors = config.getOptionalValue(MIRRORS, String.class);
    boolean embedded =
        config
            .getOptionalValue(EMBEDDED, String.class)
            .map(String::strip)
            .filter(text -> !text.isEmpty())
            .map(RegistryConfig::flag)
            .orElse(true);
    return new RegistryConfig(
        mirrors.stream()
            .flatMap(text -> Stream.of(text.split(",")))
            .map(String::strip)
            .filter(text -> !text.isEmpty())
            .map(RegistryConfig::mirror)
            .toList(),
        embedded,
        HUB,
        INDEX);
  }

  private static boolean flag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException(EMBEDDED + " is true or false, not '" + text + "'");
    };
  }

  private static URI mirror(String text) {
    try {
      URI uri = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
      boolean secure = "https".equals(uri.getScheme());
      boolean local =
          "http".equals(uri.getScheme()) && uri.getHost() != null && Loopback.is(uri.getHost());
      if (uri.getHost() != null && uri.getUserInfo() == null && (secure || local)) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(MIRRORS + ": no URL: '" + text + "'", e);
    }
    throw new IllegalArgumentException(
        MIRRORS + " takes https URLs, and http ones on loopback, not '" + text + "'");
  }
}
