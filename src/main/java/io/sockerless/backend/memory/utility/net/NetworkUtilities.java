package io.sockerless.backend.memory.utility.net;

import io.sockerless.backend.memory.kernel.Program;
import java.util.Map;

/** The utilities that deal with the network, by the names they are called by. */
public final class NetworkUtilities {

  private static final Map<String, Program> PROGRAMS =
      Map.ofEntries(
          Map.entry("curl", new Curl()),
          Map.entry("httpd", new Httpd()),
          Map.entry("ifconfig", new Ifconfig()),
          Map.entry("ip", new Ip()),
          Map.entry("nc", new Nc()),
          Map.entry("netstat", new Netstat()),
          Map.entry("nslookup", new Nslookup()),
          Map.entry("ping", new Ping()),
          Map.entry("route", new Route()),
          Map.entry("ryuk", new Ryuk()),
          Map.entry("wget", new Wget()));

  private NetworkUtilities() {}

  /** All of them. */
  public static Map<String, Program> programs() {
    return PROGRAMS;
  }
}
