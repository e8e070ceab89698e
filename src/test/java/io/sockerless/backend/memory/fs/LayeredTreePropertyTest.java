package io.sockerless.backend.memory.fs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.backend.memory.fs.TreeSteps.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A container's root does what a tmpfs with the same files does, and does not forget it. */
class LayeredTreePropertyTest {

  @Provide
  Arbitrary<List<Step>> steps() {
    return TreeSteps.any();
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
    return LayeredTree.open(TreeSteps.layers(folder), folder.resolve("c"), 0, DeviceOpener.NONE);
  }

  private static Paths paths(LayeredTree tree) throws IOException {
    return new Paths(new Mounts(tree, false), Credentials.ROOT);
  }

  @Property(tries = 300)
  void everyOperationHasTheResultThatItHasOnATmpfs(@ForAll("steps") List<Step> steps)
      throws IOException {
    inFolder(folder -> {
      Paths model = TreeSteps.model();
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
    inFolder(folder -> {
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
    inFolder(folder -> {
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
        Files.write(journal, Arrays.copyOf(all, (int) cut));
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
