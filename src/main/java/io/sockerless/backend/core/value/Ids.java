package io.sockerless.backend.core.value;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Ids as Docker makes them. */
public final class Ids {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SHORT = 12;
  private static final Pattern IMAGE = Pattern.compile("sha256:[0-9a-f]{64}");

  private Ids() {}

  /** 64 random hexadecimal digits. */
  public static String random() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Whether it can be nothing but an image's id, which no registry knows. */
  public static boolean isImage(String reference) {
    return IMAGE.matcher(reference).matches();
  }

  /** The first digits, as clients show an id. */
  public static String abbreviate(String id) {
    return id.length() > SHORT ? id.substring(0, SHORT) : id;
  }
}
