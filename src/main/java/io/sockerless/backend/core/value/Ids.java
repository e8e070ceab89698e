package io.sockerless.backend.core.value;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Ids as Docker makes them. */
public final class Ids {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SHORT = 12;

  private Ids() {}

  /** 64 random hexadecimal digits. */
  public static String random() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** The first digits, as clients show an id. */
  public static String abbreviate(String id) {
    return id.length() > SHORT ? id.substring(0, SHORT) : id;
  }
}
