package io.sockerless.backend.core.container;

import io.sockerless.backend.core.driver.ContainerFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.ReadOnlyFileSystemException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Files by their path; a stream stands for what would be a tar stream. */
public final class FakeFiles implements ContainerFiles {

  /** What was put, by path. */
  public final Map<String, String> put = new ConcurrentHashMap<>();

  /** The folders that were made. */
  public final List<String> made = new CopyOnWriteArrayList<>();

  /** What stands for the layer of all that changed. */
  public volatile byte[] layer = "layer".getBytes(StandardCharsets.UTF_8);

  @Override
  public PathStat stat(String path) throws IOException {
    if (path.equals("/etc/passwd")) {
      return new PathStat("passwd", 12, 0644, Instant.parse("2026-01-02T03:04:05Z"), "");
    }
    throw new NoSuchFileException(path);
  }

  @Override
  public void getArchive(String path, OutputStream tar) throws IOException {
    tar.write(("tar of " + path).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void putArchive(String path, InputStream tar, boolean keepKinds, boolean keepOwners)
      throws IOException {
    switch (path) {
      case "/missing" -> throw new NoSuchFileException(path);
      case "/etc/passwd" -> throw new NotDirectoryException(path);
      case "/readonly" ->
          throw new IOException(
              "mounted volume is marked read-only", new ReadOnlyFileSystemException());
      default -> put.put(path, new String(tar.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @Override
  public void makeFolders(String path) throws IOException {
    if (path.equals("/etc/passwd")) {
      throw new NotDirectoryException(path);
    }
    made.add(path);
  }

  @Override
  public List<Change> changes() {
    return List.of(
        new Change(Change.Kind.MODIFIED, "/etc"),
        new Change(Change.Kind.ADDED, "/etc/new"),
        new Change(Change.Kind.DELETED, "/tmp/old"));
  }

  @Override
  public void writeLayer(OutputStream tar) throws IOException {
    tar.write(layer);
  }

  @Override
  public void export(OutputStream tar) throws IOException {
    tar.write("root".getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public long size() {
    return 42;
  }
}
