package io.sockerless.backend.core.driver;

import io.sockerless.engine.EngineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that containers know of execution: four chains, Agent before Process before Synthetic, of
 * which the first link that serves a container is used.
 */
public record DriverSet(
    List<ExecDriver> execs,
    List<FilesystemDriver> filesystems,
    List<StreamDriver> streams,
    List<ProcessLifecycleDriver> lifecycles) {

  /** The label of containers in which nothing really runs. */
  public static final String SYNTHETIC_LABEL = "sockerless.synthetic";

  /** Copies the chains. */
  public DriverSet {
    execs = List.copyOf(execs);
    filesystems = List.copyOf(filesystems);
    streams = List.copyOf(streams);
    lifecycles = List.copyOf(lifecycles);
  }

  /**
   * The chains of a backend.
   *
   * @param processes what really runs processes, if anything does
   * @param synthetic whether containers that nothing else serves are to pretend ({@code
   *     sockerless.synthetic})
   */
  public static DriverSet of(Optional<ProcessFactory> processes, boolean synthetic) {
    DriverSet set = new DriverSet(List.of(), List.of(), List.of(), List.of());
    if (synthetic) {
      set = set.after(new SyntheticDriver());
    }
    if (processes.isPresent()) {
      set = set.after(new ProcessDriver(processes.get()));
    }
    return set;
  }

  /** The same chains with a driver more before all others. */
  public <T extends Driver & ExecDriver & FilesystemDriver & StreamDriver & ProcessLifecycleDriver>
      DriverSet after(T driver) {
    return new DriverSet(
        prepend(driver, execs),
        prepend(driver, filesystems),
        prepend(driver, streams),
        prepend(driver, lifecycles));
  }

  private static <T> List<T> prepend(T link, List<T> chain) {
    List<T> longer = new ArrayList<>();
    longer.add(link);
    longer.addAll(chain);
    return longer;
  }

  /** Who runs commands in a container. */
  public ExecDriver exec(ContainerSpec container) {
    return first(execs, container, "exec");
  }

  /** Who reaches a container's files. */
  public FilesystemDriver filesystem(ContainerSpec container) {
    return first(filesystems, container, "file");
  }

  /** Who joins a container's streams. */
  public StreamDriver stream(ContainerSpec container) {
    return first(streams, container, "stream");
  }

  /** Who starts a container. */
  public ProcessLifecycleDriver lifecycle(ContainerSpec container) {
    return first(lifecycles, container, "process");
  }

  private static <T extends Driver> T first(List<T> chain, ContainerSpec container, String kind) {
    for (T link : chain) {
      if (link.serves(container)) {
        return link;
      }
    }
    throw new EngineException.NotImplemented(
        "no " + kind + " driver serves container " + container.id());
  }
}
