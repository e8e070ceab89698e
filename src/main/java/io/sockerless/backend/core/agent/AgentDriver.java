package io.sockerless.backend.core.agent;

import io.sockerless.agent.AgentDialler;
import io.sockerless.agent.AgentFailure;
import io.sockerless.agent.AgentRegistry;
import io.sockerless.agent.RemoteAgent;
import io.sockerless.agent.RemoteSession;
import io.sockerless.agent.protocol.Message;
import io.sockerless.backend.core.driver.CheckResult;
import io.sockerless.backend.core.driver.ContainerFiles;
import io.sockerless.backend.core.driver.ContainerProcess;
import io.sockerless.backend.core.driver.ContainerSpec;
import io.sockerless.backend.core.driver.ExecDriver;
import io.sockerless.backend.core.driver.FilesystemDriver;
import io.sockerless.backend.core.driver.ProcessLifecycleDriver;
import io.sockerless.backend.core.driver.ProcessSpec;
import io.sockerless.backend.core.driver.StartFailure;
import io.sockerless.backend.core.driver.StreamDriver;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The first link of all four chains: containers that run elsewhere, with an agent in each. Nothing
 * is started here but machines, where the backend has them; a container's start waits for its
 * agent, gives it the files that were copied meanwhile, and joins the command that it wraps.
 */
public final class AgentDriver
    implements ExecDriver, FilesystemDriver, StreamDriver, ProcessLifecycleDriver {

  private static final Logger LOG = System.getLogger(AgentDriver.class.getName());
  private static final int CANNOT_START = 128;

  private final AgentRegistry agents;
  private final AgentSettings settings;
  private final Optional<MachineLauncher> machines;
  private final AgentKey key;
  private final AgentDialler dialler;

  /**
   * Drives the containers whose agents this registry knows.
   *
   * @param machines starts the machines of containers that no label gives to somebody else; without
   *     it they are another driver's
   * @param key makes the tokens of those machines' agents
   */
  public AgentDriver(
      AgentRegistry agents,
      AgentSettings settings,
      Optional<MachineLauncher> machines,
      AgentKey key) {
    this.agents = agents;
    this.settings = settings;
    this.machines = machines;
    this.key = key;
    this.dialler = new AgentDialler(agents, settings.tls());
  }

  @Override
  public boolean serves(ContainerSpec container) {
    return machines.isPresent() || AgentMode.of(container.config()).isPresent();
  }

  @Override
  public JsonObject prepare(ContainerSpec container) {
    agents.prepare();
    return AgentMode.wrap(container.id(), container.config(), settings);
  }

  @Override
  public JsonObject unprepared(ContainerSpec container) {
    return AgentMode.unwrap(container.config());
  }

  @Override
  public ContainerProcess start(ContainerSpec container, ProcessSpec process) throws StartFailure {
    Optional<CompletableFuture<String>> call = dial(container);
    RemoteAgent agent = agents.of(container.id());
    try {
      LOG.log(Level.INFO, "container {0}: waiting for its agent", container.id());
      CompletableFuture<String> machine = launch(container, process, agent);
      agent.await(settings.deadline(), call.orElse(machine));
      new StagedFiles(container).sendTo(agent);
      RemoteSession session =
          agent.open(id ->
              new Message.Attach(
                  id,
                  process.directory(),
                  process.user(),
                  process.tty(),
                  process.openInput(),
                  process.columns(),
                  process.rows()));
      var _ = machine.thenAccept(session::giveUp);
      return new AgentProcess(container, agent, session, session.pid());
    } catch (AgentFailure e) {
      throw failure(e);
    } catch (IOException e) {
      throw new StartFailure(CANNOT_START, String.valueOf(e.getMessage()));
    }
  }

  /** Calls the agent, if it is one that waits to be called. */
  private Optional<CompletableFuture<String>> dial(ContainerSpec container) {
    return AgentMode.address(container.config())
        .map(address -> dialler.dial(container.id(), address, AgentMode.token(container.config())));
  }

  @Override
  public void abandonStart(ContainerSpec container) {
    agents.dismissWaiters(container.id());
  }

  /** The agent runs the check itself, and keeps its time. */
  @Override
  public CheckResult check(
      ContainerSpec container, ContainerProcess running, ProcessSpec command, Duration timeout)
      throws StartFailure, InterruptedException {
    return AgentCheck.run(agents.of(container.id()), command, timeout);
  }

  /** Completes when there can be no agent any more. */
  private CompletableFuture<String> launch(
      ContainerSpec container, ProcessSpec process, RemoteAgent agent) throws StartFailure {
    boolean ours = machines.isPresent() && AgentMode.of(container.config()).isEmpty();
    if (!ours || agent.isConnected()) {
      return new CompletableFuture<>();
    }
    return machines
        .get()
        .launch(
            new MachineSpec(container, process, settings.callback(), key.token(container.id())));
  }

  static StartFailure failure(AgentFailure failure) {
    return new StartFailure(
        failure.code() == 126 || failure.code() == 127 ? failure.code() : CANNOT_START,
        failure.text());
  }

  @Override
  public ContainerFiles files(ContainerSpec container) {
    Optional<RemoteAgent> agent = agents.connected(container.id());
    return agent.isPresent() ? new AgentFiles(agent.get(), container) : new StagedFiles(container);
  }

  @Override
  public void remove(ContainerSpec container) {
    dialler.forget(container.id());
    agents.forget(container.id());
    machines.ifPresent(it -> it.remove(container));
  }
}
