package io.sockerless.backend.docker;

import io.sockerless.engine.Answer;
import io.sockerless.engine.Call;
import io.sockerless.engine.Plugins;

/** The daemon's own answers, as they are. */
final class DockerPlugins implements Plugins {

  private final Daemon daemon;

  DockerPlugins(Daemon daemon) {
    this.daemon = daemon;
  }

  @Override
  public Answer list(Call call) {
    return daemon.send("GET", "/plugins", call);
  }

  @Override
  public Answer privileges(Call call) {
    return daemon.send("GET", "/plugins/privileges", call);
  }

  @Override
  public Answer pull(Call call) {
    return daemon.send("POST", "/plugins/pull", call);
  }

  @Override
  public Answer inspect(String name, Call call) {
    return daemon.send("GET", Daemon.path("/plugins", name, "/json"), call);
  }

  @Override
  public Answer remove(String name, Call call) {
    return daemon.send("DELETE", Daemon.path("/plugins", name), call);
  }

  @Override
  public Answer enable(String name, Call call) {
    return daemon.send("POST", Daemon.path("/plugins", name, "/enable"), call);
  }

  @Override
  public Answer disable(String name, Call call) {
    return daemon.send("POST", Daemon.path("/plugins", name, "/disable"), call);
  }

  @Override
  public Answer upgrade(String name, Call call) {
    return daemon.send("POST", Daemon.path("/plugins", name, "/upgrade"), call);
  }

  @Override
  public Answer create(Call call) {
    return daemon.send("POST", "/plugins/create", call);
  }

  @Override
  public Answer push(String name, Call call) {
    return daemon.send("POST", Daemon.path("/plugins", name, "/push"), call);
  }

  @Override
  public Answer set(String name, Call call) {
    return daemon.send("POST", Daemon.path("/plugins", name, "/set"), call);
  }
}
