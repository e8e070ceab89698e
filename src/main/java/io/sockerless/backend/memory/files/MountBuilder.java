package io.sockerless.backend.memory.files;

import io.sockerless.backend.core.document.Documents;
import io.sockerless.backend.core.driver.ContainerSpec;
import io.sockerless.backend.core.driver.MountPoint;
import io.sockerless.backend.memory.fs.Credentials;
import io.sockerless.backend.memory.fs.DeviceOpener;
import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.FileTree;
import io.sockerless.backend.memory.fs.HostTree;
import io.sockerless.backend.memory.fs.LayeredTree;
import io.sockerless.backend.memory.fs.Location;
import io.sockerless.backend.memory.fs.Mounts;
import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.fs.Paths;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.engine.EngineException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongConsumer;

/** Opens what one container mounts, and lays one over the other in its order. */
final class MountBuilder {

  private static final int MAX_LINKS = 40;
  private static final List<String> SYSTEM = List.of("/proc", "/dev", "/sys");

  private final ContainerTrees trees;
  private final ContainerSpec spec;
  private final DeviceOpener devices;
  private final LongConsumer account;
  private final List<AutoCloseable> closing = new ArrayList<>();

  MountBuilder(
      ContainerTrees trees, ContainerSpec spec, DeviceOpener devices, LongConsumer account) {
    this.trees = trees;
    this.spec = spec;
    this.devices = devices;
    this.account = account;
  }

  /**
   * Mounts everything.
   *
   * @param extras of the sandbox itself; taken over, and closed if this fails
   */
  ContainerMounts build(List<Mounts.Mount> extras) throws IOException {
    boolean built = false;
    try {
      extras.forEach(extra -> closing.addFirst(extra.tree()));
      LayeredTree root = keep(trees.root(spec)).tree();
      Mounts writable = new Mounts(root, false);
      Paths paths = new Paths(writable, Credentials.ROOT);
      for (Mounts.Mount extra : extras) {
        makeFolder(paths, extra.target(), 0);
        writable.add(extra);
      }
      List<Mounts.Mount> own = new ArrayList<>();
      for (MountPoint point : spec.mounts()) {
        own.add(mount(point, paths, extras.isEmpty()));
      }
      Mounts inside = mounts(root, extras);
      Mounts outside = mounts(root, List.of());
      for (Mounts.Mount mount : own) {
        inside.add(mount);
        outside.add(mount);
      }
      built = true;
      return new ContainerMounts(root, inside, outside, closing);
    } finally {
      if (!built) {
        ContainerMounts.closeAll(closing);
      }
    }
  }

  private Mounts mounts(LayeredTree root, List<Mounts.Mount> more) {
    boolean readOnly = Documents.flag(spec.hostConfig(), "ReadonlyRootfs");
    Mounts mounts = new Mounts(root, readOnly);
    more.forEach(mounts::add);
    return mounts;
  }

  private <T extends AutoCloseable> T keep(T resource) {
    closing.addFirst(resource);
    return resource;
  }

  private Mounts.Mount mount(MountPoint point, Paths paths, boolean withoutSystem)
      throws IOException {
    try {
      FileTree tree = open(point);
      boolean hidden = withoutSystem && SYSTEM.stream().anyMatch(it -> isIn(point.target(), it));
      String target = hidden ? point.target() : target(point, paths, tree);
      if (point.kind() == MountPoint.Kind.VOLUME && point.copyUp() && !hidden) {
        copyUp(paths.locate(target), paths, tree);
      }
      paths.mounts().add(target, tree, point.readOnly());
      return new Mounts.Mount(target, tree, point.readOnly(), point.flags());
    } catch (IOException e) {
      throw failure(point, e);
    }
  }

