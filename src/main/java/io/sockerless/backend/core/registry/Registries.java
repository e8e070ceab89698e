package io.sockerless.backend.core.registry;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The way to all registries. */
public final class Registries implements AutoCloseable {

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
    sources.add(() -> repository(bases(reference), reference, credentials, "pull"));
    return sources;
  }

  /** The repository to push an image to. */
  public Repository target(ImageReference reference, Credentials credentials) throws IOException {
    return repository(bases(reference), reference, credentials, "pull,push");
  }

  private List<URI> bases(ImageReference reference) {
    return reference.domain().equals(ImageReference.DOCKER_HUB)
        ? List.of(config.hub())
        : Hosts.bases(reference.domain());
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
