package io.sockerless.backend.memory.fs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Random operations on a small tree, for property tests. */
public final class TreeSteps {

  private static final List<String> PATHS =
      List.of(
          "/a",
          "/b",
          "/etc",
          "/etc/a",
          "/etc/passwd",
          "/etc/b",
          "/usr",
          "/usr/bin",
          "/usr/bin/sh",
          "/usr/bin/a",
          "/usr/lib",
          "/usr/lib/deep",
          "/usr/lib/deep/x",
          "/bin",
          "/bin/sh",
          "/empty");

  private TreeSteps() {}

  /** What can be done to a tree; it fails or not, the same for all. */
  @FunctionalInterface
  public interface Action {
    void on(Paths paths) throws IOException;
  }

  /** An action that can tell what it is. */
  public record Step(String text, Action action) {
    /** Does it, and tells how it ended. */
    public String on(Paths paths) {
      try {
        action.on(paths);
        return "done";
      } catch (PosixException e) {
        return e.errno().name();
      } catch (IOException e) {
        return e.toString();
      }
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** Any operations on the files of {@link #layers}. */
  public static Arbitrary<List<Step>> any() {
    Arbitrary<String> path = Arbitraries.of(PATHS);
    Arbitrary<Step> two =
        Combinators.combine(Arbitraries.of("rename", "hardLink", "makeLink"), path, path)
            .as(TreeSteps::twoPaths);
    Arbitrary<Step> one =
        Combinators.combine(
                Arbitraries.of(
                    "write",
                    "append",
                    "poke",
                    "truncate",
                    "unlink",
                    "rmdir",
                    "mkdir",
                    "chmod",
                    "chown",
                    "fifo"),
                path,
                Arbitraries.integers().between(0, 200))
            .as(TreeSteps::onePath);
    return Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(2, two), net.jqwik.api.Tuple.of(3, one))
        .list()
        .ofMinSize(1)
        .ofMaxSize(40);
  }

  private static Step twoPaths(String what, String from, String to) {
    Action action =
        switch (what) {
          case "rename" -> paths -> paths.rename(from, to);
          case "hardLink" -> paths -> paths.hardLink(from, to);
          default -> paths -> paths.makeLink(from, to);
        };
    return new Step(what + " " + from + " " + to, action);
  }

  private static Step onePath(String what, String path, int number) {
    Action action =
        switch (what) {
          case "write" -> paths -> put(paths.create(path, OpenMode.WRITE, 0666, false), number);
          case "append" -> paths -> put(paths.create(path, OpenMode.APPEND, 0600, false), number);
          case "poke" -> paths -> put(paths.open(path, OpenMode.READ_WRITE), number);
          case "truncate" -> paths -> paths.truncate(path, number);
          case "unlink" -> paths -> paths.unlink(path);
          case "rmdir" -> paths -> paths.removeDirectory(path);
          case "mkdir" -> paths -> paths.makeDirectory(path, 0777);
          case "chmod" -> paths -> paths.setMode(path, number);
          case "chown" -> paths -> paths.setOwner(path, number, number + 1, false);
          default -> paths -> paths.makeNode(path, FileType.FIFO, 0644, 0);
        };
    return new Step(what + " " + path + " " + number, action);
  }

  private static void put(OpenFile file, int number) throws IOException {
    try (file) {
      byte[] bytes = ("" + number).getBytes(UTF_8);
      file.write(bytes, 0, bytes.length);
    }
  }

  /** Two layers in a folder. */
  public static List<Path> layers(Path folder) throws IOException {
    return List.of(
        new Tars()
            .folder("etc/")
            .file("etc/passwd", "root")
            .file("etc/gone", "gone")
            .file("usr/lib/deep/x", "deep")
            .file("usr/lib/old", "old")
            .write(folder.resolve("1.tar")),
        new Tars()
            .file("etc/.wh.gone", "")
            .file("usr/lib/.wh.old", "")
            .file("usr/bin/sh", "shell")
            .hardLink("usr/bin/ash", "usr/bin/sh")
            .link("bin", "usr/bin")
            .folder("empty")
            .write(folder.resolve("2.tar")));
  }

  /** The same files as the layers', in memory. */
  static Paths model() throws IOException {
    Paths paths = new Paths(new Mounts(new MemoryTree(0755), false), Credentials.ROOT);
    for (String folder :
        List.of("/etc", "/usr", "/usr/lib", "/usr/lib/deep", "/usr/bin", "/empty")) {
      paths.makeDirectory(folder, 0777);
    }
    fill(paths, "/etc/passwd", "root");
    fill(paths, "/usr/lib/deep/x", "deep");
    fill(paths, "/usr/bin/sh", "shell");
    paths.hardLink("/usr/bin/sh", "/usr/bin/ash");
    paths.makeLink("usr/bin", "/bin");
    return paths;
  }

  private static void fill(Paths paths, String path, String text) throws IOException {
    try (OpenFile file = paths.create(path, OpenMode.WRITE, 0666, true)) {
      file.write(text.getBytes(UTF_8), 0, text.length());
    }
  }
}
