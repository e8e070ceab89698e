package io.sockerless.management;

import java.util.Map;

/** What an operator sees and does by JMX, under the name {@link ServerManagement#NAME}. */
public interface ServerMXBean {

  /** What runs the containers, such as {@code memory}. */
  String getBackend();

  /** What is wrong with it, asked for at this moment; empty if it answers. */
  String getBackendProblem();

  /** Whether clients are served, and the backend answers: what {@code /health/ready} says. */
  boolean isReady();

  /** How many containers there are by their states; empty if the backend does not answer. */
  Map<String, Integer> getContainers();

  /** Connections of clients, idle ones included. */
  int getConnections();

  /** Operations that clients have asked for. */
  long getOperations();

  /** Those that were answered by 500 and up. */
  long getFailures();

  /** Answers that stream at this moment. */
  long getAnswersOpen();

  /** Bytes of answers' bodies. */
  long getAnswerBytes();

  /** Connections that an attach, an exec or the like has taken over. */
  long getStreamsOpen();

  /** Bytes that clients have sent on those. */
  long getStreamBytesIn();

  /** Bytes that clients were sent on those. */
  long getStreamBytesOut();

  /** Agents that are connected. */
  long getAgentsConnected();

  /** Commands, transfers and questions that agents are at. */
  long getAgentSessions();

  /**
   * Takes nobody more, and returns when requests under way have ended, or after {@code
   * sockerless.drain} seconds. There is no way back but a restart: {@code /health/live} is down
   * from now on.
   */
  void drain();
}
