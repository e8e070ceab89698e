package io.sockerless.agent.protocol;

import java.io.IOException;

/** The other side said what the protocol does not allow: its connection is of no more use. */
public final class ProtocolFault extends IOException {

  private static final long serialVersionUID = 1L;

  /** Says what. */
  public ProtocolFault(String message) {
    super(message);
  }
}
