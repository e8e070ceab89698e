package io.sockerless.backend.core;

import io.sockerless.engine.Answer;
import io.sockerless.engine.Call;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.Swarm;

/** Swarm mode of a backend that has none: each operation says so. */
public final class NoSwarm implements Swarm {

  @Override
  public Answer inspect(Call call) {
    throw refusal();
  }

  @Override
  public Answer init(Call call) {
    throw refusal();
  }

  @Override
  public Answer join(Call call) {
    throw refusal();
  }

  @Override
  public Answer leave(Call call) {
    throw refusal();
  }

  @Override
  public Answer update(Call call) {
    throw refusal();
  }

  @Override
  public Answer unlockKey(Call call) {
    throw refusal();
  }

  @Override
  public Answer unlock(Call call) {
    throw refusal();
  }

  @Override
  public Answer listNodes(Call call) {
    throw refusal();
  }

  @Override
  public Answer inspectNode(String id, Call call) {
    throw refusal();
  }

  @Override
  public Answer removeNode(String id, Call call) {
    throw refusal();
  }

  @Override
  public Answer updateNode(String id, Call call) {
    throw refusal();
  }

  @Override
  public Answer listServices(Call call) {
    throw refusal();
  }

  @Override
  public Answer createService(Call call) {
    throw refusal();
  }

  @Override
  public Answer inspectService(String id, Call call) {
    throw refusal();
  }

  @Override
  public Answer removeService(String id, Call call) {
    throw refusal();
  }

  @Override
  public Answer updateService(String id, Call call) {
    throw refusal();
  }

  @Override
  public Answer serviceLogs(String id, Call call) {
    throw refusal();
  }

  @Override
  public Answer listTasks(Call call) {
    throw refusal();
  }

  @Override
  public Answer inspectTask(String id, Call call) {
    throw refusal();
  }

  @Override
  public Answer taskLogs(String id, Call call) {
    throw refusal();
  }

  @Override
  public Answer listSecrets(Call call) {
    throw refusal();
  }

  @Override
  public Answer createSecret(Call call) {
    throw refusal();
  }

  @Override
  public Answer inspectSecret(String id, Call call) {
    throw refusal();
  }

  @Override
  public Answer removeSecret(String id, Call call) {
    throw refusal();
  }

  @Override
  public Answer updateSecret(String id, Call call) {
    throw refusal();
  }

  @Override
  public Answer listConfigs(Call call) {
    throw refusal();
  }

  @Override
  public Answer createConfig(Call call) {
    throw refusal();
  }

  @Override
  public Answer inspectConfig(String id, Call call) {
    throw refusal();
  }

  @Override
  public Answer removeConfig(String id, Call call) {
    throw refusal();
  }

  @Override
  public Answer updateConfig(String id, Call call) {
    throw refusal();
  }

  private static EngineException refusal() {
    return new EngineException.NotImplemented(
        "swarm mode is not served by this backend: it runs containers on one machine and has no"
            + " cluster to schedule on");
  }
}
