package io.sockerless.backend.memory.fs;

import io.sockerless.backend.memory.fs.Change.OfName;
import io.sockerless.backend.memory.fs.Change.OfNode;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The changes of a tree in a file, in their order, those of one operation as one: after a crash
 * each operation is there whole or not at all. What was appended survives the death of the process;
 * a loss of power may take the last of it.
 *
 * <p>The file is a head, which says how many nodes lie below, and frames: length, checksum,
 * changes. It is guarded by its tree's lock.
 */
final class Journal implements AutoCloseable {

  private static final long MAGIC = 0x736f636b6a6e6c31L;
  private static final int HEAD = 16;
  private static final int FRAME_HEAD = 8;
  private static final int MAX_FRAME = 1 << 26;
  private static final int NODE = 1;
  private static final int NAME = 2;

  /** A node with extended attributes, which few have. */
  private static final int EXTENDED_NODE = 3;

  private final File file;
  private final long below;
  private Optional<RandomAccessFile> open = Optional.empty();
  private boolean closed;
  private long end;

  /**
   * The journal in a file, which need not be there yet.
   *
   * @param below how many nodes lie below the tree, as a check that these are the same as ever
   */
  Journal(Path file, long below) {
    this.file = file.toFile();
    this.below = below;
  }

  /** Who gets the changes when a tree is opened again. */
  @FunctionalInterface
  interface Replay {
    void apply(Change change) throws IOException;
  }

  /** In bytes. */
  long size() {
    return end;
  }

  /** Repeats all that was recorded, up to where the file is whole. */
  void replay(Replay replay) throws IOException {
    if (!file.exists()) {
      return;
    }
    try (InputStream input = new FileInputStream(file);
        DataInputStream data = new DataInputStream(new BufferedInputStream(input))) {
      if (data.readLong() != MAGIC || data.readLong() != below) {
        throw new IOException(file + " is not the journal of a tree over these layers");
      }
      end = HEAD;
      for (Optional<byte[]> frame = frame(data); frame.isPresent(); frame = frame(data)) {
        for (Change change : decode(frame.get())) {
          replay.apply(change);
        }
        end += FRAME_HEAD + frame.get().length;
      }
    } catch (EOFException e) {
      end = 0;
    }
  }

  private static Optional<byte[]> frame(DataInputStream data) throws IOException {
    byte[] head = data.readNBytes(FRAME_HEAD);
    if (head.length < FRAME_HEAD) {
      return Optional.empty();
    }
    DataInputStream fields = new DataInputStream(new ByteArrayInputStream(head));
    int length = fields.readInt();
    int checksum = fields.readInt();
    if (length <= 0 || length > MAX_FRAME) {
      return Optional.empty();
    }
    byte[] body = data.readNBytes(length);
    return body.length == length && checksum(body) == checksum
        ? Optional.of(body)
        : Optional.empty();
  }

  /** Records changes that belong together. */
  void append(List<Change> changes) throws IOException {
    byte[] frame = encode(changes);
    RandomAccessFile output = output();
    output.seek(end);
    output.write(frame);
    end += frame.length;
  }

  /** Begins anew with changes that make the tree as it is now. */
  void rewrite(List<Change> changes) throws IOException {
    File next = new File(file.getPath() + ".new");
    long size = HEAD;
    try (DataOutputStream output =
        new DataOutputStream(new BufferedOutputStream(new FileOutputStream(next)))) {
      output.writeLong(MAGIC);
      output.writeLong(below);
      for (int i = 0; i < changes.size(); i += 1_000) {
        byte[] frame = encode(changes.subList(i, Math.min(changes.size(), i + 1_000)));
        output.write(frame);
        size += frame.length;
      }
    }
    release();
    Files.move(next.toPath(), file.toPath(), StandardCopyOption.REPLACE_EXISTING);
    end = size;
  }

  private RandomAccessFile output() throws IOException {
    if (closed) {
      throw Errno.EIO.exception();
    }
    if (open.isPresent()) {
      return open.get();
    }
    RandomAccessFile output = new RandomAccessFile(file, "rw");
    open = Optional.of(output);
    if (end == 0) {
      output.writeLong(MAGIC);
      output.writeLong(below);
      end = HEAD;
    }
    output.setLength(end);
    return output;
  }

