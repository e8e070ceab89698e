package io.sockerless.backend.memory.fs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A container's root does what a tmpfs with the same files does, and does not forget it. */
class LayeredTreePropertyTest {

  private static final List<String> PATHS =
      List.of(
          "/a", "/b", "/etc", "/etc/a", "/etc/passwd", "/etc/b", "/usr", "/usr/bin", "/usr/bin/sh",
          "/usr/bin/a", "/usr/lib", "/usr/lib/deep", "/usr/lib/deep/x", "/bin", "/bin/sh", "/empty");

  /** What can be done to a tree; it fails or not, the same for all. */
  @FunctionalInterface
  interface Action {
    void on(Paths paths) throws IOException;
  }

  /** An action that can tell what it is. */
  record Step(String text, Action action) {
    /** Does it, and tells how it ended. */
    String on(Paths paths) {
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

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<String> path = Arbitraries.of(PATHS);
    Arbitrary<Step> two =
        Combinators.combine(Arbitraries.of("rename", "hardLink", "makeLink"), path, path)
            .as(LayeredTreePropertyTest::twoPaths);
    Arbitrary<Step> one =
        Combinators.combine(
                Arbitraries.of(
                    "write", "append", "poke", "truncate", "unlink", "rmdir", "mkdir", "chmod",
                    "chown", "fifo"),
                path,
                Arbitraries.integers().between(0, 200))
            .as(LayeredTreePropertyTest::onePath);
    return Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(2, two), net.jqwik.api.Tuple.of(3, one))
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

  private static List<Path> layers(Path folder) throws IOException {
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

  private static Paths model() throws IOException {
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

  private static Map<String, String> snapshot(Paths paths, boolean contents) throws IOException {
    return Snapshots.of(paths.locate("/").node(), contents);
  }

  /** What a test does in a folder of its own. */
  @FunctionalInterface
  private interface InFolder {
    void run(Path folder) throws IOException;
  }

  private static void inFolder(InFolder body) throws IOException {
    Path folder = Files.createTempDirectory("layered");
    try {
      body.run(folder);
    } finally {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  private static LayeredTree open(Path folder) throws IOException {
    return LayeredTree.open(layers(folder), folder.resolve("c"), 0, DeviceOpener.NONE);
  }

  private static Paths paths(LayeredTree tree) throws IOException {
    return new Paths(new Mounts(tree, false), Credentials.ROOT);
  }

  @Property(tries = 300)
  void everyOperationHasTheResultThatItHasOnATmpfs(@ForAll("steps") List<Step> steps)
      throws IOException {
    inFolder(
        folder -> {
          Paths model = model();
          try (LayeredTree tree = open(folder)) {
            Paths paths = paths(tree);
            assertThat(snapshot(paths, true)).isEqualTo(snapshot(model, true));
            for (Step step : steps) {
              assertThat(step.on(paths)).as(step.text()).isEqualTo(step.on(model));
            }
            assertThat(snapshot(paths, true)).isEqualTo(snapshot(model, true));
          }
          try (LayeredTree again = open(folder)) {
            assertThat(snapshot(paths(again), true)).isEqualTo(snapshot(model, true));
          }
        });
  }

  @Property(tries = 100)
  void aCompactedJournalMakesTheSameTree(@ForAll("steps") List<Step> steps) throws IOException {
    inFolder(
        folder -> {
          Map<String, String> before;
          try (LayeredTree tree = open(folder)) {
            Paths paths = paths(tree);
            steps.forEach(step -> step.on(paths));
            before = snapshot(paths, true);
            tree.compact();
          }
          try (LayeredTree again = open(folder)) {
            assertThat(snapshot(paths(again), true)).isEqualTo(before);
            again.compact();
          }
          try (LayeredTree again = open(folder)) {
            assertThat(snapshot(paths(again), true)).isEqualTo(before);
          }
        });
  }

  @Property(tries = 100)
  void aJournalThatWasCutIsThatOfAnEarlierMoment(
      @ForAll("steps") List<Step> steps, @ForAll double where) throws IOException {
    inFolder(
        folder -> {
          Path journal = folder.resolve("c/journal");
          List<Long> sizes = new ArrayList<>(List.of(0L));
          List<Map<String, String>> states = new ArrayList<>();
          try (LayeredTree tree = open(folder)) {
            Paths paths = paths(tree);
            states.add(snapshot(paths, false));
            for (Step step : steps) {
              step.on(paths);
              sizes.add(Files.exists(journal) ? Files.size(journal) : 0);
              states.add(snapshot(paths, false));
            }
          }
          long cut = (long) (Math.abs(where % 1) * sizes.getLast());
          if (Files.exists(journal)) {
            byte[] all = Files.readAllBytes(journal);
            Files.write(journal, java.util.Arrays.copyOf(all, (int) cut));
          }
          try (LayeredTree again = open(folder)) {
            int last = 0;
            while (last + 1 < sizes.size() && sizes.get(last + 1) <= cut) {
              last++;
            }
            List<Map<String, String>> possible =
                states.subList(last, Math.min(states.size(), last + 2));
            assertThat(possible).contains(snapshot(paths(again), false));
            again.root().create("after", NewNode.file(0644, 0, 0));
          }
          try (LayeredTree again = open(folder)) {
            assertThat(again.root().lookup("after")).isPresent();
          }
        });
  }
}
