package io.sockerless.backend.core.agent;

import io.sockerless.agent.AgentFailure;
import io.sockerless.agent.RemoteAgent;
import io.sockerless.agent.RemoteSession;
import io.sockerless.agent.protocol.Message;
import io.sockerless.backend.core.driver.ContainerProcess;
import io.sockerless.backend.core.driver.ContainerSpec;
import io.sockerless.backend.core.driver.ExitStatus;
import io.sockerless.backend.core.driver.NetworkEndpoint;
import io.sockerless.backend.core.driver.ProcessInfo;
import io.sockerless.backend.core.driver.ProcessSpec;
import io.sockerless.backend.core.driver.ResourceUsage;
import io.sockerless.backend.core.driver.StartFailure;
import io.sockerless.engine.EngineException;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** A process that an agent runs. */
final class AgentProcess implements ContainerProcess {

  private static final Logger LOG = System.getLogger(AgentProcess.class.getName());
  private static final int KILL = 9;
  private static final int TOO_MANY = 503;
  private static final int KILLED = 137;
  private static final int COMMAND_COLUMN = 8;

  private final ContainerSpec container;
  private final RemoteAgent agent;
  private final RemoteSession session;
  private final int pid;
  private final CompletableFuture<ExitStatus> exit;

  AgentProcess(ContainerSpec container, RemoteAgent agent, RemoteSession session, int pid) {
    this.container = container;
    this.agent = agent;
    this.session = session;
    this.pid = pid;
    this.exit =
        session.exit().handle((code, failure) -> new ExitStatus(code(code, failure), false));
  }

  /** A process of which nothing is heard any more is as good as killed. */
  private int code(@Nullable Integer code, @Nullable Throwable failure) {
    if (failure == null && code != null) {
      return code;
    }
    LOG.log(Level.WARNING, "container {0}: {1}", container.id(), String.valueOf(failure));
    return KILLED;
  }

  @Override
  public int pid() {
    return pid;
  }

  @Override
  public OutputStream stdin() {
    return session.stdin();
  }

  @Override
  public InputStream stdout() {
    return new AgentOutput(session.stdout());
  }

  @Override
  public InputStream stderr() {
    return new AgentOutput(session.stderr());
  }

  @Override
  public CompletableFuture<ExitStatus> exit() {
    return exit;
  }

  @Override
  public void signal(int signal) {
    if (signal == KILL) {
      agent.kill(session);
    } else {
      session.signal(signal);
    }
  }

  @Override
  public void resize(int rows, int columns) {
    session.resize(columns, rows);
  }

  @Override
  public ContainerProcess exec(ProcessSpec spec) throws StartFailure {
    RemoteSession opened =
        agent.open(id ->
            new Message.Exec(
                id,
                spec.command(),
                AgentMode.withoutToken(spec.environment()),
                spec.directory(),
                spec.user(),
                spec.tty(),
                spec.openInput(),
                spec.columns(),
                spec.rows()));
    try {
      return new AgentProcess(container, agent, opened, opened.pid());
    } catch (AgentFailure e) {
      if (e.code() == TOO_MANY) {
        LOG.log(
            Level.WARNING, "container {0}: a command is refused: {1}", container.id(), e.text());
      }
      throw AgentDriver.failure(e);
    }
  }

  @Override
  public void pause() {
    ask(Message.Pause::new);
  }

  @Override
  public void resume() {
    ask(Message.Resume::new);
  }

  private void ask(IntFunction<Message.Request> request) {
    try {
      int code = agent.open(request).code();
      LOG.log(Level.DEBUG, "container {0}: done, {1}", container.id(), code);
    } catch (AgentFailure e) {
      throw new EngineException.Failure(500, e.text());
    }
  }

  @Override
  public List<ProcessInfo> processes() {
    return rows(Message.Processes::new).stream().map(AgentProcess::process).toList();
  }

  private static ProcessInfo process(List<String> row) {
    return new ProcessInfo(
        Integer.parseInt(row.get(0)),
        Integer.parseInt(row.get(1)),
        row.get(2),
        Integer.parseInt(row.get(3)),
        Instant.ofEpochMilli(Long.parseLong(row.get(4))),
        Duration.ofMillis(Long.parseLong(row.get(5))),
        0,
        row.get(6),
        row.get(7).charAt(0),
        row.subList(COMMAND_COLUMN, row.size()));
  }

  /** Networks are the machine's own affair, of which nobody here knows. */
  @Override
  public ResourceUsage usage() {
    List<String> row = rows(Message.Usage::new).getFirst();
    return new ResourceUsage(
        Duration.ofMillis(Long.parseLong(row.get(0))),
        Long.parseLong(row.get(1)),
        Long.parseLong(row.get(1)),
        Long.parseLong(row.get(2)),
        Integer.parseInt(row.get(3)),
        Long.parseLong(row.get(4)),
        Long.parseLong(row.get(5)),
        Map.of());
  }

  private List<List<String>> rows(IntFunction<Message.Request> request) {
    try {
      return agent.open(request).rows();
    } catch (AgentFailure e) {
      throw new EngineException.Failure(500, e.text());
    }
  }

  @Override
  public void update(JsonObject hostConfig) {
    throw new EngineException.NotImplemented(
        "the limits of a container that runs elsewhere are set where it runs");
  }

  @Override
  public void networks(List<NetworkEndpoint> endpoints) {
    // A machine is on its own network, whatever is written down of it here.
  }

  @Override
  public Connection connect(int port) throws IOException {
    RemoteSession connection = agent.open(id -> new Message.Connect(id, port));
    connection.pid();
    return new Connection() {
      @Override
      public InputStream input() {
        return connection.stdout();
      }

      @Override
      public OutputStream output() {
        return connection.stdin();
      }

      @Override
      public void shutdownOutput() throws IOException {
        connection.stdin().close();
      }

      @Override
      public void close() {
        connection.abandon();
      }
    };
  }
}
