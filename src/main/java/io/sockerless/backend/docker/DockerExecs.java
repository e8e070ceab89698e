package io.sockerless.backend.docker;

import io.sockerless.engine.Answer;
import io.sockerless.engine.Call;
import io.sockerless.engine.Execs;
import io.sockerless.engine.HijackedStream;

/** The daemon's own answers, as they are. */
final class DockerExecs implements Execs {

  private final Daemon daemon;

  DockerExecs(Daemon daemon) {
    this.daemon = daemon;
  }

  @Override
  public Answer create(String id, Call call) {
    return daemon.send("POST", Daemon.path("/containers", id, "/exec"), call);
  }

  @Override
  public Answer start(String id, Call call) {
    return daemon.send("POST", Daemon.path("/exec", id, "/start"), call);
  }

  @Override
  public HijackedStream startAttached(String id, Call call) {
    return daemon.hijack("POST", Daemon.path("/exec", id, "/start"), call);
  }

  @Override
  public Answer resize(String id, Call call) {
    return daemon.send("POST", Daemon.path("/exec", id, "/resize"), call);
  }

  @Override
  public Answer inspect(String id, Call call) {
    return daemon.send("GET", Daemon.path("/exec", id, "/json"), call);
  }
}
