package io.sockerless.agent.program;

/**
 * Says on standard error what an operator should know. The platform's loggers would be half of what
 * the agent's start takes.
 */
final class Log {

  private Log() {}

  static void say(String line) {
    System.err.println("sockerless-agent: " + line);
  }
}
