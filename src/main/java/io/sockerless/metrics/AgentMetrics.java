package io.sockerless.metrics;

import io.sockerless.agent.AgentCounts;

/** What containers that run elsewhere are up to. */
final class AgentMetrics {

  private static final String REFUSALS = "sockerless_agent_refusals_total";

  private AgentMetrics() {}

  static void write(AgentCounts agents, Exposition to) {
    to.single(
        "sockerless_agents_prepared_total",
        FamilyType.COUNTER,
        "Containers that were created for an agent to carry.",
        agents.prepared());
    to.single(
        "sockerless_agent_connections_total",
        FamilyType.COUNTER,
        "Connections on which an agent was let in.",
        agents.registered());
    to.family(REFUSALS, FamilyType.COUNTER, "Agents that were not let in, by the reason.");
    agents.refused().forEach((reason, count) -> to.sample(REFUSALS, count, "reason", reason));
    to.single(
        "sockerless_agent_awaits_total",
        FamilyType.COUNTER,
        "Starts of containers that waited for their agent.",
        agents.awaited());
    to.single(
        "sockerless_agent_await_failures_total",
        FamilyType.COUNTER,
        "Such starts to which no agent came in time.",
        agents.late());
    to.single(
        "sockerless_agents_lost_total",
        FamilyType.COUNTER,
        "Agents that did not come back in time, whose sessions were lost.",
        agents.lost());
    to.single(
        "sockerless_agents_connected",
        FamilyType.GAUGE,
        "Agents that are connected at this moment.",
        agents.connected());
    to.single(
        "sockerless_agent_sessions",
        FamilyType.GAUGE,
        "Commands, transfers and questions that agents have at this moment.",
        agents.sessions());
  }
}
