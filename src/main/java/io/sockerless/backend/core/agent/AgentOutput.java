package io.sockerless.backend.core.agent;

import io.sockerless.agent.protocol.Bytes;
import io.sockerless.agent.protocol.InboundStream;
import io.sockerless.backend.core.driver.PushedOutput;
import java.io.FilterInputStream;

/** An output of a process that an agent runs. */
final class AgentOutput extends FilterInputStream implements PushedOutput {

  private final InboundStream stream;

  AgentOutput(InboundStream stream) {
    super(stream);
    this.stream = stream;
  }

  @Override
  public void pushTo(Receiver receiver) {
    stream.pushTo(
        new InboundStream.Receiver() {
          @Override
          public void take(Bytes data, Runnable taken) {
            receiver.take(data.array(), data.offset(), data.length(), taken);
          }

          @Override
          public void ended() {
            receiver.ended();
          }
        });
  }
}
