package io.sockerless.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sockerless.support.Certificates;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import nl.altindag.ssl.SSLFactory;
import nl.altindag.ssl.pem.util.PemUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our end of TLS with the JDK's own sockets at the other, which know nothing of our engine. */
@Timeout(30)
class TlsTransportTest {

  private static final String TLS_1_2 = "TLSv1.2";
  private static final String TLS_1_3 = "TLSv1.3";
  private static final Path FOLDER = new Certificates().folder();
  private static final SSLFactory TLS =
      SSLFactory.builder()
          .withIdentityMaterial(
              PemUtils.loadIdentityMaterial(FOLDER.resolve("cert.pem"), FOLDER.resolve("key.pem")))
          .withTrustMaterial(PemUtils.loadTrustMaterial(FOLDER.resolve("ca.pem")))
          .build();
  private static final SSLFactory WITHOUT_CERTIFICATE =
      SSLFactory.builder()
          .withTrustMaterial(PemUtils.loadTrustMaterial(FOLDER.resolve("ca.pem")))
          .build();

  /** A connection whose one end is ours, before any handshake. */
  private static final class Pair implements AutoCloseable {
    private final SocketChannel plain;
    private final TlsTransport ours;
    private final SSLSocket theirs;

    Pair(SSLFactory client, boolean certificates, String... protocols) throws IOException {
      try (ServerSocketChannel listener =
          ServerSocketChannel.open()
              .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
        plain = SocketChannel.open(listener.getLocalAddress());
        theirs =
            (SSLSocket)
                client
                    .getSslSocketFactory()
                    .createSocket(plain.socket(), "127.0.0.1", plain.socket().getPort(), true);
        SSLEngine engine = TLS.getSslContext().createSSLEngine();
        engine.setUseClientMode(false);
        engine.setNeedClientAuth(certificates);
        ours = new TlsTransport(new ChannelTransport(listener.accept()), engine);
      }
      if (protocols.length > 0) {
        theirs.setEnabledProtocols(protocols);
      }
    }

    static Pair shaken(String protocol) throws Exception {
      Pair pair = new Pair(TLS, false, protocol);
      FutureTask<Void> shaking = pair.shakeHands();
      pair.ours.handshake();
      shaking.get();
      return pair;
    }

    FutureTask<Void> shakeHands() {
      return start(() -> {
        theirs.startHandshake();
        return null;
      });
    }

    String read() throws IOException {
      byte[] bytes = new byte[100];
      int count = ours.read(bytes, 0, bytes.length);
      return count < 0 ? "end" : new String(bytes, 0, count, StandardCharsets.UTF_8);
    }

    void write(String text) throws IOException {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      ours.write(bytes, 0, bytes.length);
    }

    Pair say(String text) throws IOException {
      theirs.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
      return this;
    }

    String hear() throws IOException {
      return new String(theirs.getInputStream().readNBytes(3), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
      ours.close();
      plain.close();
    }
  }

  private static <T> FutureTask<T> start(Callable<T> action) {
    FutureTask<T> task = new FutureTask<>(action);
    Thread.ofVirtual().start(task);
    return task;
  }

