package io.sockerless.backend.memory.fs;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sockerless.archive.TarEntry;
import io.sockerless.archive.TarEntry.Kind;
import io.sockerless.archive.TarWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** Makes tar files for tests, member by member. */
public final class Tars {

  /** What all members have as their time. */
  public static final Instant TIME = Instant.parse("2024-02-29T12:34:56.789Z");

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final TarWriter writer = new TarWriter(bytes);

  /** Adds a folder. */
  public Tars folder(String name) throws IOException {
    return add(name, Kind.DIRECTORY, 0755, "", "");
  }

  /** Adds a file. */
  public Tars file(String name, String text) throws IOException {
    return add(name, Kind.FILE, 0644, "", text);
  }

  /** Adds a symbolic link. */
  public Tars link(String name, String target) throws IOException {
    return add(name, Kind.SYMLINK, 0777, target, "");
  }

  /** Adds a hard link. */
  public Tars hardLink(String name, String target) throws IOException {
    return add(name, Kind.HARD_LINK, 0644, target, "");
  }

  /** Adds anything. */
  public Tars add(String name, Kind kind, int mode, String target, String text) throws IOException {
    byte[] content = text.getBytes(UTF_8);
    return add(new TarEntry(name, kind, mode, 0, 0, TIME, target, 0, 0, content.length), content);
  }

  /** Adds anything. */
  public Tars add(TarEntry entry, byte[] content) throws IOException {
    writer.put(entry, new ByteArrayInputStream(content));
    return this;
  }

  /** The whole archive. */
  public byte[] bytes() throws IOException {
    writer.close();
    return bytes.toByteArray();
  }

  /** Writes the whole archive to a file. */
  public Path write(Path file) throws IOException {
    return Files.write(file, bytes());
  }
}
