package io.sockerless.backend.core.registry;

import io.sockerless.wire.Loopback;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What is known of registries' hosts: where they are, and which of them did not answer lately. */
final class Hosts {

  private static final Duration MEMORY = Duration.ofMinutes(1);

  private final Clock clock;
  private final Map<String, Silence> silent = new ConcurrentHashMap<>();

  Hosts(Clock clock) {
    this.clock = clock;
  }

  /** The URLs at which the registry of a domain may be, the likeliest first. */
  static List<URI> bases(String domain) {
    URI secure = URI.create("https://" + domain);
    // A plain server may wait for more where TLS speaks to it; a TLS server answers a plain
    // request.
    return secure.getHost() != null && Loopback.is(secure.getHost())
        ? List.of(URI.create("http://" + domain), secure)
        : List.of(secure);
  }

  /** Scheme, host and port: what credentials are for. */
  static String origin(URI uri) {
    int port = uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equals("https") ? 443 : 80;
    return uri.getScheme() + "://" + uri.getHost() + ":" + port;
  }

  /** Remembers for a minute that a host did not answer; this machine's own are asked again. */
  void silent(URI uri, String why) {
    if (!Loopback.is(uri.getHost())) {
      silent.put(origin(uri), new Silence(clock.instant().plus(MEMORY), why));
    }
  }

  /** Why a host is not asked again yet. */
  Optional<String> whySilent(URI uri) {
    return Optional.ofNullable(silent.get(origin(uri)))
        .filter(silence -> silence.until().isAfter(clock.instant()))
        .map(Silence::why);
  }

  private record Silence(Instant until, String why) {}
}
