package io.sockerless.agent.protocol;

import java.io.IOException;

/** One connection between a server and an agent, whatever carries it. */
public interface Wire {

  /** Sends a message; blocks for as long as the other side does not read. */
  void send(Message message) throws IOException;

  /** Ends the connection, and with it a {@link #send} that blocks. */
  void close(String reason);
}
