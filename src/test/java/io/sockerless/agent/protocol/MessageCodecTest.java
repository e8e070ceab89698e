package io.sockerless.agent.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageCodecTest {

  @Property
  void everyMessageSurvivesItsJsonForm(@ForAll("messages") Message message) throws Exception {
    assertThat(MessageCodec.decode(MessageCodec.text(message))).isEqualTo(message);
  }

  @Property
  void dataSurvivesItsBinaryForm(@ForAll("data") Message.Data message) throws Exception {
    byte[] bytes = MessageCodec.binary(message).orElseThrow();

    assertThat(bytes).hasSize(5 + message.data().length());
    assertThat(MessageCodec.decode(bytes)).isEqualTo(message);
  }

  @Property
  void whateverTextComesIsAMessageOrAFault(@ForAll String text) {
    assertThatExceptionOfType(ProtocolFault.class).isThrownBy(() -> MessageCodec.decode(text));
  }

  @Property
  void whateverBytesComeAreAMessageOrAFault(@ForAll byte[] bytes) {
    try {
      assertThat(MessageCodec.decode(bytes)).isInstanceOf(Message.Data.class);
    } catch (ProtocolFault e) {
      assertThat(e).hasMessageNotContaining("null");
    }
  }

  @Test
  void onlyDataHasABinaryForm() {
    assertThat(MessageCodec.binary(new Message.Exit(1, 0))).isEmpty();
  }

  @Test
  void aMessageReadsAsItIsWrittenDown() {
    assertThat(MessageCodec.text(new Message.Stdout(7, Bytes.of(new byte[] {1, 2, 3}))))
        .isEqualTo("{\"type\":\"stdout\",\"id\":\"7\",\"data\":\"AQID\"}");
  }

  @Test
  void aHealthCheckThatFailedSaysSo() {
    assertThat(MessageCodec.text(new Message.Health(7, 3, "no")))
        .isEqualTo(
            "{\"type\":\"health\",\"id\":\"7\",\"status\":\"unhealthy\",\"code\":3,\"log\":\"no\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"type\":\"ping\"",
        "{\"type\":\"ping\"}x",
        "{\"type\":\"ping\",\"type\":\"pong\"}",
        "{\"type\":\"dance\",\"id\":\"1\"}",
        "{\"type\":\"exit\",\"code\":1}",
        "{\"type\":\"exit\",\"id\":\"-1\",\"code\":1}",
        "{\"type\":\"exit\",\"id\":\"1\",\"code\":\"1\"}",
        "{\"type\":\"exit\",\"id\":\"1\",\"code\":99999999999}",
        "{\"type\":\"ack\",\"received\":-1}",
        "{\"type\":\"ack\",\"received\":1e3}",
        "{\"type\":\"exec\",\"id\":\"1\",\"cmd\":[1]}",
        "{\"type\":\"stdin\",\"id\":\"1\",\"data\":\"*\"}",
        "{\"type\":\"credit\",\"id\":\"1\",\"stream\":3,\"bytes\":1}",
        "{\"type\":\"credit\",\"id\":\"1\",\"stream\":1,\"bytes\":-1}",
        "{\"type\":\"ping\",\"x\":[[[[[[[[1]]]]]]]]}",
        "{\"type\":\"pi\u0001ng\"}",
        "{\"type\":\"\\u12\"}",
      })
  void whatIsNoMessageIsRefused(String text) {
    assertThatExceptionOfType(ProtocolFault.class).isThrownBy(() -> MessageCodec.decode(text));
  }

  @Test
  void whatALaterVersionAddsIsPassedOver() throws Exception {
    assertThat(MessageCodec.decode("{\"type\": \"ping\", \"mood\": {\"good\": true}}"))
        .isEqualTo(new Message.Ping());
  }

  @Provide
  Arbitrary<Message.Data> data() {
    return Combinators.combine(ids(), Arbitraries.bytes().array(byte[].class).ofMaxSize(300))
        .flatAs((id, bytes) ->
            Arbitraries.of(
                new Message.Stdin(id, Bytes.of(bytes)),
                new Message.Stdout(id, Bytes.of(bytes)),
                new Message.Stderr(id, Bytes.of(bytes))));
  }

  @Provide
  Arbitrary<Message> messages() {
    Arbitrary<String> text = Arbitraries.strings().ofMaxLength(30);
    Arbitrary<List<String>> texts = text.list().ofMaxSize(4);
    Arbitrary<Integer> size = Arbitraries.integers().between(0, 500);
    Arbitrary<Boolean> flag = Arbitraries.of(true, false);
    return Arbitraries.oneOf(
        data().map(it -> it),
        Combinators.combine(
                text,
                text,
                Arbitraries.longs().greaterOrEqual(0),
                Arbitraries.longs().greaterOrEqual(0))
            .as(Message.Hello::new),
        Arbitraries.longs().greaterOrEqual(0).map(Message.Ack::new),
        Arbitraries.of(new Message.Ping(), new Message.Pong()),
        Combinators.combine(ids(), texts, texts, text, text, flag, size)
            .as((id, cmd, env, workdir, user, tty, width) ->
                new Message.Exec(id, cmd, env, workdir, user, tty, !tty, width, 3)),
        Combinators.combine(ids(), texts, texts, text, text, Arbitraries.longs().greaterOrEqual(0))
            .as(Message.CheckHealth::new),
        Combinators.combine(ids(), Arbitraries.integers(), text).as(Message.Health::new),
        Combinators.combine(ids(), text, text, flag, flag, size, size).as(Message.Attach::new),
        Combinators.combine(ids(), text, flag, flag).as(Message.PutArchive::new),
        Combinators.combine(ids(), text).as(Message.GetArchive::new),
        Combinators.combine(ids(), text).as(Message.StatPath::new),
        Combinators.combine(ids(), Arbitraries.integers()).as(Message.Connect::new),
        ids()
            .flatMap(id ->
                Arbitraries.of(
                    new Message.Export(id),
                    new Message.Processes(id),
                    new Message.Usage(id),
                    new Message.Pause(id),
                    new Message.Resume(id),
                    new Message.Shutdown(id),
                    new Message.CloseStdin(id),
                    new Message.Abandon(id))),
        Combinators.combine(ids(), Arbitraries.integers()).as(Message.Signal::new),
        Combinators.combine(ids(), size, size).as(Message.Resize::new),
        Combinators.combine(ids(), Arbitraries.integers()).as(Message.Started::new),
        Combinators.combine(ids(), texts.list().ofMaxSize(3)).as(Message.Rows::new),
        Combinators.combine(ids(), Arbitraries.integers()).as(Message.Exit::new),
        Combinators.combine(ids(), Arbitraries.integers(), text).as(Message.Failed::new),
        Combinators.combine(
                ids(),
                Arbitraries.of(Message.StreamName.class),
                Arbitraries.integers().greaterOrEqual(0))
            .as(Message.Credit::new));
  }

  private static Arbitrary<Integer> ids() {
    return Arbitraries.integers().greaterOrEqual(0);
  }
}