  private void release() throws IOException {
    if (open.isPresent()) {
      open.get().close();
      open = Optional.empty();
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    release();
  }

  private static int checksum(byte[] body) {
    CRC32 checksum = new CRC32();
    checksum.update(body);
    return (int) checksum.getValue();
  }

  private static byte[] encode(List<Change> changes) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (DataOutputStream data = new DataOutputStream(body)) {
      for (Change change : changes) {
        switch (change) {
          case OfNode node -> encode(node, data);
          case OfName name -> encode(name, data);
        }
      }
    }
    byte[] bytes = body.toByteArray();
    ByteArrayOutputStream frame = new ByteArrayOutputStream(FRAME_HEAD + bytes.length);
    try (DataOutputStream data = new DataOutputStream(frame)) {
      data.writeInt(bytes.length);
      data.writeInt(checksum(bytes));
      data.write(bytes);
    }
    return frame.toByteArray();
  }

  private static void encode(OfNode node, DataOutputStream data) throws IOException {
    Attributes attributes = node.attributes();
    data.writeByte(attributes.extended().isEmpty() ? NODE : EXTENDED_NODE);
    data.writeLong(node.number());
    data.writeBoolean(node.own());
    data.writeByte(attributes.type().letter());
    data.writeShort(attributes.mode());
    data.writeInt(attributes.uid());
    data.writeInt(attributes.gid());
    data.writeLong(attributes.deviceNumber());
    data.writeUTF(attributes.linkTarget());
    encode(attributes.accessed(), data);
    encode(attributes.modified(), data);
    encode(attributes.changed(), data);
    if (!attributes.extended().isEmpty()) {
      encode(attributes.extended(), data);
    }
  }

  private static void encode(Map<String, String> extended, DataOutputStream data)
      throws IOException {
    data.writeInt(extended.size());
    for (Map.Entry<String, String> entry : extended.entrySet()) {
      data.writeUTF(entry.getKey());
      byte[] value = entry.getValue().getBytes(StandardCharsets.ISO_8859_1);
      data.writeInt(value.length);
      data.write(value);
    }
  }

  private static void encode(OfName name, DataOutputStream data) throws IOException {
    data.writeByte(NAME);
    data.writeLong(name.folder());
    data.writeUTF(name.name());
    data.writeLong(name.target());
    encode(name.time(), data);
  }

  private static void encode(Instant time, DataOutputStream data) throws IOException {
    data.writeLong(time.getEpochSecond());
    data.writeInt(time.getNano());
  }

  private static List<Change> decode(byte[] body) throws IOException {
    List<Change> changes = new ArrayList<>();
    DataInputStream data = new DataInputStream(new ByteArrayInputStream(body));
    while (data.available() > 0) {
      int kind = data.readByte();
      changes.add(
          switch (kind) {
            case NODE -> decodeNode(data, false);
            case EXTENDED_NODE -> decodeNode(data, true);
            case NAME ->
                new OfName(data.readLong(), data.readUTF(), data.readLong(), decodeTime(data));
            default -> throw new IOException("a journal of a later version");
          });
    }
    return changes;
  }

  private static OfNode decodeNode(DataInputStream data, boolean extended) throws IOException {
    long number = data.readLong();
    boolean own = data.readBoolean();
    Attributes attributes =
        new Attributes(
            type((char) data.readByte()),
            data.readShort(),
            data.readInt(),
            data.readInt(),
            data.readLong(),
            data.readUTF(),
            decodeTime(data),
            decodeTime(data),
            decodeTime(data),
            extended ? decodeExtended(data) : Map.of());
    return new OfNode(number, attributes, own);
  }

  private static Map<String, String> decodeExtended(DataInputStream data) throws IOException {
    Map<String, String> extended = new HashMap<>();
    for (int left = data.readInt(); left > 0; left--) {
      String name = data.readUTF();
      byte[] value = data.readNBytes(data.readInt());
      extended.put(name, new String(value, StandardCharsets.ISO_8859_1));
    }
    return Map.copyOf(extended);
  }

  private static FileType type(char letter) throws IOException {
    for (FileType type : FileType.values()) {
      if (type.letter() == letter) {
        return type;
      }
    }
    throw new IOException("a journal of a later version");
  }

  private static Instant decodeTime(DataInputStream data) throws IOException {
    return Instant.ofEpochSecond(data.readLong(), data.readInt());
  }
}
