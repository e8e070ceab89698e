package io.sockerless.agent;

import java.util.SortedMap;

/**
 * What has become of agents since the server's start, and how many there are now.
 *
 * @param prepared containers that were made for an agent
 * @param registered connections that were let in
 * @param refused those that were not, by the reason
 * @param awaited starts that waited for an agent
 * @param late those to which none came
 * @param lost agents that did not come back, with all that they were at
 * @param connected agents, now
 * @param sessions of all agents, now
 */
public record AgentCounts(
    long prepared,
    long registered,
    SortedMap<String, Long> refused,
    long awaited,
    long late,
    long lost,
    long connected,
    long sessions) {}
