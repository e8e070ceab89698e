package io.sockerless.backend.core.agent;

import io.sockerless.agent.AgentFailure;
import io.sockerless.agent.RemoteAgent;
import io.sockerless.agent.RemoteSession;
import io.sockerless.agent.protocol.Message;
import io.sockerless.archive.TarEntry;
import io.sockerless.archive.TarReader;
import io.sockerless.archive.TarWriter;
import io.sockerless.backend.core.driver.ContainerFiles;
import io.sockerless.backend.core.driver.ContainerSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.ReadOnlyFileSystemException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A container's files, which its agent reads and writes where it is. */
final class AgentFiles implements ContainerFiles {

  private final RemoteAgent agent;
  private final ContainerSpec container;

  AgentFiles(RemoteAgent agent, ContainerSpec container) {
    this.agent = agent;
    this.container = container;
  }

  @Override
  public PathStat stat(String path) throws IOException {
    try {
      List<String> row = agent.open(id -> new Message.StatPath(id, path)).rows().getFirst();
      return new PathStat(
          row.get(0),
          Long.parseLong(row.get(1)),
          Long.parseLong(row.get(2)),
          Instant.parse(row.get(3)),
          row.get(4));
    } catch (AgentFailure e) {
      throw translated(e, path);
    }
  }

  @Override
  public void getArchive(String path, OutputStream tar) throws IOException {
    RemoteSession session = agent.open(id -> new Message.GetArchive(id, path));
    try {
      session.stdout().transferTo(tar);
      session.code();
    } catch (AgentFailure e) {
      throw translated(e, path);
    } finally {
      session.abandon();
    }
  }

  @Override
  public void putArchive(String path, InputStream tar, boolean keepKinds, boolean keepOwners)
      throws IOException {
    put(agent, path, tar, keepKinds, keepOwners);
  }

  static void put(
      RemoteAgent agent, String path, InputStream tar, boolean keepKinds, boolean keepOwners)
      throws IOException {
    RemoteSession session =
        agent.open(id -> new Message.PutArchive(id, path, keepKinds, keepOwners));
    try {
      send(tar, session);
      session.code();
    } catch (AgentFailure e) {
      throw translated(e, path);
    } finally {
      session.abandon();
    }
  }

  /** An agent that has refused the archive takes no more of it, and has said why. */
  private static void send(InputStream tar, RemoteSession session) throws IOException {
    byte[] piece = new byte[64 * 1024];
    int count;
    while ((count = tar.read(piece)) >= 0) {
      try {
        session.stdin().write(piece, 0, count);
      } catch (IOException e) {
        if (session.exit().isDone()) {
          return;
        }
        throw e;
      }
    }
    session.stdin().close();
  }

  private static IOException translated(AgentFailure failure, String path) {
    return switch (failure.code()) {
      case 404 -> new NoSuchFileException(path);
      case 400 -> new NotDirectoryException(path);
      case 403 -> new IOException(failure.text(), new ReadOnlyFileSystemException());
      default -> failure;
    };
  }

  @Override
  public List<Change> changes() throws IOException {
    return compare((_, _, _) -> {}).changes();
  }

  @Override
  public void writeLayer(OutputStream tar) throws IOException {
    try (TarWriter layer = new TarWriter(tar)) {
      Divergence divergence =
          compare((entry, content, differs) -> {
            if (differs) {
              layer.put(entry, content);
            }
          });
      for (String path : divergence.removed()) {
        layer.put(whiteout(path));
      }
    }
  }

  private static TarEntry whiteout(String path) {
    int name = path.lastIndexOf('/') + 1;
    return new TarEntry(
        path.substring(0, name) + LayerIndex.WHITEOUT + path.substring(name),
        TarEntry.Kind.FILE,
        0,
        0,
        0,
        Instant.EPOCH,
        "",
        0,
        0,
        0);
  }

  /** Is shown each file of the container. */
  @FunctionalInterface
  private interface Visitor {
    void visit(TarEntry entry, InputStream content, boolean differs) throws IOException;
  }

  /** Has the agent send all its files, and looks how they differ from the image's. */
  private Divergence compare(Visitor visitor) throws IOException {
    LayerIndex image = LayerIndex.of(container.layers());
    RemoteSession session = agent.open(Message.Export::new);
    try (TarReader tar = new TarReader(session.stdout())) {
      Divergence divergence = new Divergence(image, Set.copyOf(session.rows().getFirst()));
      for (Optional<TarEntry> next = tar.next(); next.isPresent(); next = tar.next()) {
        visitor.visit(next.get(), tar.content(), divergence.look(next.get()));
      }
      session.stdout().transferTo(OutputStream.nullOutputStream());
      session.code();
      return divergence;
    } finally {
      session.abandon();
    }
  }

  @Override
  public void export(OutputStream tar) throws IOException {
    RemoteSession session = agent.open(Message.Export::new);
    try {
      session.stdout().transferTo(tar);
      session.code();
    } finally {
      session.abandon();
    }
  }

  /** To know it, all files would have to be sent here whenever containers are listed. */
  @Override
  public long size() {
    return 0;
  }
}
