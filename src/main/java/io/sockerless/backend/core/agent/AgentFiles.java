package io.sockerless.backend.core.agent;

import io.sockerless.agent.AgentFailure;
import io.sockerless.agent.RemoteAgent;
import io.sockerless.agent.RemoteSession;
import io.sockerless.agent.protocol.Message;
import io.sockerless.backend.core.driver.ContainerFiles;
import io.sockerless.engine.EngineException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.ReadOnlyFileSystemException;
import java.time.Instant;
import java.util.List;

/** A container's files, which its agent reads and writes where it is. */
final class AgentFiles implements ContainerFiles {

  private final RemoteAgent agent;

  AgentFiles(RemoteAgent agent) {
    this.agent = agent;
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
  public List<Change> changes() {
    throw unknown("what differs from the image");
  }

  @Override
  public void writeLayer(OutputStream tar) {
    throw unknown("what differs from the image");
  }

  @Override
  public void export(OutputStream tar) {
    throw unknown("the root file system of a container");
  }

  @Override
  public long size() {
    return 0;
  }

  static EngineException unknown(String what) {
    return new EngineException.NotImplemented(
        what + " is not known here of a container that runs elsewhere");
  }
}