  @ParameterizedTest
  @ValueSource(strings = {TLS_1_2, TLS_1_3})
  void bothVersionsAreSpoken(String protocol) throws Exception {
    try (Pair pair = Pair.shaken(protocol)) {
      assertThat(pair.ours.session().getProtocol()).isEqualTo(protocol);
      assertThat(pair.say("in").read()).isEqualTo("in");
      pair.write("out");
      assertThat(pair.hear()).isEqualTo("out");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {TLS_1_2, TLS_1_3})
  void megabytesPassBothWaysAtOnceWhateverThePiecesAre(String protocol) throws Exception {
    byte[] data = new byte[3_000_000];
    new Random(1).nextBytes(data);
    try (Pair pair = Pair.shaken(protocol)) {
      FutureTask<Void> sending = start(() -> writePieces(pair.theirs.getOutputStream(), data));
      FutureTask<byte[]> back = start(() -> pair.theirs.getInputStream().readNBytes(data.length));
      FutureTask<Void> echoing =
          start(() -> {
            Random random = new Random(2);
            byte[] piece = new byte[100_000];
            for (int left = data.length; left > 0; ) {
              int count = pair.ours.read(piece, 0, 1 + random.nextInt(piece.length));
              pair.ours.write(piece, 0, count);
              left -= count;
            }
            return null;
          });
      sending.get();
      echoing.get();
      assertThat(back.get()).isEqualTo(data);
    }
  }

  private static Void writePieces(OutputStream output, byte[] data) throws IOException {
    Random random = new Random(3);
    for (int at = 0; at < data.length; ) {
      int count = Math.min(1 + random.nextInt(60_000), data.length - at);
      output.write(data, at, count);
      at += count;
    }
    return null;
  }

  @Test
  void aRecordIsReadByteByByte() throws Exception {
    try (Pair pair = Pair.shaken(TLS_1_3)) {
      pair.say("abc");
      byte[] one = new byte[1];
      for (char expected : "abc".toCharArray()) {
        assertThat(pair.ours.read(one, 0, 1)).isOne();
        assertThat((char) one[0]).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {TLS_1_2, TLS_1_3})
  void thePeersEndIsTheEndOfItsDirectionAlone(String protocol) throws Exception {
    try (Pair pair = Pair.shaken(protocol)) {
      pair.say("last").theirs.shutdownOutput();
      assertThat(pair.read()).isEqualTo("last");
      assertThat(pair.read()).isEqualTo("end");
      pair.write("out");
      assertThat(pair.hear()).isEqualTo("out");
      pair.ours.shutdownOutput();
      assertThat(pair.theirs.getInputStream().read()).isNegative();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {TLS_1_2, TLS_1_3})
  void ourEndIsTheEndOfOurDirectionAlone(String protocol) throws Exception {
    try (Pair pair = Pair.shaken(protocol)) {
      pair.write("out");
      pair.ours.shutdownOutput();
      pair.say("in");
      assertThat(pair.hear()).isEqualTo("out");
      assertThat(pair.read()).isEqualTo("in");
      assertThat(pair.theirs.getInputStream().read()).isNegative();
      assertThatExceptionOfType(SSLException.class).isThrownBy(() -> pair.write("more"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {TLS_1_2, TLS_1_3})
  void anEndThatThePeerHasNotSignedIsAnErrorAndNoEnd(String protocol) throws Exception {
    try (Pair pair = Pair.shaken(protocol)) {
      pair.say("cut").plain.shutdownOutput();
      assertThat(pair.read()).isEqualTo("cut");
      assertThatExceptionOfType(EOFException.class).isThrownBy(pair::read);
    }
  }

  @Test
  void aForgedRecordIsAnError() throws Exception {
    try (Pair pair = Pair.shaken(TLS_1_3)) {
      pair.plain.write(
          ByteBuffer.wrap(
              new byte[] {
                23, 3, 3, 0, 20, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0
              }));
      assertThatExceptionOfType(SSLException.class).isThrownBy(pair::read);
    }
  }

  @Test
  void newKeysMayBeAskedForAtAnyTime() throws Exception {
    try (Pair pair = Pair.shaken(TLS_1_3)) {
      for (int i = 0; i < 3; i++) {
        // In TLS 1.3 this sends a KeyUpdate that asks for ours.
        pair.theirs.startHandshake();
        assertThat(pair.say("in").read()).isEqualTo("in");
        pair.write("out");
        assertThat(pair.hear()).isEqualTo("out");
      }
    }
  }

  @Test
  void nobodyNegotiatesAnewInTheMiddle() throws Exception {
    try (Pair pair = Pair.shaken(TLS_1_2)) {
      FutureTask<Void> again = pair.shakeHands();
      assertThatExceptionOfType(SSLException.class)
          .isThrownBy(pair::read)
          .withMessage("record of type 22 after the handshake");
      again.cancel(true);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {TLS_1_2, TLS_1_3})
  void aPeerWithoutACertificateIsToldByAnAlert(String protocol) throws Exception {
    try (Pair pair = new Pair(WITHOUT_CERTIFICATE, true, protocol)) {
      FutureTask<Integer> answer =
          start(() -> {
            pair.theirs.startHandshake();
            return pair.theirs.getInputStream().read();
          });
      assertThatExceptionOfType(SSLException.class).isThrownBy(pair.ours::handshake);
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(answer::get)
          .withMessageContaining("alert");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {TLS_1_2, TLS_1_3})
  void thePeersCertificateIsKnownWhereItWasAskedFor(String protocol) throws Exception {
    try (Pair pair = new Pair(TLS, true, protocol)) {
      FutureTask<Void> shaking = pair.shakeHands();
      pair.ours.handshake();
      shaking.get();
      assertThat(pair.ours.session().getPeerPrincipal().getName()).isEqualTo("CN=127.0.0.1");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET / HTTP/1.1\r\n\r\n", "POST /x HTTP/1.1\r\n\r\n", "DELETE"})
  void httpIsTakenForWhatItIs(String text) throws Exception {
    try (Pair pair = new Pair(TLS, false)) {
      pair.plain.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
      assertThatExceptionOfType(PlainTextException.class).isThrownBy(pair.ours::handshake);
    }
  }

  @Test
  void aPeerThatLeavesDuringTheHandshakeIsAnError() throws Exception {
    try (Pair pair = new Pair(TLS, false)) {
      pair.plain.write(ByteBuffer.wrap(new byte[] {22, 3, 1, 2, 0}));
      pair.plain.shutdownOutput();
      assertThatExceptionOfType(EOFException.class).isThrownBy(pair.ours::handshake);
    }
  }

  @Test
  void whoReadsIsWokenByAClose() throws Exception {
    try (Pair pair = Pair.shaken(TLS_1_3)) {
      FutureTask<String> reading = start(pair::read);
      pair.ours.close();
      assertThatExceptionOfType(ExecutionException.class).isThrownBy(reading::get);
    }
  }
}
