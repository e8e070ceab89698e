package io.sockerless.backend.core.registry;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The way to all registries. */
public final class Registries implements AutoCloseable {

  private static final int MAX_REDIRECTS = 5;
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final RegistryConfig config;
  private final Duration pause;
  private final Http http = new Http();
  private final Hosts hosts = new Hosts(Clock.systemUTC());

  /** Opens nothing yet. */
  public Registries(RegistryConfig config) {
    this(config, PAUSE);
  }

  Registries(RegistryConfig config, Duration pause) {
    this.config = config;
    this.pause = pause;
  }

  /**
   * The places to pull an image from, in order: mirrors, which get no credentials, and the registry
   * itself.
   */
  public List<Source> sources(ImageReference reference, Credentials credentials) {
    List<Source> sources = new ArrayList<>();
    if (reference.domain().equals(ImageReference.DOCKER_HUB)) {
      for (URI mirror : config.mirrors()) {
        sources.add(() -> repository(List.of(mirror), reference, Credentials.none(), "pull"));
      }
    }
    sources.add(() -> repository(bases(reference.domain()), reference, credentials, "pull"));
    return sources;
  }

  /** The repository to push an image to. */
  public Repository target(ImageReference reference, Credentials credentials) throws IOException {
    return repository(bases(reference.domain()), reference, credentials, "pull,push");
  }

  /** The URLs at which the registry of a domain may be, the likeliest first. */
  List<URI> bases(String domain) {
    return domain.equals(ImageReference.DOCKER_HUB) ? List.of(config.hub()) : Hosts.bases(domain);
  }

  /** Where Docker Hub's index is. */
  URI index() {
    return config.index();
  }

  private Repository repository(
      List<URI> bases, ImageReference reference, Credentials credentials, String actions)
      throws IOException {
    return new Repository(session(bases, credentials), reference.path(), actions);
  }

  RegistrySession session(List<URI> bases, Credentials credentials) throws IOException {
    return RegistrySession.open(http, hosts, bases, credentials, pause);
  }

  Http http() {
    return http;
  }

  /**
   * Opens what is at any URL, without credentials.
   *
   * @throws IOException if it is not there
   */
  public InputStream download(URI uri) throws IOException {
    URI target = uri;
    for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      HttpResponse<InputStream> answer;
      try {
        answer = http.probe(HttpRequest.newBuilder(target).GET());
      } catch (IllegalArgumentException e) {
        throw new IOException("invalid URL: " + target, e);
      }
      if (answer.statusCode() < 300) {
        return new StallGuard(answer.body());
      }
      Http.closeQuietly(answer);
      Optional<String> location = answer.headers().firstValue("Location");
      if (answer.statusCode() >= 400 || location.isEmpty()) {
        throw new IOException("failed to GET " + target + " with status " + answer.statusCode());
      }
      target = target.resolve(location.get());
    }
    throw new IOException("failed to GET " + uri + ": too many redirects");
  }

  @Override
  public void close() {
    http.close();
  }

  /** One place that may have an image. */
  @FunctionalInterface
  public interface Source {
    /**
     * Finds out whether anybody is there.
     *
     * @throws UnreachableException if not
     */
    Repository open() throws IOException;
  }
}
