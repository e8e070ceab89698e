package io.sockerless.backend.docker;

import io.sockerless.engine.Capabilities;
import io.sockerless.engine.Containers;
import io.sockerless.engine.Engine;
import io.sockerless.engine.Execs;
import io.sockerless.engine.Images;
import io.sockerless.engine.Networks;
import io.sockerless.engine.Plugins;
import io.sockerless.engine.Swarm;
import io.sockerless.engine.SystemOperations;
import io.sockerless.engine.Volumes;
import io.sockerless.wire.ChannelTransport;
import io.sockerless.wire.ConnectionPool;
import io.sockerless.wire.Headers;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.eclipse.microprofile.config.Config;

/** The reference backend: a real daemon, whose whole API is handed through. */
public final class DockerEngine implements Engine {

  /** The name as the setting {@code sockerless.backend} spells it. */
  static final String NAME = "docker";

  private static final Logger LOG = System.getLogger(DockerEngine.class.getName());

  private final Daemon daemon;
  private final Images images;
  private final Containers containers;

  private DockerEngine(Daemon daemon) {
    this.daemon = daemon;
    this.images = new DockerImages(daemon);
    this.containers = new DockerContainers(daemon);
  }

  /** The engine for the daemon that the settings name; the daemon need not be there yet. */
  public static DockerEngine from(Config config) {
    DockerConfig docker = DockerConfig.from(config);
    DaemonAddress host = docker.host();
    ConnectionPool.Dialer dialer =
        docker.certificates().isPresent()
            ? TlsDialer.of(host, docker.certificates().get())
            : () -> ChannelTransport.connect(host.resolve());
    LOG.log(
        Level.INFO,
        "backend docker: daemon at {0}{1}",
        host.text(),
        docker.certificates().isPresent() ? " with TLS" : "");
    return new DockerEngine(new Daemon(host.text(), dialer));
  }

  @Override
  public String backend() {
    return NAME;
  }

  @Override
  public Capabilities capabilities() {
    return Capabilities.all();
  }

  @Override
  public String apiVersion() {
    return daemon.apiVersion();
  }

  @Override
  public Headers headers() {
    return Headers.empty();
  }

  @Override
  public Containers containers() {
    return containers;
  }

  @Override
  public Execs execs() {
    return new DockerExecs(daemon);
  }

  @Override
  public Images images() {
    return images;
  }

  @Override
  public Networks networks() {
    return new DockerNetworks(daemon);
  }

  @Override
  public Volumes volumes() {
    return new DockerVolumes(daemon);
  }

  @Override
  public SystemOperations system() {
    return new DockerSystemOperations(daemon);
  }

  @Override
  public Plugins plugins() {
    return new DockerPlugins(daemon);
  }

  @Override
  public Swarm swarm() {
    return new DockerSwarm(daemon);
  }
}
