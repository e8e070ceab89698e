package io.sockerless.backend.core.container;

import io.sockerless.backend.core.attach.HijackHead;
import io.sockerless.backend.core.value.GoValues;
import io.sockerless.engine.Answer;
import io.sockerless.engine.Call;
import io.sockerless.engine.Containers;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.HijackedStream;
import java.util.OptionalLong;
import java.util.concurrent.Executor;

/** Containers that run through drivers: each operation is found in the class that it names. */
public final class CoreContainers implements Containers {

  /** A body of no more bytes says nothing: clients of old sent {@code null} and the like. */
  private static final int LONGEST_NOTHING = 7;

  private final ContainerServices services;
  private final Specs specs;
  private final ContainerRegistry registry;
  private final ContainerCreation creation;
  private final ContainerQueries queries;
  private final ContainerLogs logs;
  private final ContainerAttach attachments;
  private final ContainerStats stats;
  private final ContainerArchive archive;
  private final ContainerRemoval removal;
  private final ContainerEnd end;
  private final ContainerStop stop;
  private final ContainerChange changes;
  private final ContainerCommit commits;
  private final ContainerPrune prune;

  /** Containers that work with these services. */
  public CoreContainers(ContainerServices services, ExecDirectory execs) {
    this.services = services;
    this.specs = new Specs(services);
    this.registry = services.registry();
    this.creation = new ContainerCreation(services, specs);
    this.queries = new ContainerQueries(services, specs, execs);
    this.logs = new ContainerLogs(services);
    this.attachments = new ContainerAttach(services);
    this.stats = new ContainerStats(services);
    this.archive = new ContainerArchive(services, specs);
    this.removal = new ContainerRemoval(services, specs, execs);
    this.end = new ContainerEnd(services, specs, new ContainerHealth(services), removal, execs);
    this.stop = new ContainerStop(services, end);
    this.changes = new ContainerChange(services);
    this.commits = new ContainerCommit(services, specs);
    this.prune = new ContainerPrune(services, queries, removal);
  }

  /**
   * Settles what a server that was killed left; to be called once, when all that containers ask of
   * others is there.
   *
   * @param later has what restart policies want started
   */
  public void recover(Executor later) {
    removal.deleteOrphans();
    services.volumes().removeAbandoned();
    end.recover(later);
  }

  /**
   * Stops what runs, all at once, as {@link ContainerShutdown} says; nothing starts any more, and
   * nothing of theirs is written any more when this returns.
   */
  public void close() {
    end.close();
    new ContainerShutdown(registry, stop).run();
    end.awaitSettled();
  }

  /** What the other nouns ask of containers. */
  public ContainerDirectory directory() {
    return new CoreContainerDirectory(services, specs, queries, changes);
  }

  private LiveContainer find(String id) {
    return registry.resolve(id);
  }

  @Override
  public Answer list(Call call) {
    return queries.list(call);
  }

  @Override
  public Answer create(Call call) {
    return creation.create(call);
  }

  @Override
  public Answer inspect(String id, Call call) {
    return queries.inspect(find(id), call);
  }

  @Override
  public Answer top(String id, Call call) {
    return queries.top(find(id), call);
  }

  @Override
  public Answer logs(String id, Call call) {
    return logs.logs(find(id), call);
  }

  @Override
  public Answer changes(String id, Call call) {
    return archive.changes(find(id));
  }

  @Override
  public Answer export(String id, Call call) {
    return archive.export(find(id), call);
  }

  @Override
  public Answer stats(String id, Call call) {
    return stats.stats(find(id), call);
  }

  @Override
  public Answer resize(String id, Call call) {
    return attachments.resize(find(id), call);
  }

