package io.sockerless.backend.memory.proc;

import io.sockerless.backend.memory.fs.DirectoryEntry;
import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.FileStat;
import io.sockerless.backend.memory.fs.FileTree;
import io.sockerless.backend.memory.fs.FileType;
import io.sockerless.backend.memory.fs.NewNode;
import io.sockerless.backend.memory.fs.Node;
import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.OpenMode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** A folder whose names are made up when it is listed. */
final class GeneratedFolder extends GeneratedNode {

  private final Supplier<Collection<String>> names;
  private final Function<String, Optional<Node>> lookup;

  /** A folder that everybody can read. */
  GeneratedFolder(
      FileTree tree,
      String path,
      Supplier<Collection<String>> names,
      Function<String, Optional<Node>> lookup) {
    this(tree, path, 0555, names, lookup);
  }

  /**
   * A folder.
   *
   * @param lookup answers for more names than are listed, if it likes
   */
  GeneratedFolder(
      FileTree tree,
      String path,
      int mode,
      Supplier<Collection<String>> names,
      Function<String, Optional<Node>> lookup) {
    super(tree, path, FileType.DIRECTORY, mode);
    this.names = names;
    this.lookup = lookup;
  }

  @Override
  public Optional<Node> lookup(String name) throws IOException {
    return lookup.apply(name);
  }

  @Override
  public List<DirectoryEntry> entries() throws IOException {
    List<DirectoryEntry> entries = new ArrayList<>();
    for (String name : names.get()) {
      Optional<Node> node = lookup.apply(name);
      if (node.isPresent()) {
        FileStat stat = node.get().stat();
        entries.add(new DirectoryEntry(name, stat.type(), stat.inode()));
      }
    }
    return entries;
  }

  @Override
  public Node create(String name, NewNode spec) throws IOException {
    throw Errno.EACCES.exception();
  }

  @Override
  public void link(String name, Node file) throws IOException {
    throw Errno.EPERM.exception();
  }

  @Override
  public void unlink(String name) throws IOException {
    throw Errno.EPERM.exception();
  }

  @Override
  public void removeDirectory(String name) throws IOException {
    throw Errno.EPERM.exception();
  }

  @Override
  public void rename(String name, Node newFolder, String newName) throws IOException {
    throw Errno.EPERM.exception();
  }

  @Override
  public OpenFile open(OpenMode mode) throws IOException {
    throw Errno.EISDIR.exception();
  }
}
