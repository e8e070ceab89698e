package io.sockerless.agent.websocket;

/** Which end of a connection we are: it decides whose frames are masked. */
enum Role {
  CLIENT,
  SERVER;

  /** Whether frames that this end sends are masked. */
  boolean masks() {
    return this == CLIENT;
  }
}
