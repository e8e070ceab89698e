package io.sockerless.wire;

import java.util.regex.Pattern;

/** This machine as the host of a URL: what is sent there crosses no network. */
public final class Loopback {

  private static final Pattern NAMES = Pattern.compile("localhost|\\[::1]|127(\\.\\d{1,3}){3}");

  private Loopback() {}

  /** Whether a host is this machine, by its name or address alone: names are not looked up. */
  public static boolean is(String host) {
    return NAMES.matcher(host).matches();
  }
}
