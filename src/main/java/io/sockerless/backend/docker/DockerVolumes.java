package io.sockerless.backend.docker;

import io.sockerless.engine.Answer;
import io.sockerless.engine.Call;
import io.sockerless.engine.Volumes;

/** The daemon's own answers, as they are. */
final class DockerVolumes implements Volumes {

  private final Daemon daemon;

  DockerVolumes(Daemon daemon) {
    this.daemon = daemon;
  }

  @Override
  public Answer list(Call call) {
    return daemon.send("GET", "/volumes", call);
  }

  @Override
  public Answer create(Call call) {
    return daemon.send("POST", "/volumes/create", call);
  }

  @Override
  public Answer inspect(String name, Call call) {
    return daemon.send("GET", Daemon.path("/volumes", name), call);
  }

  @Override
  public Answer update(String name, Call call) {
    return daemon.send("PUT", Daemon.path("/volumes", name), call);
  }

  @Override
  public Answer remove(String name, Call call) {
    return daemon.send("DELETE", Daemon.path("/volumes", name), call);
  }

  @Override
  public Answer prune(Call call) {
    return daemon.send("POST", "/volumes/prune", call);
  }
}
