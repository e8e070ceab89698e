package io.sockerless.backend.core.registry;

import io.sockerless.wire.Loopback;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One caller's conversation with one registry: finds out where it is and what it wants to be shown,
 * shows that to it and to nobody else, asks again where that may help. Tokens live as long as the
 * session.
 */
final class RegistrySession {

  private static final int MAX_ERROR = 64 * 1024;
  private static final int MAX_REDIRECTS = 5;
  private static final int ATTEMPTS = 5;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final Http http;
  private final Hosts hosts;
  private final URI base;
  private final Credentials credentials;
  private final Duration pause;
  private final Optional<Challenge> challenge;
  private final Map<List<String>, String> tokens = new ConcurrentHashMap<>();

  private RegistrySession(
      Http http,
      Hosts hosts,
      URI base,
      Credentials credentials,
      Duration pause,
      Optional<Challenge> challenge) {
    this.http = http;
    this.hosts = hosts;
    this.base = base;
    this.credentials = credentials;
    this.pause = pause;
    this.challenge = challenge;
  }

  /**
   * Asks whether a registry is there, and what for.
   *
   * @param bases where it may be, the likeliest first
   * @param pause before the second attempt of a request; doubled before each further one
   * @throws UnreachableException if nobody answers
   */
  static RegistrySession open(
      Http http, Hosts hosts, List<URI> bases, Credentials credentials, Duration pause)
      throws IOException {
    IOException failure = new UnreachableException("no registry");
    for (URI base : bases) {
      Optional<String> silence = hosts.whySilent(base);
      if (silence.isPresent()) {
        throw new UnreachableException(silence.get());
      }
      try {
        HttpResponse<InputStream> answer =
            http.probe(HttpRequest.newBuilder(URI.create(base + "/v2/")).GET());
        Http.closeQuietly(answer);
        if (answer.statusCode() == 400 && !base.equals(bases.getLast())) {
          // So do TLS servers answer who speaks plainly.
          continue;
        }
        Optional<Challenge> challenge =
            Challenge.best(answer.headers().allValues("WWW-Authenticate"));
        return new RegistrySession(http, hosts, base, credentials, pause, challenge);
      } catch (UnreachableException e) {
        hosts.silent(base, RegistryErrors.text(e));
        throw e;
      } catch (IOException e) {
        failure = e;
      }
    }
    throw failure;
  }

  /** The URL of a path such as {@code /v2/library/alpine/tags/list}. */
  URI url(String path) {
    return URI.create(base + path);
  }

  /** What the registry wants to be shown. */
  Optional<Challenge> challenge() {
    return challenge;
  }

