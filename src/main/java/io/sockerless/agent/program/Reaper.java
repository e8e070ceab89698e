package io.sockerless.agent.program;

/** Takes the status of orphans that end, so that no zombies stay behind. */
public final class Reaper implements AutoCloseable {

  /** Becomes the parent of all orphans below the agent, if it is not as process 1 already. */
  public Reaper() {}

  @Override
  public void close() {}
}
