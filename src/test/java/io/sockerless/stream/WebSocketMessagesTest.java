package io.sockerless.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.sockerless.wire.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Messages over connections that the edge has handed over. */
class WebSocketMessagesTest {

  private static final int LIMIT = 1000;
  private static final int FINAL = 0x80;
  private static final int CONTINUATION = 0;
  private static final int TEXT = 1;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;

  private final List<String> told = Collections.synchronizedList(new ArrayList<>());
  private final WebSocketMessages socket = accept("", 60);

  private WebSocketMessages accept(String subprotocol, int idleSeconds) {
    return accept(subprotocol, idleSeconds, new Told());
  }

  private static WebSocketMessages accept(
      String subprotocol, int idleSeconds, WebSocketMessages.Receiver receiver) {
    return WebSocketMessages.accept(
        Headers.of("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
        subprotocol,
        LIMIT,
        idleSeconds,
        receiver);
  }

  private class Told implements WebSocketMessages.Receiver {
    @Override
    public void text(String text) {
      told.add("text " + text);
    }

    @Override
    public void binary(byte[] bytes) {
      told.add("binary " + new String(bytes, StandardCharsets.ISO_8859_1));
    }

    @Override
    public void ended(int code, String reason) {
      told.add("ended " + code + " " + reason);
    }
  }

  private static byte[] frame(int first, byte[] payload) {
    byte[] mask = {1, 2, 3, 4};
    ByteBuffer frame = ByteBuffer.allocate(payload.length + 8).put((byte) first);
    if (payload.length < 126) {
      frame.put((byte) (0x80 | payload.length));
    } else {
      frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
    }
    frame.put(mask);
    for (int i = 0; i < payload.length; i++) {
      frame.put((byte) (payload[i] ^ mask[i % 4]));
    }
    return Arrays.copyOf(frame.array(), frame.position());
  }

  private void say(int first, String text) throws IOException {
    socket.input().write(frame(first, text.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private byte[] heard() throws IOException {
    return socket.output().readAllBytes();
  }

  private static byte[] closing(int code, String reason) {
    byte[] words = reason.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(4 + words.length)
        .put((byte) (FINAL | CLOSE))
        .put((byte) (2 + words.length))
        .putShort((short) code)
        .put(words)
        .array();
  }

  @Test
  void theHandshakeSaysWhatBothSpeak() {
    assertThat(accept("x.v1", 60).headers().first("Sec-WebSocket-Protocol")).contains("x.v1");
    assertThat(socket.headers().first("Sec-WebSocket-Protocol")).isEmpty();
    assertThat(socket.headers().first("Sec-WebSocket-Accept"))
        .contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
  }

  @Test
  void messagesOfBothKindsComeWholeThoughAPingIsInBetween() throws IOException {
    say(FINAL | TEXT, "a");
    say(BINARY, "b");
    say(FINAL | PING, "!");
    say(CONTINUATION, "c");
    say(FINAL | CONTINUATION, "d");

    assertThat(told).containsExactly("text a", "binary bcd");
    socket.close(1000, "bye");
    byte[] pong = {(byte) (FINAL | 10), 1, '!'};
    assertThat(heard()).startsWith(pong).endsWith(closing(1000, "bye"));
  }

  @Property(tries = 50)
  void messagesAreReadHoweverTheyAreCut(
      @ForAll @Size(max = 4) List<@Size(max = 300) byte[]> payloads,
      @ForAll @IntRange(min = 1, max = 50) int piece)
      throws IOException {
    told.clear();
    WebSocketMessages cut = accept("", 60);
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    payloads.forEach(payload -> sent.writeBytes(frame(FINAL | BINARY, payload)));
    byte[] bytes = sent.toByteArray();
    for (int i = 0; i < bytes.length; i += piece) {
      cut.input().write(bytes, i, Math.min(piece, bytes.length - i));
    }
    assertThat(told)
        .isEqualTo(
            payloads.stream()
                .map(it -> "binary " + new String(it, StandardCharsets.ISO_8859_1))
                .toList());
    cut.close();
  }

  @Test
  void whatIsSentIsFramedAndNotMasked() throws IOException {
    socket.sendText("ä");
    socket.sendBinary(new byte[5], new byte[200], 5, 195);
    socket.close(1000, "");

    byte[] text = {(byte) (FINAL | TEXT), 2, (byte) 0xc3, (byte) 0xa4};
    byte[] head = {(byte) (FINAL | BINARY), 126, 0, (byte) 200};
    byte[] all = heard();
    assertThat(all).startsWith(text).endsWith(closing(1000, "")).hasSize(4 + 4 + 200 + 4);
    assertThat(Arrays.copyOfRange(all, 4, 8)).isEqualTo(head);
  }

  @Test
  void aCloseIsAnsweredInKindAndToldOnce() throws IOException {
    socket.input().write(frame(FINAL | CLOSE, new byte[] {0x0f, (byte) 0xa0, 'x'}));
    socket.closeInput();
    socket.close();

    assertThat(told).containsExactly("ended 4000 x");
  }

  @Test
  void theAnswerToACloseReachesTheClient() throws IOException {
    say(FINAL | CLOSE, "");
    assertThat(heard()).isEqualTo(closing(1000, ""));
  }

  @Test
  void aClientThatEndsWithoutACloseIsGone() {
    socket.closeInput();
    assertThat(told).containsExactly("ended 1006 ");
  }

  @Test
  void aMessageThatIsTooLargeClosesWith1009HoweverItIsCut() throws IOException {
    say(BINARY, "x".repeat(LIMIT));
    assertThat(catchThrowable(() -> say(FINAL | CONTINUATION, "x")))
        .isInstanceOf(WebSocketFault.class);
    assertThat(heard()).isEqualTo(closing(1009, "a message of more than 1000 bytes"));
    assertThat(told).containsExactly("ended 1009 a message of more than 1000 bytes");
  }

  @Test
  void textThatIsNotUtf8ClosesWith1007() throws IOException {
    assertThat(catchThrowable(() -> say(FINAL | TEXT, "\u00ff"))).isInstanceOf(IOException.class);
    assertThat(heard()).isEqualTo(closing(1007, "text that is not UTF-8"));
  }

  @Test
  void aMessageInsideAnotherClosesWith1002() throws IOException {
    say(BINARY, "x");
    assertThat(catchThrowable(() -> say(FINAL | BINARY, "y"))).isInstanceOf(IOException.class);
    assertThat(told).hasSize(1).first().asString().startsWith("ended 1002");
  }

  @Test
  void whoIsSilentTooLongIsGone() throws IOException {
    WebSocketMessages silent = accept("", 1);
    await().until(() -> told.contains("ended 1006 nothing came for 1 seconds"));
    assertThat(silent.output().read()).isEqualTo(-1);
  }

  @Test
  void theFirstReasonIsSaidThoughTheReceiverClosesWhatHasEnded() throws IOException {
    CompletableFuture<WebSocketMessages> itself = new CompletableFuture<>();
    WebSocketMessages closing =
        accept(
            "",
            60,
            new Told() {
              @Override
              public void ended(int code, String reason) {
                itself.join().close(1000, "");
              }
            });
    itself.complete(closing);

    closing.close(1008, "no");

    assertThat(closing.output().readAllBytes()).isEqualTo(closing(1008, "no"));
  }

  @Test
  void whoDoesNotReadTheLastWordIsGoneAllTheSame() throws Exception {
    WebSocketMessages deaf = accept("", 1);
    Thread talker = Thread.ofVirtual().start(() -> talk(deaf));
    await().until(() -> talker.getState() == Thread.State.WAITING);

    deaf.close(1008, "no");

    assertThat(told).containsExactly("ended 1008 no");
    assertThat(talker.join(Duration.ofSeconds(10))).isTrue();
  }

  private static void talk(WebSocketMessages deaf) {
    try {
      while (true) {
        deaf.sendBinary(new byte[0], new byte[LIMIT], 0, LIMIT);
      }
    } catch (IOException e) {
      // As it has to be.
    }
  }
}