  /** The runtime's words; most who meet them have a folder on the host where they meant a file. */
  private static IOException failure(MountPoint point, IOException error) {
    boolean memory = point.kind() == MountPoint.Kind.TMPFS;
    String source = memory ? "tmpfs" : point.source().toString();
    String why =
        error instanceof PosixException posix
            ? posix.errno().text().toLowerCase(Locale.ROOT)
            : String.valueOf(error.getMessage());
    return new IOException(
        "error during container init: error mounting \"%s\" to rootfs at \"%s\": %s"
            .formatted(source, point.target(), why),
        error);
  }

  /** Where a mount really goes, which is made if it is not there. */
  private static String target(MountPoint point, Paths paths, FileTree tree) throws IOException {
    ProtectedTargets.check(point, point.target());
    String target =
        tree.root().stat().isDirectory()
            ? makeFolder(paths, point.target(), 0)
            : makeFile(paths, point.target());
    ProtectedTargets.check(point, target);
    return target;
  }

  private static boolean isIn(String path, String folder) {
    return path.equals(folder) || path.startsWith(folder + "/");
  }

  private FileTree open(MountPoint point) throws IOException {
    return switch (point.kind()) {
      case BIND -> keep(new HostTree(point.source()));
      case VOLUME -> part(point, keep(trees.volume(point.source())).tree());
      case TMPFS -> memory(point);
    };
  }

  private FileTree memory(MountPoint point) throws IOException {
    return point.source().toString().isEmpty()
        ? keep(ContainerTrees.memory(point, devices, account))
        : part(point, keep(trees.volumeInMemory(point)).tree());
  }

  /** The part of a volume that is wanted; links are followed, but none leads out of the volume. */
  private static FileTree part(MountPoint point, FileTree volume) throws IOException {
    if (point.subpath().isEmpty()) {
      return volume;
    }
    try {
      Paths within = new Paths(new Mounts(volume, true), Credentials.ROOT);
      return new PartialTree(volume, within.locate("/" + point.subpath()).node());
    } catch (PosixException e) {
      throw new EngineException.NotFound(
          "cannot access path "
              + point.source().resolve(point.subpath())
              + ": "
              + e.errno().text().toLowerCase(Locale.ROOT));
    }
  }

  private static void copyUp(Location source, Paths paths, FileTree volume) throws IOException {
    if (volume.root().stat().isDirectory() && volume.root().entries().isEmpty()) {
      TreeCopy.copy(source, paths, volume.root());
    }
  }

  /** Makes the folders of a path that are not there, and tells where the path really leads. */
  private static String makeFolder(Paths paths, String path, int links) throws IOException {
    if (links > MAX_LINKS) {
      throw Errno.ELOOP.exception();
    }
    String at = "/";
    for (String name : path.split("/", -1)) {
      if (!name.isEmpty()) {
        at = step(paths, at.equals("/") ? "/" + name : at + "/" + name, links);
      }
    }
    if (!paths.stat(at).isDirectory()) {
      throw Errno.ENOTDIR.exception();
    }
    return at;
  }

  private static String step(Paths paths, String path, int links) throws IOException {
    try {
      return paths.realPath(path);
    } catch (PosixException e) {
      if (e.errno() != Errno.ENOENT) {
        throw e;
      }
    }
    try {
      paths.makeDirectory(path, 0755);
      return path;
    } catch (PosixException e) {
      if (e.errno() != Errno.EEXIST) {
        throw e;
      }
      String target = paths.readLink(path);
      String absolute = target.startsWith("/") ? target : Paths.parent(path) + "/" + target;
      return makeFolder(paths, absolute, links + 1);
    }
  }

  private static String makeFile(Paths paths, String path) throws IOException {
    String folder = makeFolder(paths, Paths.parent(path), 0);
    String file = (folder.equals("/") ? "" : folder) + path.substring(path.lastIndexOf('/'));
    if (!paths.exists(file)) {
      paths.create(file, OpenMode.WRITE, 0644, true).close();
    }
    if (paths.stat(file).isDirectory()) {
      throw Errno.ENOTDIR.exception();
    }
    return paths.realPath(file);
  }
}
