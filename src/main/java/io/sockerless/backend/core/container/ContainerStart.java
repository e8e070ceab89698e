package io.sockerless.backend.core.container;

import static io.sockerless.backend.core.document.Documents.object;
import static io.sockerless.backend.core.document.Documents.string;

import io.sockerless.backend.core.attach.ProcessStreams.OutputLog;
import io.sockerless.backend.core.document.DocumentChanges;
import io.sockerless.backend.core.driver.ContainerProcess;
import io.sockerless.backend.core.driver.ContainerSpec;
import io.sockerless.backend.core.driver.ExitStatus;
import io.sockerless.backend.core.driver.StartFailure;
import io.sockerless.backend.core.health.Health;
import io.sockerless.backend.core.health.HealthCheck;
import io.sockerless.backend.core.log.LogFile;
import io.sockerless.backend.core.log.LogOptions;
import io.sockerless.backend.core.log.RunLog;
import io.sockerless.backend.core.value.Signals;
import io.sockerless.engine.EngineException;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Starts containers, and watches each for its end. */
final class ContainerStart {

  private static final Logger LOG = System.getLogger(ContainerStart.class.getName());
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int CANNOT_START = 128;

  private final ContainerServices services;
  private final Specs specs;
  private final SharedNamespaces namespaces;
  private final ContainerHealth health;
  private final ContainerThreads threads;
  private final EndListener ended;
  private volatile boolean closed;

  /** Is told when a container's process has ended and all its output is where it belongs. */
  @FunctionalInterface
  interface EndListener {
    void ended(LiveContainer container, ContainerRun run, ExitStatus status);
  }

  ContainerStart(
      ContainerServices services,
      Specs specs,
      ContainerHealth health,
      ContainerThreads threads,
      EndListener ended) {
    this.services = services;
    this.specs = specs;
    this.namespaces = new SharedNamespaces(services.registry());
    this.health = health;
    this.threads = threads;
    this.ended = ended;
  }

  /**
   * Starts a container.
   *
   * @return false if it runs already
   */
  boolean start(LiveContainer container) {
    container.lock().lock();
    try {
      switch (container.current().state().status()) {
        case RUNNING, RESTARTING -> {
          return false;
        }
        case PAUSED ->
            throw ContainerRegistry.conflict(
                "cannot start a paused container, try unpause instead");
        case REMOVING, DEAD ->
            throw ContainerRegistry.conflict(
                "container is marked for removal and cannot be started");
        case CREATED, EXITED -> {
          services.registry().changeInMemory(container, record -> record.withRestarts(0, false));
          begin(container);
        }
      }
      return true;
    } finally {
      container.lock().unlock();
    }
  }

  /** Has a start that waits for something wait no longer. */
  void abandon(LiveContainer container) {
    ContainerSpec spec = specs.bare(container.current());
    services.drivers().lifecycle(spec).abandonStart(spec);
  }

  /** Nothing starts any more: the server stops. */
  void close() {
    closed = true;
  }

  /** Starts the process; the caller holds the lock and has checked the status. */
  void begin(LiveContainer container) {
    if (closed) {
      throw new EngineException.Unavailable("the server is stopping");
    }
    ContainerRecord record = container.current();
    JsonObject networks = record.networks();
    try {
      networks = join(record);
      JsonObject joined = networks;
      services
          .registry()
          .changeInMemory(
              container,
              it -> withSharedHostname(it).withNetworks(joined, ContainerRecord.noPorts()));
      services.volumes().mounted(record.id(), record.mounts());
      ResourceValidation.start(record.hostConfig());
      namespaces.check(record.hostConfig());
      Link.check(record, id -> services.registry().find(id).map(LiveContainer::current));
      run(container);
    } catch (StartFailure e) {
      fail(container, networks, e.code(), startError(e));
      throw refused(e);
    } catch (EngineException e) {
      fail(container, networks, CANNOT_START, e.text());
      throw e;
    } catch (IOException e) {
      fail(container, networks, CANNOT_START, String.valueOf(e.getMessage()));
      throw new EngineException.Failure(500, String.valueOf(e.getMessage()));
    }
  }

