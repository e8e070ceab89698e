package io.sockerless.agent.websocket;

import io.sockerless.wire.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The beginning of what a server says in the place of a WebSocket, however it is framed. */
final class RefusalBody {

  /** Enough for any message to people. */
  private static final int LIMIT = 4 * 1024;

  /** What the line before a chunk may have. */
  private static final int MAX_CHUNK_LINE = 256;

  private final InputStream input;
  private final Headers fields;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  RefusalBody(InputStream input, Headers fields) {
    this.input = input;
    this.fields = fields;
  }

  /** What came of it; a connection that breaks amid it takes nothing from what it says. */
  String text() {
    try {
      Optional<String> length = fields.only("Content-Length");
      if (fields.hasToken("Transfer-Encoding", "chunked")) {
        readChunks();
      } else if (length.isPresent()) {
        read(Integer.parseInt(length.get()));
      } else {
        read(LIMIT);
      }
    } catch (IOException | NumberFormatException e) {
      // The status has been read, and matters more.
    }
    return body.toString(StandardCharsets.UTF_8).strip();
  }

  private void read(int length) throws IOException {
    body.write(input.readNBytes(Math.min(length, LIMIT - body.size())));
  }

  private void readChunks() throws IOException {
    int length = Integer.parseInt(line(), 16);
    while (length > 0 && body.size() < LIMIT) {
      read(length);
      line();
      length = Integer.parseInt(line(), 16);
    }
  }

  /** A line, without what a chunk's size is extended by. */
  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    int c = input.read();
    while (c >= 0 && c != '\n' && line.length() < MAX_CHUNK_LINE) {
      line.append((char) c);
      c = input.read();
    }
    int extension = line.indexOf(";");
    return line.substring(0, extension < 0 ? line.length() : extension).strip();
  }
}
