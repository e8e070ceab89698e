package io.sockerless.backend.core.attach;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.backend.core.attach.ProcessStreams.OutputLog;
import io.sockerless.backend.core.driver.PushedOutput;
import io.sockerless.backend.core.driver.StreamDriver.Streams;
import io.sockerless.stream.Frame;
import io.sockerless.stream.Frame.Channel;
import io.sockerless.wire.Headers;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A process whose output comes by itself, and those who have joined it. */
class PushedOutputTest {

  private final ProcessStreams process = new ProcessStreams();
  private final Pushing stdout = new Pushing();
  private final Pushing stderr = new Pushing();

  private static final class Pushing extends FilterInputStream implements PushedOutput {
    final AtomicInteger taken = new AtomicInteger();
    Optional<Receiver> receiver = Optional.empty();

    Pushing() {
      super(new ByteArrayInputStream("what is read".getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void pushTo(Receiver to) {
      receiver = Optional.of(to);
    }

    void say(String text) {
      byte[] bytes = ("<" + text + ">").getBytes(StandardCharsets.UTF_8);
      receiver.orElseThrow().take(bytes, 1, text.length(), () -> taken.addAndGet(text.length()));
    }

    void end() {
      receiver.orElseThrow().ended();
    }
  }

  private void begin(OutputLog log) {
    process.begin(new Streams(OutputStream.nullOutputStream(), stdout, stderr), log);
  }

  private static ClientOptions all(boolean framed) {
    return new ClientOptions(
        new HijackHead(200, "OK", Headers.empty()),
        false,
        true,
        true,
        framed,
        false,
        Optional.empty(),
        () -> {});
  }

  private static Frame frame(Channel channel, String text) {
    return new Frame(channel, text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void itIsGivenToWhoeverWantsIt() throws Exception {
    StreamClient client = process.attach(all(true));
    begin(OutputLog.NONE);

    stdout.say("out");
    stderr.say("errors");
    InputStream output = client.output();

    assertThat(stdout.taken).hasValue(0);
    assertThat(Frame.read(output)).contains(frame(Channel.STDOUT, "out"));
    assertThat(stdout.taken).hasValue(3);
    assertThat(Frame.read(output)).contains(frame(Channel.STDERR, "errors"));
    stdout.end();
    stderr.end();
    process.drain(Duration.ofSeconds(10));
    process.end();
    assertThat(Frame.read(output)).isEmpty();
  }

  @Test
  void itIsTakenOnceTheLastClientHasIt() throws Exception {
    StreamClient first = process.attach(all(false));
    StreamClient second = process.attach(all(false));
    begin(OutputLog.NONE);

    stdout.say("out");
    assertThat(first.output().readNBytes(3)).asString().isEqualTo("out");
    assertThat(stdout.taken).hasValue(0);
    assertThat(second.output().readNBytes(3)).asString().isEqualTo("out");

    assertThat(stdout.taken).hasValue(3);
  }

  @Test
  void itIsTakenWhereNobodyReadsIt() throws Exception {
    StreamClient client = process.attach(all(true));
    begin(OutputLog.NONE);

    stdout.say("out");
    client.close();
    stdout.say("more");

    assertThat(stdout.taken).hasValue(7);
  }

  @Test
  void itIsReadWhereItIsLogged() throws IOException {
    StreamClient client = process.attach(all(false));
    begin(new Ignored());

    assertThat(client.output().readNBytes(12)).asString().isEqualTo("what is read");
    assertThat(stdout.receiver).isEmpty();
  }

  private static final class Ignored implements OutputLog {
    @Override
    public void write(Channel channel, byte[] bytes, int offset, int length) {}

    @Override
    public void finish(Channel channel) {}

    @Override
    public InputStream replay(boolean stdout, boolean stderr, boolean framed) {
      return InputStream.nullInputStream();
    }
  }
}