  private JsonObject join(ContainerRecord record) {
    try {
      return services
          .networks()
          .join(record.id(), record.name(), string(record.config(), "Hostname"), record.networks());
    } catch (EngineException e) {
      throw record.networks().isEmpty() ? e : e.within("failed to set up container networking");
    }
  }

  private ContainerRecord withSharedHostname(ContainerRecord record) {
    return services
        .networks()
        .sharedHostname(record.id())
        .map(name -> DocumentChanges.with(record.config(), "Hostname", name))
        .map(record::withConfig)
        .orElse(record);
  }

  private void run(LiveContainer container) throws StartFailure, IOException {
    ContainerRecord record = container.current();
    ContainerSpec spec = specs.of(record);
    Optional<RunLog> log = openLog(spec);
    ContainerProcess process;
    try {
      process = services.drivers().lifecycle(spec).start(spec, specs.process(record));
    } catch (StartFailure e) {
      if (log.isPresent()) {
        log.get().close();
      }
      throw e;
    }
    ContainerRun run = container.run();
    Instant now = Instant.now(services.clock());
    run.begun(new ContainerRun.Started(spec, process, log, now));
    run.streams()
        .begin(
            services.drivers().stream(spec).streams(spec, process),
            log.<OutputLog>map(it -> it).orElse(OutputLog.NONE));
    JsonObject ports = publish(record, process, run);
    Optional<HealthCheck> check = HealthCheck.of(record.config());
    services
        .registry()
        .change(
            container,
            it ->
                it.withNetworks(it.networks(), ports)
                    .with(
                        it.state()
                            .running(
                                process.pid(), now, check.map(_ -> Health.starting().document()))));
    services.events().publish(container.current(), "start");
    check.ifPresent(it -> health.watch(container, run, it));
    threads.start("container " + record.shortId(), () -> watch(container, run, process));
  }

  private Optional<RunLog> openLog(ContainerSpec spec) throws IOException {
    LogOptions options = LogOptions.of(object(spec.hostConfig(), "LogConfig"));
    return options.kept()
        ? Optional.of(
            new RunLog(
                LogFile.open(ContainerLogs.folder(spec.folder()), options), services.clock()))
        : Optional.empty();
  }

  /** A port that is taken ends what has just been started. */
  private JsonObject publish(ContainerRecord record, ContainerProcess process, ContainerRun run) {
    try {
      return services
          .networks()
          .publish(record.id(), record.config(), record.hostConfig(), process);
    } catch (EngineException e) {
      process.signal(Signals.KILL);
      process.exit().join();
      finish(run);
      throw e;
    }
  }

  /** Waits for the process's end, and for the last byte of its output. */
  private void watch(LiveContainer container, ContainerRun run, ContainerProcess process) {
    ExitStatus status = process.exit().join();
    finish(run);
    ended.ended(container, run, status);
  }

  private static void finish(ContainerRun run) {
    try {
      run.streams().drain(PATIENCE);
      Optional<RunLog> log = run.running().flatMap(ContainerRun.Started::log);
      if (log.isPresent()) {
        log.get().close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "a log did not close: {0}", e.getMessage());
    }
  }

  private void fail(LiveContainer container, JsonObject networks, int code, String error) {
    services.networks().leave(container.id(), networks);
    services.volumes().unmounted(container.id(), container.current().mounts());
    JsonObject released = services.networks().released(networks);
    services
        .registry()
        .change(
            container,
            record ->
                record
                    .withNetworks(released, ContainerRecord.noPorts())
                    .with(record.state().failed(code, error, Instant.now(services.clock()))));
    ContainerRun run = container.run();
    container.freshRun();
    run.streams().end();
    run.over().complete(null);
    LOG.log(Level.INFO, "container {0} did not start: {1}", container.id(), error);
  }

  private static String startError(StartFailure failure) {
    if (failure.isRefusal()) {
      return failure.text();
    }
    return "failed to create task for container: failed to create shim task: OCI runtime create"
        + " failed: unable to start container process: "
        + failure.text()
        + ": unknown";
  }

  private static EngineException refused(StartFailure failure) {
    String text = startError(failure);
    return failure.code() == CANNOT_START
        ? new EngineException.Failure(500, text)
        : new EngineException.InvalidParameter(text);
  }
}
