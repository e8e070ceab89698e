package io.sockerless.backend.docker;

import io.sockerless.engine.Answer;
import io.sockerless.engine.Call;
import io.sockerless.engine.Swarm;

/** The daemon's own answers, as they are. */
final class DockerSwarm implements Swarm {

  private final Daemon daemon;

  DockerSwarm(Daemon daemon) {
    this.daemon = daemon;
  }

  @Override
  public Answer inspect(Call call) {
    return daemon.send("GET", "/swarm", call);
  }

  @Override
  public Answer init(Call call) {
    return daemon.send("POST", "/swarm/init", call);
  }

  @Override
  public Answer join(Call call) {
    return daemon.send("POST", "/swarm/join", call);
  }

  @Override
  public Answer leave(Call call) {
    return daemon.send("POST", "/swarm/leave", call);
  }

  @Override
  public Answer update(Call call) {
    return daemon.send("POST", "/swarm/update", call);
  }

  @Override
  public Answer unlockKey(Call call) {
    return daemon.send("GET", "/swarm/unlockkey", call);
  }

  @Override
  public Answer unlock(Call call) {
    return daemon.send("POST", "/swarm/unlock", call);
  }

  @Override
  public Answer listNodes(Call call) {
    return daemon.send("GET", "/nodes", call);
  }

  @Override
  public Answer inspectNode(String id, Call call) {
    return daemon.send("GET", Daemon.path("/nodes", id), call);
  }

  @Override
  public Answer removeNode(String id, Call call) {
    return daemon.send("DELETE", Daemon.path("/nodes", id), call);
  }

  @Override
  public Answer updateNode(String id, Call call) {
    return daemon.send("POST", Daemon.path("/nodes", id, "/update"), call);
  }

  @Override
  public Answer listServices(Call call) {
    return daemon.send("GET", "/services", call);
  }

  @Override
  public Answer createService(Call call) {
    return daemon.send("POST", "/services/create", call);
  }

  @Override
  public Answer inspectService(String id, Call call) {
    return daemon.send("GET", Daemon.path("/services", id), call);
  }

  @Override
  public Answer removeService(String id, Call call) {
    return daemon.send("DELETE", Daemon.path("/services", id), call);
  }

  @Override
  public Answer updateService(String id, Call call) {
    return daemon.send("POST", Daemon.path("/services", id, "/update"), call);
  }

  @Override
  public Answer serviceLogs(String id, Call call) {
    return daemon.send("GET", Daemon.path("/services", id, "/logs"), call);
  }

  @Override
  public Answer listTasks(Call call) {
    return daemon.send("GET", "/tasks", call);
  }

  @Override
  public Answer inspectTask(String id, Call call) {
    return daemon.send("GET", Daemon.path("/tasks", id), call);
  }

  @Override
  public Answer taskLogs(String id, Call call) {
    return daemon.send("GET", Daemon.path("/tasks", id, "/logs"), call);
  }

  @Override
  public Answer listSecrets(Call call) {
    return daemon.send("GET", "/secrets", call);
  }

  @Override
  public Answer createSecret(Call call) {
    return daemon.send("POST", "/secrets/create", call);
  }

  @Override
  public Answer inspectSecret(String id, Call call) {
    return daemon.send("GET", Daemon.path("/secrets", id), call);
  }

  @Override
  public Answer removeSecret(String id, Call call) {
    return daemon.send("DELETE", Daemon.path("/secrets", id), call);
  }

  @Override
  public Answer updateSecret(String id, Call call) {
    return daemon.send("POST", Daemon.path("/secrets", id, "/update"), call);
  }

  @Override
  public Answer listConfigs(Call call) {
    return daemon.send("GET", "/configs", call);
  }

  @Override
  public Answer createConfig(Call call) {
    return daemon.send("POST", "/configs/create", call);
  }

  @Override
  public Answer inspectConfig(String id, Call call) {
    return daemon.send("GET", Daemon.path("/configs", id), call);
  }

  @Override
  public Answer removeConfig(String id, Call call) {
    return daemon.send("DELETE", Daemon.path("/configs", id), call);
  }

  @Override
  public Answer updateConfig(String id, Call call) {
    return daemon.send("POST", Daemon.path("/configs", id, "/update"), call);
  }
}
