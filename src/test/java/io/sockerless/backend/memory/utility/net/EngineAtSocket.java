package io.sockerless.backend.memory.utility.net;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers what a test says at a Unix socket, a connection a request, and notes who asks what. */
final class EngineAtSocket implements AutoCloseable {

  private final ServerSocketChannel listening;
  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  EngineAtSocket(Path socket) throws IOException {
    listening =
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
            .bind(UnixDomainSocketAddress.of(socket));
    Thread.ofVirtual().start(this::serve);
  }

  /** From now on; what nothing was said of is a 404. */
  void answer(String request, int status, String body) {
    answers.put(
        request,
        "HTTP/1.1 %d X\r\nContent-Length: %d\r\n\r\n%s".formatted(status, body.length(), body));
  }

  /** Method and path of all that were sent. */
  List<String> requests() {
    return requests;
  }

  private void serve() {
    while (listening.isOpen()) {
      try (SocketChannel client = listening.accept()) {
        BufferedReader head =
            new BufferedReader(
                new InputStreamReader(Channels.newInputStream(client), StandardCharsets.US_ASCII));
        String first = head.readLine().replace(" HTTP/1.1", "");
        for (String line = head.readLine(); !line.isEmpty(); line = head.readLine()) {
          // What else it says is not looked at.
        }
        requests.add(first);
        String answer = answers.getOrDefault(first, "HTTP/1.1 404 X\r\nContent-Length: 0\r\n\r\n");
        OutputStream output = Channels.newOutputStream(client);
        output.write(answer.getBytes(StandardCharsets.US_ASCII));
      } catch (IOException e) {
        // The test is over, or a client has left.
        continue;
      }
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