  /**
   * Sends a request, with what the registry wants to be shown for these scopes.
   *
   * @return an answer below 400, or one of {@code expected}; whoever gets it closes its body
   * @throws RegistryException for any other answer
   */
  HttpResponse<InputStream> send(
      HttpRequest.Builder request, List<String> scopes, Integer... expected) throws IOException {
    IOException failure = new IOException("not sent");
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Duration wait = pause.multipliedBy(1L << attempt);
      try {
        HttpResponse<InputStream> answer = authorized(request, scopes);
        int status = answer.statusCode();
        if (status < 400 || List.of(expected).contains(status)) {
          return answer;
        }
        wait = retryAfter(answer).orElse(wait);
        throw error(answer);
      } catch (RegistryException e) {
        // The registry's own answer, or that of the server for its tokens.
        if (!e.isPassing()) {
          throw e;
        }
        failure = e;
      } catch (UnreachableException e) {
        hosts.silent(base, RegistryErrors.text(e));
        throw e;
      } catch (InterruptedIOException e) {
        throw e;
      } catch (IOException e) {
        failure = e;
      }
      sleep(wait, failure);
    }
    throw failure;
  }

  /** {@link #send} with one attempt, for what its sender must repeat in another way. */
  HttpResponse<InputStream> once(HttpRequest.Builder request, List<String> scopes)
      throws IOException {
    HttpResponse<InputStream> answer = authorized(request, scopes);
    if (answer.statusCode() >= 400) {
      throw error(answer);
    }
    return answer;
  }

  private HttpResponse<InputStream> authorized(HttpRequest.Builder request, List<String> scopes)
      throws IOException {
    Optional<String> known = authorization(scopes);
    HttpResponse<InputStream> answer = follow(request.copy(), known);
    if (answer.statusCode() != 401) {
      return answer;
    }
    Optional<Challenge> asked = Challenge.best(answer.headers().allValues("WWW-Authenticate"));
    boolean bearer = asked.map(one -> one.scheme().equals("bearer")).orElse(false);
    if (!bearer || known.isEmpty()) {
      if (asked.isPresent() && !bearer && !credentials.hasPassword()) {
        Http.closeQuietly(answer);
        HttpRequest shown = request.build();
        throw new RegistryException(401, "", Http.describe(shown) + ": no basic auth credentials");
      }
      return answer;
    }
    // The token may have expired.
    if (tokens.remove(scopes) == null) {
      return answer;
    }
    Http.closeQuietly(answer);
    return follow(request.copy(), authorization(scopes));
  }

  /** The header field {@code Authorization}, if there is anything to show. */
  private Optional<String> authorization(List<String> scopes) throws IOException {
    if (challenge.isEmpty()) {
      return Optional.empty();
    }
    if (challenge.get().scheme().equals("basic")) {
      return credentials.hasPassword() ? Optional.of(credentials.basic()) : Optional.empty();
    }
    String token = tokens.get(scopes);
    if (token == null) {
      token = new Tokens(http, credentials).access(challenge.get(), scopes);
      tokens.put(scopes, token);
    }
    return Optional.of("Bearer " + token);
  }

  /** Follows redirects; what proves who asks goes to the registry's own host alone. */
  private HttpResponse<InputStream> follow(
      HttpRequest.Builder request, Optional<String> authorization) throws IOException {
    URI target = request.build().uri();
    for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      HttpRequest.Builder next = request.copy().uri(target);
      if (Hosts.origin(target).equals(Hosts.origin(base))) {
        authorization.ifPresent(value -> next.setHeader("Authorization", value));
      }
      HttpResponse<InputStream> answer = http.send(next);
      boolean redirected =
          switch (answer.statusCode()) {
            case 301, 302, 303, 307, 308 -> true;
            default -> false;
          };
      if (!redirected) {
        return answer;
      }
      Http.closeQuietly(answer);
      target = location(target, answer);
    }
    throw new IOException(Http.describe("GET", target) + ": too many redirects");
  }

  /** Where an answer's {@code Location} leads; never from TLS to a plain connection elsewhere. */
  static URI location(URI from, HttpResponse<InputStream> answer) throws IOException {
    String location = answer.headers().firstValue("Location").orElse("");
    try {
      URI target = from.resolve(location);
      boolean secure = "https".equals(target.getScheme());
      boolean local = "http".equals(target.getScheme());
      if (!location.isEmpty()
          && target.getHost() != null
          && (secure || (local && Loopback.is(target.getHost())))) {
        return target;
      }
    } catch (IllegalArgumentException e) {
      throw new IOException(Http.describe("GET", from) + ": invalid location", e);
    }
    throw new IOException(Http.describe("GET", from) + ": redirected to no https URL");
  }

  private static RegistryException error(HttpResponse<InputStream> answer) throws IOException {
    byte[] bytes;
    try (InputStream body = answer.body()) {
      bytes = body.readNBytes(MAX_ERROR);
    }
    return bytes.length == 0 && answer.request().method().equals("HEAD")
        ? headError(answer)
        : RegistryErrors.of(answer, bytes);
  }

  private static RegistryException headError(HttpResponse<InputStream> answer) {
    return switch (answer.statusCode()) {
      case 401, 403, 429 -> RegistryErrors.of(answer, new byte[0]);
      default -> RegistryErrors.ofHead(answer.statusCode());
    };
  }

  private static Optional<Duration> retryAfter(HttpResponse<InputStream> answer) {
    return answer
        .headers()
        .firstValue("Retry-After")
        .filter(text -> text.matches("\\d{1,4}"))
        .map(text -> Duration.ofSeconds(Long.parseLong(text)))
        .map(wait -> wait.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : wait);
  }

  private static void sleep(Duration wait, IOException cause) throws IOException {
    try {
      Thread.sleep(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw cause;
    }
  }
}
