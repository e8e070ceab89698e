package io.sockerless.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The version of this build, which every surface tells. */
public final class ServerVersion {

  private ServerVersion() {}

  /** Such as {@code 0.1.0}. */
  public static String text() {
    try (InputStream text = ServerVersion.class.getResourceAsStream("version.txt")) {
      return text == null
          ? "unknown"
          : new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
