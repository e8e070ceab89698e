import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** A tar archive with a large file of zeros, made while it is sent. */
final class Payload {

  /** What Go's clients copy with, and so what a daemon is used to. */
  private static final int PIECE = 32 * 1024;

  private static final int BLOCK = 512;

  private final List<Part> parts = new ArrayList<>();

  private record Part(byte[] bytes, long zeros) {}

  private interface Sink {
    void accept(ByteBuffer bytes) throws IOException;
  }

  /** An archive of one file. */
  static Payload file(String name, long size) {
    return new Payload().entry(name, size).zeros(padded(size)).end();
  }

  /** An archive of one file that may be run. */
  static Payload program(String name, byte[] bytes) {
    Payload payload = new Payload().entry(name, bytes.length, "0000755");
    payload.parts.add(new Part(bytes, padded(bytes.length) - bytes.length));
    return payload.end();
  }

  /** An archive of small files. */
  static Payload text(Map<String, String> files) {
    Payload payload = new Payload();
    files.forEach(payload::text);
    return payload.end();
  }

  /** What {@code docker save} writes, of an image with one layer of one file. */
  static Payload image(String tag, String architecture, long size) {
    return image(tag, architecture, file("data", size));
  }

  /** The same with any one layer. */
  static Payload image(String tag, String architecture, Payload layer) {
    String config =
        """
        {"architecture": "%s", "os": "linux", "config": {}, "history": [],
         "rootfs": {"type": "layers", "diff_ids": ["sha256:%s"]}}\
        """
            .formatted(architecture, layer.digest());
    String manifest =
        "[{\"Config\": \"config.json\", \"RepoTags\": [\"%s\"], \"Layers\": [\"layer.tar\"]}]"
            .formatted(tag);
    Payload image = new Payload().text("config.json", config).text("manifest.json", manifest);
    image.entry("layer.tar", layer.size());
    image.parts.addAll(layer.parts);
    return image.end();
  }

  private static long padded(long size) {
    return (size + BLOCK - 1) / BLOCK * BLOCK;
  }

  private long size() {
    return parts.stream().mapToLong(part -> part.bytes().length + part.zeros()).sum();
  }

  private Payload text(String name, String content) {
    byte[] bytes = content.getBytes(StandardCharsets.US_ASCII);
    entry(name, bytes.length);
    parts.add(new Part(bytes, padded(bytes.length) - bytes.length));
    return this;
  }

  private Payload zeros(long count) {
    parts.add(new Part(new byte[0], count));
    return this;
  }

  private Payload end() {
    return zeros(2 * BLOCK);
  }

  private Payload entry(String name, long size) {
    return entry(name, size, "0000644");
  }

  private Payload entry(String name, long size, String mode) {
    byte[] header = new byte[BLOCK];
    put(header, 0, name);
    put(header, 100, mode);
    put(header, 108, "0000000");
    put(header, 116, "0000000");
    put(header, 124, "%011o".formatted(size));
    put(header, 136, "00000000000");
    put(header, 148, "        ");
    put(header, 156, "0");
    put(header, 257, "ustar");
    put(header, 263, "00");
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    put(header, 148, "%06o".formatted(sum));
    header[154] = 0;
    parts.add(new Part(header, 0));
    return this;
  }

  private static void put(byte[] header, int offset, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, offset, bytes.length);
  }

  private String digest() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      forEachPiece(digest::update);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void forEachPiece(Sink sink) throws IOException {
    ByteBuffer zeros = ByteBuffer.allocateDirect(PIECE);
    for (Part part : parts) {
      for (int at = 0; at < part.bytes().length; at += PIECE) {
        int length = Math.min(PIECE, part.bytes().length - at);
        sink.accept(ByteBuffer.wrap(part.bytes(), at, length));
      }
      for (long left = part.zeros(); left > 0; left -= zeros.capacity()) {
        sink.accept(zeros.clear().limit((int) Math.min(left, zeros.capacity())));
      }
    }
  }

  /** Sends it as the chunks of a body, the last one included. */
  void writeChunked(Http http) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocateDirect(PIECE + 32);
    forEachPiece(piece -> {
      chunk.clear();
      chunk.put(
          (Integer.toHexString(piece.remaining()) + "\r\n").getBytes(StandardCharsets.US_ASCII));
      chunk.put(piece).put((byte) '\r').put((byte) '\n');
      http.write(chunk.flip());
    });
    http.write(ByteBuffer.wrap("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
  }
}
