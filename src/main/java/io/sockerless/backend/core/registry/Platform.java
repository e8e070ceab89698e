package io.sockerless.backend.core.registry;

import io.sockerless.engine.EngineException;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an image is made for.
 *
 * @param os such as {@code linux} or {@code wasip1}
 * @param architecture in Go's terms, such as {@code amd64} or {@code wasm}
 * @param variant such as {@code v7}, often empty
 */
public record Platform(String os, String architecture, String variant) {

  private static final Pattern PART = Pattern.compile("[A-Za-z0-9_.-]+");

  private static final Set<String> SYSTEMS =
      Set.of(
          "aix",
          "android",
          "darwin",
          "dragonfly",
          "freebsd",
          "hurd",
          "illumos",
          "ios",
          "js",
          "linux",
          "nacl",
          "netbsd",
          "openbsd",
          "plan9",
          "solaris",
          "wasi",
          "wasip1",
          "windows",
          "zos");
  private static final Set<String> ARCHITECTURES =
      Set.of(
          "386",
          "amd64",
          "arm",
          "arm64",
          "loong64",
          "mips",
          "mipsle",
          "mips64",
          "mips64le",
          "ppc",
          "ppc64",
          "ppc64le",
          "riscv",
          "riscv64",
          "s390",
          "s390x",
          "sparc",
          "sparc64",
          "wasm");

  /** Brings other spellings into the one that registries use. */
  public Platform {
    os = os.toLowerCase(Locale.ROOT);
    String given = architecture.toLowerCase(Locale.ROOT);
    architecture =
        switch (given) {
          case "x86_64", "x86-64" -> "amd64";
          case "aarch64" -> "arm64";
          case "armhf", "armel" -> "arm";
          case "i386", "i486", "i586", "i686", "x86" -> "386";
          default -> given;
        };
    variant =
        switch (architecture) {
          case "arm64" -> variant.equals("8") || variant.equals("v8") ? "" : variant;
          case "amd64" -> variant.equals("v1") ? "" : variant;
          case "arm" ->
              given.equals("armel")
                  ? "v6"
                  : variant.isEmpty() || variant.equals("7") ? "v7" : variant;
          default -> variant;
        };
  }

  /** The machine's architecture, and Linux whatever the machine runs. */
  public static Platform host() {
    return new Platform("linux", System.getProperty("os.arch", "amd64"), "");
  }

  /**
   * Reads {@code os/arch[/variant]}, or an os or an architecture alone.
   *
   * @throws EngineException.InvalidParameter for anything else
   */
  public static Platform parse(String text) {
    String[] parts = text.split("/", -1);
    for (String part : parts) {
      if (!PART.matcher(part).matches() || parts.length > 3) {
        throw unknown(text);
      }
    }
    if (parts.length == 1) {
      Platform host = host();
      if (SYSTEMS.contains(parts[0].toLowerCase(Locale.ROOT))) {
        return new Platform(
            parts[0], parts[0].startsWith("wasi") ? "wasm" : host.architecture(), "");
      }
      Platform named = new Platform(host.os(), parts[0], "");
      if (!ARCHITECTURES.contains(named.architecture())) {
        throw unknown(text);
      }
      return named;
    }
    return new Platform(parts[0], parts[1], parts.length > 2 ? parts[2] : "");
  }

  private static EngineException unknown(String text) {
    return new EngineException.InvalidParameter(
        "\"" + text + "\": unknown operating system or architecture: invalid argument");
  }

  /** What a descriptor's {@code platform} or an image configuration says; it may say nothing. */
  public static Platform of(JsonObject document) {
    return new Platform(
        document.getString("os", ""),
        document.getString("architecture", ""),
        document.getString("variant", ""));
  }

  /** The platforms that serve for this one, the best first. */
  private List<Platform> alternatives() {
    if (architecture.equals("arm") && variant.startsWith("v")) {
      return List.of("v8", "v7", "v6", "v5").stream()
          .filter(lower -> lower.compareTo(variant) <= 0)
          .map(lower -> new Platform(os, architecture, lower))
          .toList();
    }
    return variant.isEmpty() ? List.of(this) : List.of(this, new Platform(os, architecture, ""));
  }

  /** Whether what is made for {@code other} serves whoever asks for this one. */
  public boolean accepts(Platform other) {
    return alternatives().contains(other);
  }

  /**
   * Says in dockerd's words that an image is for another platform than this one.
   *
   * @param reference as it was asked for
   */
  public String mismatch(String reference, Platform actual) {
    return "image with reference "
        + reference
        + " was found but its platform ("
        + actual
        + ") does not match the specified platform ("
        + this
        + ")";
  }

  /** The one of {@code offered} that fits best. */
  public Optional<Platform> choose(List<Platform> offered) {
    return alternatives().stream().filter(offered::contains).findFirst();
  }

  /** Whether it is WebAssembly, which runs on any machine. */
  public boolean isWasm() {
    return architecture.equals("wasm") || architecture.equals("wasm32");
  }

  @Override
  public String toString() {
    return os + "/" + architecture + (variant.isEmpty() ? "" : "/" + variant);
  }
}
