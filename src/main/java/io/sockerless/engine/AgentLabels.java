package io.sockerless.engine;

/**
 * The labels by which a client has a container carried by an agent. The core obeys them, rules
 * judge them and the console shows them, so that all three must mean the same by them.
 */
public final class AgentLabels {

  /** Who calls whom: {@code reverse}, the agent this server; {@code forward}, it the agent. */
  public static final String MODE = "sockerless.agent";

  /** Where an agent that is called listens: {@code host:port} or a URL. */
  public static final String ADDRESS = "sockerless.agent.address";

  private AgentLabels() {}
}
