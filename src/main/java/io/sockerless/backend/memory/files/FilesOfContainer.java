package io.sockerless.backend.memory.files;

import io.sockerless.archive.GoFileMode;
import io.sockerless.backend.core.driver.ContainerFiles;
import io.sockerless.backend.core.driver.ContainerSpec;
import io.sockerless.backend.memory.fs.Credentials;
import io.sockerless.backend.memory.fs.Difference;
import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.FileStat;
import io.sockerless.backend.memory.fs.LayeredTree;
import io.sockerless.backend.memory.fs.Location;
import io.sockerless.backend.memory.fs.MissingFolders;
import io.sockerless.backend.memory.fs.Mounts;
import io.sockerless.backend.memory.fs.Paths;
import io.sockerless.backend.memory.fs.PosixException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A container's files from outside; the same trees as its processes use, if it has any. */
public final class FilesOfContainer implements ContainerFiles {

  private final ContainerTrees trees;
  private final ContainerSpec spec;

  /** The files of one container. */
  public FilesOfContainer(ContainerTrees trees, ContainerSpec spec) {
    this.trees = trees;
    this.spec = spec;
  }

  /** Something done with all that is mounted. */
  @FunctionalInterface
  private interface Use<T> {
    T with(Paths paths) throws IOException;
  }

  private <T> T mounted(String path, Use<T> use) throws IOException {
    try (ContainerMounts mounts = trees.view(spec)) {
      return use.with(new Paths(mounts.outside(), Credentials.ROOT));
    } catch (PosixException e) {
      throw outward(path, e);
    }
  }

  private static IOException outward(String path, PosixException e) {
    return switch (e.errno()) {
      case ENOENT -> (IOException) new NoSuchFileException(path).initCause(e);
      case ENOTDIR -> (IOException) new NotDirectoryException(path).initCause(e);
      case EROFS -> readOnly("container rootfs is marked read-only");
      default -> new IOException(path + ": " + e.getMessage(), e);
    };
  }

  private static IOException readOnly(String message) {
    return new IOException(message, new ReadOnlyFileSystemException());
  }

  @Override
  public PathStat stat(String path) throws IOException {
    RequestedPath requested = new RequestedPath(path);
    return mounted(
        path,
        paths -> {
          Location location = requested.locate(paths);
          FileStat stat = location.node().stat();
          return new PathStat(
              requested.name(),
              stat.size(),
              GoFileMode.of(stat.type().bits() | stat.mode()),
              stat.modified(),
              stat.isLink() ? requested.target(paths, location) : "");
        });
  }

  @Override
  public void getArchive(String path, OutputStream tar) throws IOException {
    RequestedPath requested = new RequestedPath(path);
    mounted(
        path,
        paths -> {
          String start = requested.locate(paths).path();
          String name = requested.name();
          try (ArchiveOutput output = new ArchiveOutput(tar)) {
            new TreeWalk(paths)
                .walk(
                    start,
                    (relative, node, stat) ->
                        output.put(
                            relative.isEmpty()
                                ? name
                                : name.equals("/") ? "/" + relative : name + "/" + relative,
                            node,
                            stat));
          }
          return start;
        });
  }

  @Override
  public void putArchive(String path, InputStream tar, boolean keepKinds, boolean keepOwners)
      throws IOException {
    mounted(
        path,
        paths -> {
          Location folder = paths.locate(path.startsWith("/") ? path : "/" + path);
          if (!folder.node().stat().isDirectory()) {
            throw Errno.ENOTDIR.exception();
          }
          if (folder.readOnly()) {
            boolean inRoot = paths.mounts().of(folder.path()).target().equals("/");
            throw readOnly(
                inRoot
                    ? "container rootfs is marked read-only"
                    : "mounted volume is marked read-only");
          }
          new Extraction(paths, folder.path(), keepKinds).run(tar);
          return folder;
        });
  }

  @Override
  public void makeFolders(String path) throws IOException {
    mounted(
        path,
        paths -> {
          MissingFolders.make(paths, path);
          return path;
        });
  }

  @Override
  public List<Change> changes() throws IOException {
    try (TreeRegistry.Lease<LayeredTree> root = trees.root(spec)) {
      return root.tree().differences().stream()
          .filter(Difference::visible)
          .map(difference -> new Change(difference.kind(), difference.path()))
          .toList();
    }
  }

  @Override
  public void writeLayer(OutputStream tar) throws IOException {
    try (TreeRegistry.Lease<LayeredTree> root = trees.root(spec);
        ArchiveOutput output = new ArchiveOutput(tar)) {
      for (Difference difference : root.tree().differences()) {
        String name = difference.path().substring(1);
        if (difference.node().isPresent()) {
          output.put(name, difference.node().get(), difference.node().get().stat());
        } else {
          output.putWhiteout(name);
        }
      }
    }
  }

  @Override
  public void export(OutputStream tar) throws IOException {
    try (TreeRegistry.Lease<LayeredTree> root = trees.root(spec);
        ArchiveOutput output = new ArchiveOutput(tar)) {
      Paths paths = new Paths(new Mounts(root.tree(), true), Credentials.ROOT);
      new TreeWalk(paths)
          .walk(
              "/",
              (relative, node, stat) -> {
                if (!relative.isEmpty()) {
                  output.put(relative, node, stat);
                }
              });
    }
  }

  @Override
  public long size() throws IOException {
    try (TreeRegistry.Lease<LayeredTree> root = trees.root(spec)) {
      Map<Long, Long> sizes = new HashMap<>();
      for (Difference difference : root.tree().differences()) {
        if (difference.visible() && difference.node().isPresent()) {
          FileStat stat = difference.node().get().stat();
          sizes.put(stat.inode(), stat.isDirectory() ? 0 : stat.size());
        }
      }
      return sizes.values().stream().mapToLong(Long::longValue).sum();
    }
  }
}
