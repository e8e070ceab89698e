package io.sockerless.backend.core.registry;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a piece of content that follows from the content itself, such as {@code sha256:…}. An
 * instance is well-formed, so that it may be part of a file's name.
 *
 * @param algorithm {@code sha256} or {@code sha512}
 * @param hex in small letters, as many as the algorithm gives
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/descriptor.md#digests">OCI
 *     digests</a>
 */
public record Digest(String algorithm, String hex) implements Comparable<Digest> {

  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern SHA512 = Pattern.compile("[0-9a-f]{128}");
  private static final int SHORT = 12;

  /**
   * Refuses what is no digest.
   *
   * @throws IllegalArgumentException for an unknown algorithm, or digits that are none
   */
  public Digest {
    Pattern digits =
        switch (algorithm) {
          case "sha256" -> SHA256;
          case "sha512" -> SHA512;
          default -> throw new IllegalArgumentException("unsupported digest algorithm");
        };
    if (!digits.matcher(hex).matches()) {
      throw new IllegalArgumentException("invalid checksum digest format");
    }
  }

  /** Reads {@code algorithm:hex}; empty for what is no digest. */
  public static Optional<Digest> parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Digest(text.substring(0, colon), text.substring(colon + 1)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The SHA-256 digest of what has been fed to {@code hash}. */
  public static Digest sha256(MessageDigest hash) {
    return new Digest("sha256", HexFormat.of().formatHex(hash.digest()));
  }

  /** The SHA-256 digest of a text in UTF-8. */
  public static Digest sha256(String text) {
    MessageDigest hash = sha256();
    hash.update(text.getBytes(StandardCharsets.UTF_8));
    return sha256(hash);
  }

  /** A fresh SHA-256. */
  public static MessageDigest sha256() {
    return hash("SHA-256");
  }

  /** A fresh hash of this digest's algorithm. */
  public MessageDigest newHash() {
    return hash(algorithm.equals("sha256") ? "SHA-256" : "SHA-512");
  }

  /** Whether what has been fed to {@code hash} is this content. */
  public boolean matches(MessageDigest hash) {
    return HexFormat.of().formatHex(hash.digest()).equals(hex);
  }

  /** The first digits, as Docker shows them to people. */
  public String shortHex() {
    return hex.substring(0, SHORT);
  }

  @Override
  public int compareTo(Digest other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return algorithm + ":" + hex;
  }

  private static MessageDigest hash(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
