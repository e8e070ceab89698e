package io.sockerless.backend.docker;

import io.sockerless.engine.Answer;
import io.sockerless.engine.Call;
import io.sockerless.engine.Images;

/** The daemon's own answers, as they are. */
final class DockerImages implements Images {

  private final Daemon daemon;

  DockerImages(Daemon daemon) {
    this.daemon = daemon;
  }

  @Override
  public Answer list(Call call) {
    return daemon.send("GET", "/images/json", call);
  }

  @Override
  public Answer build(Call call) {
    return daemon.send("POST", "/build", call);
  }

  @Override
  public Answer prune(Call call) {
    return daemon.send("POST", "/images/prune", call);
  }

  @Override
  public Answer pruneBuilds(Call call) {
    return daemon.send("POST", "/build/prune", call);
  }

  @Override
  public Answer cancelBuild(Call call) {
    return daemon.send("POST", "/build/cancel", call);
  }

  @Override
  public Answer create(Call call) {
    return daemon.send("POST", "/images/create", call);
  }

  @Override
  public Answer inspect(String name, Call call) {
    return daemon.send("GET", Daemon.path("/images", name, "/json"), call);
  }

  @Override
  public Answer history(String name, Call call) {
    return daemon.send("GET", Daemon.path("/images", name, "/history"), call);
  }

  @Override
  public Answer push(String name, Call call) {
    return daemon.send("POST", Daemon.path("/images", name, "/push"), call);
  }

  @Override
  public Answer tag(String name, Call call) {
    return daemon.send("POST", Daemon.path("/images", name, "/tag"), call);
  }

  @Override
  public Answer remove(String name, Call call) {
    return daemon.send("DELETE", Daemon.path("/images", name), call);
  }

  @Override
  public Answer search(Call call) {
    return daemon.send("GET", "/images/search", call);
  }

  @Override
  public Answer save(String name, Call call) {
    return daemon.send("GET", Daemon.path("/images", name, "/get"), call);
  }

  @Override
  public Answer saveAll(Call call) {
    return daemon.send("GET", "/images/get", call);
  }

  @Override
  public Answer load(Call call) {
    return daemon.send("POST", "/images/load", call);
  }

  @Override
  public Answer distribution(String name, Call call) {
    return daemon.send("GET", Daemon.path("/distribution", name, "/json"), call);
  }
}
