package io.sockerless.backend.docker;

import io.sockerless.engine.Answer;
import io.sockerless.engine.Call;
import io.sockerless.engine.Networks;

/** The daemon's own answers, as they are. */
final class DockerNetworks implements Networks {

  private final Daemon daemon;

  DockerNetworks(Daemon daemon) {
    this.daemon = daemon;
  }

  @Override
  public Answer list(Call call) {
    return daemon.send("GET", "/networks", call);
  }

  @Override
  public Answer inspect(String id, Call call) {
    return daemon.send("GET", Daemon.path("/networks", id), call);
  }

  @Override
  public Answer remove(String id, Call call) {
    return daemon.send("DELETE", Daemon.path("/networks", id), call);
  }

  @Override
  public Answer create(Call call) {
    return daemon.send("POST", "/networks/create", call);
  }

  @Override
  public Answer connect(String id, Call call) {
    return daemon.send("POST", Daemon.path("/networks", id, "/connect"), call);
  }

  @Override
  public Answer disconnect(String id, Call call) {
    return daemon.send("POST", Daemon.path("/networks", id, "/disconnect"), call);
  }

  @Override
  public Answer prune(Call call) {
    return daemon.send("POST", "/networks/prune", call);
  }
}
