package io.sockerless.backend.docker;

import io.sockerless.engine.Answer;
import io.sockerless.engine.Call;
import io.sockerless.engine.HijackedStream;
import io.sockerless.engine.SystemOperations;

/** The daemon's own answers, as they are. */
final class DockerSystemOperations implements SystemOperations {

  private final Daemon daemon;

  DockerSystemOperations(Daemon daemon) {
    this.daemon = daemon;
  }

  @Override
  public Answer auth(Call call) {
    return daemon.send("POST", "/auth", call);
  }

  @Override
  public Answer info(Call call) {
    return daemon.send("GET", "/info", call);
  }

  @Override
  public Answer version(Call call) {
    return daemon.send("GET", "/version", call);
  }

  @Override
  public Answer ping(Call call) {
    return daemon.send("GET", "/_ping", call);
  }

  @Override
  public Answer pingHead(Call call) {
    return daemon.send("HEAD", "/_ping", call);
  }

  @Override
  public Answer events(Call call) {
    return daemon.send("GET", "/events", call);
  }

  @Override
  public Answer diskUsage(Call call) {
    return daemon.send("GET", "/system/df", call);
  }

  @Override
  public HijackedStream session(Call call) {
    return daemon.hijack("POST", "/session", call);
  }

  @Override
  public HijackedStream grpc(Call call) {
    return daemon.hijack("POST", "/grpc", call);
  }
}
