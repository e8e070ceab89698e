package io.sockerless.backend.core.agent;

import io.sockerless.agent.RemoteAgent;
import io.sockerless.agent.protocol.Message;
import io.sockerless.agent.protocol.MessageCodec;
import io.sockerless.archive.Decompression;
import io.sockerless.archive.SparingOutput;
import io.sockerless.archive.TarEntry;
import io.sockerless.archive.TarReader;
import io.sockerless.archive.TarWriter;
import io.sockerless.backend.core.driver.ContainerFiles;
import io.sockerless.backend.core.driver.ContainerSpec;
import io.sockerless.engine.EngineException;
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
import java.util.Set;
import java.util.stream.Stream;

/**
 * The files of a container whose agent is not there: what is copied into it is kept, archive by
 * archive, until the agent comes; what is there already is known from the image's layers. Once the
 * container has run, only its agent knows its files.
 */
final class StagedFiles implements ContainerFiles {

  private static final String ARCHIVE = ".tar";
  private static final String REQUEST = ".json";
  private static final long DIRECTORY = 1L << 31;
  private static final long SYMLINK = 1L << 27;

  private final ContainerSpec container;
  private final Path folder;
  private final Path ran;
  private Optional<LayerIndex> image = Optional.empty();

  StagedFiles(ContainerSpec container) {
    this.container = container;
    this.folder = container.folder().resolve("staged");
    this.ran = container.folder().resolve("ran");
  }

  @Override
  public void putArchive(String path, InputStream tar, boolean keepKinds, boolean keepOwners)
      throws IOException {
    Files.createDirectories(folder);
    Path part = Files.createTempFile(folder, "part-", "");
    try {
      try (OutputStream output = SparingOutput.open(part)) {
        Decompression.of(tar).transferTo(output);
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
    if (!Files.exists(ran)) {
      Files.createFile(ran);
    }
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
    String wanted = LayerIndex.normal(path);
    if (wanted.isEmpty()) {
      Instant modified = Files.getLastModifiedTime(container.folder()).toInstant();
      return new PathStat("/", 0, DIRECTORY | 0755, modified, "");
    }
    for (Path request : requests().reversed()) {
      Optional<TarEntry> staged = find(request, wanted);
      if (staged.isPresent()) {
        return describe(staged.get(), wanted);
      }
    }
    return image()
        .find(wanted)
        .map(entry -> describe(entry, wanted))
        .orElseThrow(() -> new NoSuchFileException(path));
  }

  private LayerIndex image() throws IOException {
    if (image.isEmpty()) {
      image = Optional.of(LayerIndex.of(container.layers()));
    }
    return image.get();
  }

  private static Optional<TarEntry> find(Path request, String wanted) throws IOException {
    String below = read(request).path();
    try (TarReader tar = open(archiveOf(request))) {
      for (Optional<TarEntry> next = tar.next(); next.isPresent(); next = tar.next()) {
        TarEntry entry = placed(next.get(), below);
        if (entry.name().equals(wanted)) {
          return Optional.of(entry);
        }
      }
    }
    return Optional.empty();
  }

  private static TarReader open(Path archive) throws IOException {
    return new TarReader(new BufferedInputStream(Files.newInputStream(archive)));
  }

  /** With the names that it has in the container. */
  private static TarEntry placed(TarEntry entry, String below) {
    boolean isName = entry.kind() == TarEntry.Kind.HARD_LINK;
    return new TarEntry(
            LayerIndex.normal(below + "/" + entry.name()),
            entry.kind(),
            entry.mode(),
            entry.uid(),
            entry.gid(),
            entry.modified(),
            isName ? LayerIndex.normal(below + "/" + entry.linkTarget()) : entry.linkTarget(),
            entry.major(),
            entry.minor(),
            entry.size())
        .withExtended(entry.extended());
  }

  private static PathStat describe(TarEntry entry, String path) {
    long kind =
        switch (entry.kind()) {
          case DIRECTORY -> DIRECTORY;
          case SYMLINK -> SYMLINK;
          default -> 0;
        };
    String name = path.substring(path.lastIndexOf('/') + 1);
    Path parent = Path.of("/" + path).resolveSibling("");
    boolean isLink = entry.kind() == TarEntry.Kind.SYMLINK;
    return new PathStat(
        name,
        entry.size(),
        kind | (entry.mode() & 0777),
        entry.modified(),
        isLink ? parent.resolve(entry.linkTarget()).normalize().toString() : "");
  }

  @Override
  public void requireContents() {
    throw unknown();
  }

  @Override
  public void getArchive(String path, OutputStream tar) {
    throw unknown();
  }

  @Override
  public List<Change> changes() throws IOException {
    return compare((_, _) -> {}).changesWithoutRemovals();
  }

  @Override
  public void writeLayer(OutputStream tar) throws IOException {
    try (TarWriter layer = new TarWriter(tar)) {
      compare(layer::put);
    }
  }

  /** Takes what is in an archive and not in the image. */
  @FunctionalInterface
  private interface Taker {
    void take(TarEntry entry, InputStream content) throws IOException;
  }

  private Divergence compare(Taker taker) throws IOException {
    if (Files.exists(ran)) {
      throw unknown();
    }
    Divergence divergence = new Divergence(image(), Set.of());
    for (Path request : requests()) {
      String below = read(request).path();
      try (TarReader tar = open(archiveOf(request))) {
        for (Optional<TarEntry> next = tar.next(); next.isPresent(); next = tar.next()) {
          TarEntry entry = placed(next.get(), below);
          if (!entry.name().isEmpty() && divergence.look(entry)) {
            taker.take(entry, tar.content());
          }
        }
      }
    }
    return divergence;
  }

  @Override
  public void export(OutputStream tar) {
    throw unknown();
  }

  private EngineException unknown() {
    return new EngineException.NotImplemented(
        "the files of container "
            + container.id()
            + " are where it runs, and its agent is not connected");
  }

  @Override
  public long size() {
    return 0;
  }
}
