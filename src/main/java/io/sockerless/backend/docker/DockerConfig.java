package io.sockerless.backend.docker;

import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * How to reach the daemon.
 *
 * @param certificates the folder with {@code ca.pem}, {@code cert.pem} and {@code key.pem}, which
 *     turns TLS on
 */
record DockerConfig(DaemonAddress host, Optional<Path> certificates) {

  static final String HOST = "sockerless.docker.host";
  static final String HOST_DEFAULT = "unix:///var/run/docker.sock";
  static final String CERTIFICATES = "sockerless.docker.cert.path";

  /**
   * Reads our settings, else those of every Docker client: {@code DOCKER_HOST}, {@code
   * DOCKER_TLS_VERIFY}, {@code DOCKER_CERT_PATH}.
   */
  static DockerConfig from(Config config) {
    Optional<String> own = value(config, HOST);
    Optional<String> clients = own.isPresent() ? Optional.empty() : value(config, "DOCKER_HOST");
    Optional<Path> certificates = value(config, CERTIFICATES).map(Path::of);
    if (certificates.isEmpty()
        && clients.isPresent()
        && value(config, "DOCKER_TLS_VERIFY").isPresent()) {
      certificates =
          Optional.of(
              value(config, "DOCKER_CERT_PATH")
                  .map(Path::of)
                  .orElse(Path.of(System.getProperty("user.home"), ".docker")));
    }
    String host = own.or(() -> clients).orElse(HOST_DEFAULT);
    return new DockerConfig(DaemonAddress.parse(host, certificates.isPresent()), certificates);
  }

  private static Optional<String> value(Config config, String key) {
    return config.getOptionalValue(key, String.class).filter(text -> !text.isBlank());
  }
}
