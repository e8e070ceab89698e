package io.sockerless.backend.core.agent;

import io.sockerless.agent.RemoteAgent;
import io.sockerless.agent.protocol.Message;
import io.sockerless.agent.protocol.MessageCodec;
import io.sockerless.archive.TarEntry;
import io.sockerless.archive.TarReader;
import io.sockerless.backend.core.driver.ContainerFiles;
import io.sockerless.backend.core.driver.ContainerSpec;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of a container whose agent is not there: what is copied into it is kept, archive by
 * archive, until the agent comes; what is there already is known from the image's layers.
 */
final class StagedFiles implements ContainerFiles {

  private static final String ARCHIVE = ".tar";
  private static final String REQUEST = ".json";
  private static final long DIRECTORY = 1L << 31;
  private static final long SYMLINK = 1L << 27;

  private final ContainerSpec container;
  private final Path folder;

  StagedFiles(ContainerSpec container) {
    this.container = container;
    this.folder = container.folder().resolve("staged");
  }

  @Override
  public void putArchive(String path, InputStream tar, boolean keepKinds, boolean keepOwners)
      throws IOException {
    Files.createDirectories(folder);
    Path part = Files.createTempFile(folder, "part-", "");
    try {
      try (OutputStream output = Files.newOutputStream(part)) {
        tar.transferTo(output);
      }
      String name = "%06d".formatted(requests().size());
      Files.move(part, folder.resolve(name + ARCHIVE));
      Files.writeString(
          folder.resolve(name + REQUEST),
          MessageCodec.text(new Message.PutArchive(0, path, keepKinds, keepOwners)));
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private List<Path> requests() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(REQUEST)).sorted().toList();
    }
  }

  private static Path archiveOf(Path request) {
    String name = request.getFileName().toString();
    return request.resolveSibling(name.substring(0, name.length() - REQUEST.length()) + ARCHIVE);
  }

  private static Message.PutArchive read(Path request) throws IOException {
    return MessageCodec.decode(Files.readString(request)) instanceof Message.PutArchive put
        ? put
        : new Message.PutArchive(0, "/", false, false);
  }

  /** Gives an agent all that was kept, in the order in which it came; it is kept no longer. */
  void sendTo(RemoteAgent agent) throws IOException {
    for (Path request : requests()) {
      Message.PutArchive put = read(request);
      Path archive = archiveOf(request);
      try (InputStream tar = Files.newInputStream(archive)) {
        AgentFiles.put(agent, put.path(), tar, put.keepKinds(), put.keepOwners());
      }
      Files.delete(request);
      Files.delete(archive);
    }
  }

  @Override
  public PathStat stat(String path) throws IOException {
    String wanted = normal(path);
    if (wanted.isEmpty()) {
      Instant modified = Files.getLastModifiedTime(container.folder()).toInstant();
      return new PathStat("/", 0, DIRECTORY | 0755, modified, "");
    }
    for (Path request : requests().reversed()) {
      Optional<PathStat> staged = find(archiveOf(request), normal(read(request).path()), wanted);
      if (staged.isPresent()) {
        return staged.get();
      }
    }
    for (Path layer : container.layers().reversed()) {
      Optional<PathStat> known = find(layer, "", wanted);
      if (known.isPresent()) {
        return known.get();
      }
    }
    throw new NoSuchFileException(path);
  }

  private static Optional<PathStat> find(Path archive, String below, String wanted)
      throws IOException {
    try (TarReader tar = new TarReader(new BufferedInputStream(Files.newInputStream(archive)))) {
      Optional<TarEntry> entry = tar.next();
      for (; entry.isPresent(); entry = tar.next()) {
        if (normal(below + "/" + entry.get().name()).equals(wanted)) {
          return entry.map(StagedFiles::describe);
        }
      }
    }
    return Optional.empty();
  }

  private static PathStat describe(TarEntry entry) {
    String path = normal(entry.name());
    long kind =
        switch (entry.kind()) {
          case DIRECTORY -> DIRECTORY;
          case SYMLINK -> SYMLINK;
          default -> 0;
        };
    return new PathStat(
        path.substring(path.lastIndexOf('/') + 1),
        entry.size(),
        kind | (entry.mode() & 0777),
        entry.modified(),
        entry.kind() == TarEntry.Kind.SYMLINK ? entry.linkTarget() : "");
  }

  /** Without slashes at both ends, dots and empty names. */
  private static String normal(String path) {
    String normal = Path.of("/" + path).normalize().toString();
    return normal.substring(1);
  }

  @Override
  public void getArchive(String path, OutputStream tar) throws IOException {
    throw new IOException("the agent of container " + container.id() + " is not there");
  }

  @Override
  public List<Change> changes() {
    throw AgentFiles.unknown("what differs from the image");
  }

  @Override
  public void writeLayer(OutputStream tar) {
    throw AgentFiles.unknown("what differs from the image");
  }

  @Override
  public void export(OutputStream tar) {
    throw AgentFiles.unknown("the root file system of a container");
  }

  @Override
  public long size() {
    return 0;
  }
}
