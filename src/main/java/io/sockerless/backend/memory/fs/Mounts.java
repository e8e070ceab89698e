package io.sockerless.backend.memory.fs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** Which tree lies at which path of a container; the root's is at {@code /}. */
public final class Mounts implements AutoCloseable {

  /**
   * A tree at its place.
   *
   * @param target absolute, with neither links nor dots in it
   * @param flags that it is told to have been mounted with
   * @param source that it is told to be mounted from
   */
  public record Mount(
      String target, FileTree tree, boolean readOnly, List<String> flags, String source) {

    /** What Linux mounts its own trees and Docker its memory with. */
    public static final List<String> GUARDED = List.of("nosuid", "nodev", "noexec");

    /** One that is mounted from nothing but its own kind. */
    public Mount(String target, FileTree tree, boolean readOnly, List<String> flags) {
      this(target, tree, readOnly, flags, tree.type().equals("cgroup2") ? "cgroup" : tree.type());
    }

    /** One without flags. */
    public Mount(String target, FileTree tree, boolean readOnly) {
      this(target, tree, readOnly, List.of());
    }

    /** As {@code /proc/mounts} has them. */
    public String options() throws IOException {
      List<String> options = new ArrayList<>();
      options.add(readOnly ? "ro" : "rw");
      options.addAll(flags);
      options.add("relatime");
      if (tree.type().equals("devpts")) {
        options.addAll(List.of("gid=5", "mode=620", "ptmxmode=666"));
      }
      if (tree.type().equals("tmpfs") && tree.root().stat().isDirectory()) {
        addSettings(options);
      }
      return String.join(",", options);
    }

    /** Those of memory that differ from what it has if nobody asks. */
    private void addSettings(List<String> options) throws IOException {
      if (tree instanceof MemoryTree memory && memory.limit() > 0) {
        options.add("size=" + memory.limit() / 1024 + "k");
      }
      FileStat root = tree.root().stat();
      if (root.mode() != 01777) {
        options.add("mode=" + Integer.toOctalString(root.mode()));
      }
      if (root.uid() != 0) {
        options.add("uid=" + root.uid());
      }
      if (root.gid() != 0) {
        options.add("gid=" + root.gid());
      }
    }
  }

  private static final List<String> FIRST_ONES =
      List.of(
          "/", "/proc", "/dev", "/dev/pts", "/sys", "/sys/fs/cgroup", "/dev/mqueue", "/dev/shm");
  private static final List<String> LAST_ONES =
      List.of("/etc/resolv.conf", "/etc/hostname", "/etc/hosts");

  private final Map<String, Mount> mounts = new ConcurrentSkipListMap<>();

  /** A container's root. */
  public Mounts(FileTree root, boolean readOnly) {
    mounts.put("/", new Mount("/", root, readOnly));
  }

  /** Lays a tree over a path, which is there. */
  public void add(String target, FileTree tree, boolean readOnly) {
    mounts.put(target, new Mount(target, tree, readOnly));
  }

  /** Lays a tree over its place, which is there. */
  public void add(Mount mount) {
    mounts.put(mount.target(), mount);
  }

  /** What lies at exactly that path. */
  public Optional<Mount> at(String path) {
    return Optional.ofNullable(mounts.get(path));
  }

  /** What a path belongs to. */
  public Mount of(String path) {
    for (String prefix = path; prefix.length() > 1; prefix = Paths.parent(prefix)) {
      Mount mount = mounts.get(prefix);
      if (mount != null) {
        return mount;
      }
    }
    return at("/").orElseThrow();
  }

  /** The names in a folder that only a mount makes. */
  public List<String> below(String folder) {
    String prefix = folder.equals("/") ? "/" : folder + "/";
    List<String> names = new ArrayList<>();
    for (String target : mounts.keySet()) {
      if (target.length() > prefix.length()
          && target.startsWith(prefix)
          && target.indexOf('/', prefix.length()) < 0) {
        names.add(target.substring(prefix.length()));
      }
    }
    return names;
  }

  /** All of them, outer ones first. */
  public List<Mount> all() {
    return mounts.values().stream()
        .sorted(Comparator.comparingInt(mount -> mount.target().length()))
        .toList();
  }

  /**
   * All of them as a runtime mounts them, and so as they are listed: the system's own, what the
   * user asked for, the files in {@code /etc}.
   */
  public List<Mount> listed() {
    return all().stream().sorted(Comparator.comparingInt(mount -> place(mount.target()))).toList();
  }

  private static int place(String target) {
    int first = FIRST_ONES.indexOf(target);
    return first >= 0 ? first : FIRST_ONES.size() + 1 + LAST_ONES.indexOf(target);
  }

  @Override
  public void close() throws IOException {
    for (Mount mount : all().reversed()) {
      mount.tree().close();
    }
  }
}
