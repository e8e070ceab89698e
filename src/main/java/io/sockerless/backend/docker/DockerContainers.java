package io.sockerless.backend.docker;

import io.sockerless.engine.Answer;
import io.sockerless.engine.Body;
import io.sockerless.engine.Call;
import io.sockerless.engine.Containers;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.HijackedStream;

/** The daemon's own answers, as they are; what is added is that create pulls a missing image. */
final class DockerContainers implements Containers {

  private final Daemon daemon;
  private final MissingImage missingImage;

  DockerContainers(Daemon daemon) {
    this.daemon = daemon;
    this.missingImage = new MissingImage(daemon);
  }

  @Override
  public Answer list(Call call) {
    return daemon.send("GET", "/containers/json", call);
  }

  @Override
  public Answer create(Call call) {
    byte[] spec = call.body().bytes();
    try {
      return daemon.send("POST", "/containers/create", call.with(Body.of(spec)));
    } catch (EngineException.NotFound error) {
      missingImage.pull(Body.parse(spec), call, error);
      return daemon.send("POST", "/containers/create", call.with(Body.of(spec)));
    }
  }

  @Override
  public Answer inspect(String id, Call call) {
    return daemon.send("GET", Daemon.path("/containers", id, "/json"), call);
  }

  @Override
  public Answer top(String id, Call call) {
    return daemon.send("GET", Daemon.path("/containers", id, "/top"), call);
  }

  @Override
  public Answer logs(String id, Call call) {
    return daemon.send("GET", Daemon.path("/containers", id, "/logs"), call);
  }

  @Override
  public Answer changes(String id, Call call) {
    return daemon.send("GET", Daemon.path("/containers", id, "/changes"), call);
  }

  @Override
  public Answer export(String id, Call call) {
    return daemon.send("GET", Daemon.path("/containers", id, "/export"), call);
  }

  @Override
  public Answer stats(String id, Call call) {
    return daemon.send("GET", Daemon.path("/containers", id, "/stats"), call);
  }

  @Override
  public Answer resize(String id, Call call) {
    return daemon.send("POST", Daemon.path("/containers", id, "/resize"), call);
  }

  @Override
  public Answer start(String id, Call call) {
    return daemon.send("POST", Daemon.path("/containers", id, "/start"), call);
  }

  @Override
  public Answer stop(String id, Call call) {
    return daemon.send("POST", Daemon.path("/containers", id, "/stop"), call);
  }

  @Override
  public Answer restart(String id, Call call) {
    return daemon.send("POST", Daemon.path("/containers", id, "/restart"), call);
  }

  @Override
  public Answer kill(String id, Call call) {
    return daemon.send("POST", Daemon.path("/containers", id, "/kill"), call);
  }

  @Override
  public Answer update(String id, Call call) {
    return daemon.send("POST", Daemon.path("/containers", id, "/update"), call);
  }

  @Override
  public Answer rename(String id, Call call) {
    return daemon.send("POST", Daemon.path("/containers", id, "/rename"), call);
  }

  @Override
  public Answer pause(String id, Call call) {
    return daemon.send("POST", Daemon.path("/containers", id, "/pause"), call);
  }

  @Override
  public Answer unpause(String id, Call call) {
    return daemon.send("POST", Daemon.path("/containers", id, "/unpause"), call);
  }

  @Override
  public HijackedStream attach(String id, Call call) {
    return daemon.hijack("POST", Daemon.path("/containers", id, "/attach"), call);
  }

  @Override
  public HijackedStream attachWebSocket(String id, Call call) {
    return daemon.hijack("GET", Daemon.path("/containers", id, "/attach/ws"), call);
  }

  @Override
  public Answer waitFor(String id, Call call) {
    return daemon.send("POST", Daemon.path("/containers", id, "/wait"), call);
  }

  @Override
  public Answer remove(String id, Call call) {
    return daemon.send("DELETE", Daemon.path("/containers", id), call);
  }

  @Override
  public Answer statPath(String id, Call call) {
    return daemon.send("HEAD", Daemon.path("/containers", id, "/archive"), call);
  }

  @Override
  public Answer getArchive(String id, Call call) {
    return daemon.send("GET", Daemon.path("/containers", id, "/archive"), call);
  }

  @Override
  public Answer putArchive(String id, Call call) {
    return daemon.send("PUT", Daemon.path("/containers", id, "/archive"), call);
  }

  @Override
  public Answer prune(Call call) {
    return daemon.send("POST", "/containers/prune", call);
  }

  @Override
  public Answer commit(Call call) {
    return daemon.send("POST", "/commit", call);
  }

  @Override
  public Answer listCheckpoints(String id, Call call) {
    return daemon.send("GET", Daemon.path("/containers", id, "/checkpoints"), call);
  }

  @Override
  public Answer createCheckpoint(String id, Call call) {
    return daemon.send("POST", Daemon.path("/containers", id, "/checkpoints"), call);
  }

  @Override
  public Answer removeCheckpoint(String id, String checkpoint, Call call) {
    return daemon.send("DELETE", Daemon.path("/containers", id, "/checkpoints", checkpoint), call);
  }
}
