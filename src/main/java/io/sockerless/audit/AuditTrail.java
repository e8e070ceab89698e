package io.sockerless.audit;

import io.sockerless.engine.Body;
import io.sockerless.engine.EngineException;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Reads what was recorded last, for those who look at it while the server runs; the end of the file
 * alone, so that a long record costs no more than a short one.
 */
public final class AuditTrail {

  /** How far back it looks, in bytes: some thousands of lines. */
  static final int TAIL = 1 << 20;

  private final Path file;

  /** The record in a file. */
  public AuditTrail(Path file) {
    this.file = file;
  }

  /** The last entries that are wanted, the newest first. */
  public List<JsonObject> newest(Predicate<JsonObject> wanted, int count) {
    List<JsonObject> entries = new ArrayList<>();
    for (String line : lines().reversed()) {
      if (entries.size() == count) {
        break;
      }
      try {
        JsonObject entry = Body.parse(line.getBytes(StandardCharsets.UTF_8));
        if (wanted.test(entry)) {
          entries.add(entry);
        }
      } catch (EngineException.InvalidParameter e) {
        // A line that is being written, or of which only the end was read.
      }
    }
    return entries;
  }

  private List<String> lines() {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      ByteBuffer tail = ByteBuffer.allocate((int) Math.min(size, TAIL));
      long position = size - tail.capacity();
      int count;
      while (tail.hasRemaining() && (count = channel.read(tail, position)) >= 0) {
        position += count;
      }
      return StandardCharsets.UTF_8.decode(tail.flip()).toString().lines().toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