  @Override
  public Answer start(String id, Call call) {
    if (call.body().length() > LONGEST_NOTHING || call.body().length() < 0) {
      throw new EngineException.InvalidParameter(
          "starting container with non-empty request body was deprecated since API v1.22 and"
              + " removed in v1.24");
    }
    LiveContainer container = find(id);
    ContainerAttach.detachKeys(call.query(), true);
    try {
      return Answer.empty(end.starter().start(container) ? 204 : 304);
    } catch (EngineException e) {
      if (container.current().autoRemove()) {
        removal.removeByItself(container);
      }
      throw e;
    }
  }

  @Override
  public Answer stop(String id, Call call) {
    LiveContainer container = find(id);
    return Answer.empty(stop.stop(container, signal(call), seconds(call)) ? 204 : 304);
  }

  @Override
  public Answer restart(String id, Call call) {
    LiveContainer container = find(id);
    try {
      if (container.current().state().status().isActive()) {
        container.run().stay();
        stop.stop(container, signal(call), seconds(call));
      }
      end.starter().start(container);
    } catch (EngineException.Failure e) {
      throw e.within("Cannot restart container " + id);
    }
    services.events().publish(container.current(), "restart");
    return Answer.empty(204);
  }

  private static String signal(Call call) {
    return call.query().first("signal").orElse("");
  }

  private static OptionalLong seconds(Call call) {
    String text = call.query().first("t").orElse("");
    return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(GoValues.integer(text));
  }

  @Override
  public Answer kill(String id, Call call) {
    try {
      stop.kill(find(id), signal(call));
    } catch (EngineException e) {
      throw e.within("cannot kill container: " + id);
    }
    return Answer.empty(204);
  }

  @Override
  public Answer update(String id, Call call) {
    return changes.update(id, call);
  }

  @Override
  public Answer rename(String id, Call call) {
    return changes.rename(find(id), call);
  }

  @Override
  public Answer pause(String id, Call call) {
    stop.pause(find(id));
    return Answer.empty(204);
  }

  @Override
  public Answer unpause(String id, Call call) {
    stop.unpause(find(id));
    return Answer.empty(204);
  }

  @Override
  public HijackedStream attach(String id, Call call) {
    try {
      return attachments.attach(find(id), call);
    } catch (EngineException e) {
      throw HijackHead.inPlaceOfStream(e);
    }
  }

  @Override
  public HijackedStream attachWebSocket(String id, Call call) {
    return attachments.attachWebSocket(find(id), call);
  }

  @Override
  public Answer waitFor(String id, Call call) {
    return ContainerWait.waitFor(find(id), call);
  }

  @Override
  public Answer remove(String id, Call call) {
    LiveContainer container = find(id);
    if (call.query().flag("link")) {
      changes.unlink(id);
      return Answer.empty(204);
    }
    if (call.query().flag("force")) {
      stop.killForRemoval(container);
    } else {
      stop.giveUpStart(container);
    }
    removal.remove(container, call.query().flag("v"));
    return Answer.empty(204);
  }

  @Override
  public Answer statPath(String id, Call call) {
    return archive.stat(id, find(id), call);
  }

  @Override
  public Answer getArchive(String id, Call call) {
    return archive.get(id, find(id), call);
  }

  @Override
  public Answer putArchive(String id, Call call) {
    return archive.put(id, find(id), call);
  }

  @Override
  public Answer prune(Call call) {
    return prune.prune(call);
  }

  @Override
  public Answer commit(Call call) {
    return commits.commit(call);
  }

  @Override
  public Answer listCheckpoints(String id, Call call) {
    throw noCheckpoints(id);
  }

  @Override
  public Answer createCheckpoint(String id, Call call) {
    throw noCheckpoints(id);
  }

  @Override
  public Answer removeCheckpoint(String id, String checkpoint, Call call) {
    throw noCheckpoints(id);
  }

  private EngineException noCheckpoints(String id) {
    return new EngineException.NotImplemented(
        "checkpoints are not supported: the processes of container "
            + find(id).id()
            + " cannot be frozen to disk");
  }
}
