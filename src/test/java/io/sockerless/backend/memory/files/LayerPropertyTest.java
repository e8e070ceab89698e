package io.sockerless.backend.memory.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.backend.core.driver.ContainerSpec;
import io.sockerless.backend.memory.fs.Credentials;
import io.sockerless.backend.memory.fs.Paths;
import io.sockerless.backend.memory.fs.Snapshots;
import io.sockerless.backend.memory.fs.TreeSteps;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is committed, or exported, is what the container had. */
class LayerPropertyTest {

  @Provide
  Arbitrary<List<TreeSteps.Step>> steps() {
    return TreeSteps.any();
  }

  /** What each root has again, whatever became of it in the container that was committed. */
  private static final Set<String> FURNITURE =
      Set.of(
          "",
          "/.dockerenv",
          "/dev",
          "/dev/console",
          "/dev/pts",
          "/dev/shm",
          "/etc",
          "/etc/hostname",
          "/etc/hosts",
          "/etc/mtab",
          "/etc/resolv.conf",
          "/proc",
          "/sys");

  private static Map<String, String> snapshot(ContainerTrees trees, ContainerSpec spec)
      throws IOException {
    try (ContainerMounts mounts = trees.view(spec)) {
      Map<String, String> snapshot = new TreeMap<>(Snapshots.of(mounts.root().root(), true));
      snapshot.keySet().removeAll(FURNITURE);
      return snapshot;
    }
  }

  @Property(tries = 150)
  void aContainerOfTheCommittedLayersHasTheSameFiles(@ForAll("steps") List<TreeSteps.Step> steps)
      throws IOException {
    Path folder = Files.createTempDirectory("layer");
    try {
      ContainerTrees trees = Containers.trees();
      List<Path> layers = new ArrayList<>(TreeSteps.layers(folder));
      ContainerSpec first = Containers.spec(folder.resolve("first"), layers);
      try (ContainerMounts mounts = trees.view(first)) {
        Paths paths = new Paths(mounts.mounts(), Credentials.ROOT);
        steps.forEach(step -> step.on(paths));
      }
      Path committed = folder.resolve("committed.tar");
      Path exported = folder.resolve("exported.tar");
      FilesOfContainer files = new FilesOfContainer(trees, first);
      try (OutputStream layer = Files.newOutputStream(committed);
          OutputStream all = Files.newOutputStream(exported)) {
        files.writeLayer(layer);
        files.export(all);
      }
      layers.add(committed);
      ContainerSpec second = Containers.spec(folder.resolve("second"), layers);
      ContainerSpec third = Containers.spec(folder.resolve("third"), List.of(exported));
      assertThat(snapshot(trees, second)).isEqualTo(snapshot(trees, first));
      assertThat(snapshot(trees, third)).isEqualTo(snapshot(trees, first));
    } finally {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}
