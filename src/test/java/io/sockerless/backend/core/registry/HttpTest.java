package io.sockerless.backend.core.registry;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HttpTest {

  private final Http http = new Http(Duration.ofSeconds(2));
  private ServerSocket server;

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    http.close();
    server.close();
  }

  private HttpRequest.Builder request() {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.getLocalPort() + "/v2/"));
  }

  @Test
  void theConnectionOfAnAnswerThatCameTooLateIsClosed() throws Exception {
    CompletableFuture<Void> givenUp = new CompletableFuture<>();
    CompletableFuture<Boolean> closed = CompletableFuture.supplyAsync(() -> answerLate(givenUp));
    assertThatThrownBy(() -> http.probe(request()))
        .isInstanceOf(UnreachableException.class)
        .hasMessageContaining("no answer within");
    givenUp.complete(null);
    assertThat(closed.get()).isTrue();
  }

  /** Answers once nobody waits any more, without an end, and tells whether the client closed. */
  private boolean answerLate(CompletableFuture<Void> givenUp) {
    try (Socket client = server.accept()) {
      InputStream input = client.getInputStream();
      skipHead(input);
      givenUp.join();
      client
          .getOutputStream()
          .write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\npart".getBytes(US_ASCII));
      return input.read() < 0;
    } catch (SocketException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void skipHead(InputStream input) throws IOException {
    int matched = 0;
    while (matched < 4) {
      int next = input.read();
      matched = next == "\r\n\r\n".charAt(matched) ? matched + 1 : next == '\r' ? 1 : 0;
    }
  }

  @Test
  void aHostThatDoesNotListenIsUnreachable() throws IOException {
    server.close();
    assertThatThrownBy(() -> http.probe(request()))
        .isInstanceOf(UnreachableException.class)
        .hasMessageContaining("connection refused");
  }
}
