package io.sockerless.backend.core.driver;

import io.sockerless.backend.core.document.DocumentChanges;
import io.sockerless.backend.core.document.Documents;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.util.List;

/**
 * The last link of all four chains: containers that pretend. Every command succeeds at once, says
 * nothing and has no files. It hides failures, so it is off unless somebody asks for it, and what
 * it serves is labelled {@link DriverSet#SYNTHETIC_LABEL}.
 */
final class SyntheticDriver
    implements ExecDriver, FilesystemDriver, StreamDriver, ProcessLifecycleDriver {

  @Override
  public boolean serves(ContainerSpec container) {
    return true;
  }

  @Override
  public ContainerProcess start(ContainerSpec container, ProcessSpec process) {
    return new SyntheticProcess(process.openInput());
  }

  @Override
  public ContainerProcess exec(
      ContainerSpec container, ContainerProcess running, ProcessSpec command) {
    return new SyntheticProcess(false);
  }

  @Override
  public ContainerFiles files(ContainerSpec container) {
    return new NoFiles();
  }

  @Override
  public void remove(ContainerSpec container) {
    // Nothing was kept.
  }

  /** Marks a container in which nothing will really run. */
  @Override
  public JsonObject prepare(ContainerSpec container) {
    JsonObject labels =
        DocumentChanges.with(
            Documents.object(container.config(), "Labels"), DriverSet.SYNTHETIC_LABEL, "true");
    return DocumentChanges.with(container.config(), "Labels", labels);
  }

  /** An empty root folder into which nothing can be put. */
  private static final class NoFiles implements ContainerFiles {
    @Override
    public PathStat stat(String path) throws IOException {
      throw new NoSuchFileException(path);
    }

    @Override
    public void getArchive(String path, OutputStream tar) throws IOException {
      throw new NoSuchFileException(path);
    }

    @Override
    public void putArchive(String path, InputStream tar, boolean keepKinds, boolean keepOwners)
        throws IOException {
      throw new IOException("a synthetic container has no files");
    }

    @Override
    public List<Change> changes() {
      return List.of();
    }

    @Override
    public void writeLayer(OutputStream tar) throws IOException {
      throw new IOException("a synthetic container has no files");
    }

    @Override
    public void export(OutputStream tar) throws IOException {
      throw new IOException("a synthetic container has no files");
    }

    @Override
    public long size() {
      return 0;
    }
  }
}
