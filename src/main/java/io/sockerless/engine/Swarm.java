package io.sockerless.engine;

/**
 * Swarm mode: the cluster and its nodes, services, tasks, secrets and configs. Every operation
 * throws an {@link EngineException} of the kind that fits.
 *
 * @see <a href="https://docs.docker.com/reference/api/engine/version/v1.51/#tag/Swarm">Docker
 *     Engine API, Swarm</a>
 */
public interface Swarm {

  /** All that is known of the swarm. */
  Answer inspect(Call call);

  /** Makes this node the first of a swarm. */
  Answer init(Call call);

  /** Joins a swarm. */
  Answer join(Call call);

  /** Leaves the swarm. */
  Answer leave(Call call);

  /** Changes the swarm's settings. */
  Answer update(Call call);

  /** The key that unlocks the managers. */
  Answer unlockKey(Call call);

  /** Unlocks a manager. */
  Answer unlock(Call call);

  /** Lists nodes. */
  Answer listNodes(Call call);

  /** All that is known of one node. */
  Answer inspectNode(String id, Call call);

  /** Removes a node. */
  Answer removeNode(String id, Call call);

  /** Changes a node. */
  Answer updateNode(String id, Call call);

  /** Lists services. */
  Answer listServices(Call call);

  /** Creates a service. */
  Answer createService(Call call);

  /** All that is known of one service. */
  Answer inspectService(String id, Call call);

  /** Removes a service. */
  Answer removeService(String id, Call call);

  /** Changes a service. */
  Answer updateService(String id, Call call);

  /** What the service's tasks wrote. */
  Answer serviceLogs(String id, Call call);

  /** Lists tasks. */
  Answer listTasks(Call call);

  /** All that is known of one task. */
  Answer inspectTask(String id, Call call);

  /** What the task wrote. */
  Answer taskLogs(String id, Call call);

  /** Lists secrets. */
  Answer listSecrets(Call call);

  /** Creates a secret. */
  Answer createSecret(Call call);

  /** All that is known of one secret, but its content. */
  Answer inspectSecret(String id, Call call);

  /** Removes a secret. */
  Answer removeSecret(String id, Call call);

  /** Changes a secret's labels. */
  Answer updateSecret(String id, Call call);

  /** Lists configs. */
  Answer listConfigs(Call call);

  /** Creates a config. */
  Answer createConfig(Call call);

  /** All that is known of one config. */
  Answer inspectConfig(String id, Call call);

  /** Removes a config. */
  Answer removeConfig(String id, Call call);

  /** Changes a config's labels. */
  Answer updateConfig(String id, Call call);
}
