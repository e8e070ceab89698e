import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** Compares what a server has with what clients were told, and with what is in its folder. */
final class KillCheck {

  /** Of each client's, how many are looked into though nothing has been done with them. */
  private static final int SAMPLE = 25;
  private static final long PATIENCE_MILLIS = 20_000;

  private final Path data;
  private final Random random;
  private final List<String> wrong = new ArrayList<>();

  KillCheck(Path data, Random random) {
    this.data = data;
    this.random = random;
  }

  /** Answers what is lost, or there and should not be; settles what was under way. */
  List<String> run(Endpoint server, Collection<Ledger> ledgers) throws Exception {
    wrong.clear();
    try (Http http = Http.open(server)) {
      Findings found = Findings.of(server, http);
      Set<Ledger.Key> known = new TreeSet<>();
      for (Ledger ledger : ledgers) {
        compare(ledger, found);
        known.addAll(ledger.keys());
      }
      for (Map.Entry<Ledger.Key, Fact> each : found.listed().entrySet()) {
        if (!known.contains(each.getKey())) {
          wrong.add("nobody asked for " + each);
        }
      }
      debris(found);
    }
    return List.copyOf(wrong);
  }

  private void compare(Ledger ledger, Findings found) throws Exception {
    for (Ledger.Key key : List.copyOf(ledger.keys())) {
      Set<Fact> possible = ledger.of(key);
      boolean whole =
          ledger.touched().contains(key)
              || possible.stream().anyMatch(it -> it.is(Fact.RUNNING))
              || isInSample(ledger);
      Fact fact = whole ? whole(key, possible, found) : found.listed(key);
      boolean isMet = possible.stream().anyMatch(it -> it.isMet(fact, whole));
      if (!isMet) {
        wrong.add(key + " should be " + shortened(possible) + " and is " + shortened(fact));
      } else if (whole) {
        ledger.settle(key, fact);
      }
    }
    ledger.settled();
  }

  private boolean isInSample(Ledger ledger) {
    return random.nextInt(1 + ledger.keys().size()) < SAMPLE;
  }

  private static String shortened(Object fact) {
    return fact.toString().replaceAll("x{100,}", "xxx…");
  }

  /** Waits for what a restart policy will start. */
  private static Fact whole(Ledger.Key key, Set<Fact> possible, Findings found) throws Exception {
    boolean withFiles = possible.stream().anyMatch(Fact::hasFiles);
    long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
    Fact fact = found.whole(key, withFiles);
    while (isAwaited(possible, fact) && System.nanoTime() < end) {
      Thread.sleep(20);
      fact = found.whole(key, withFiles);
    }
    return fact;
  }

  private static boolean isAwaited(Set<Fact> possible, Fact fact) {
    return !fact.is(Fact.RUNNING)
        && possible.stream().noneMatch(it -> it.isMet(fact, true))
        && possible.stream().anyMatch(it -> it.is(Fact.RUNNING));
  }

  private void debris(Findings found) throws IOException {
    expect("forgotten volumes", found.forgottenVolumes());
    expect("images without a name", found.unnamedImages());
    expect("unfinished files of images", names("content/partial").size());
    expect("unfinished builds", names("build").size());
    expectKnown("containers", found.containerIds());
    expectKnown("volumes", found.volumes());
  }

  /** Where content of images is. */
  Set<String> content() throws IOException {
    Set<String> content = new TreeSet<>(names("content/layers"));
    content.addAll(names("content/blobs"));
    return content;
  }

  /** Answers what is left in the folder once everything has been removed. */
  List<String> leftovers(Set<String> contentBefore) throws IOException {
    List<String> left = new ArrayList<>(names("containers"));
    left.addAll(names("volumes"));
    content().stream().filter(it -> !contentBefore.contains(it)).forEach(left::add);
    return left;
  }

  private void expect(String what, long count) {
    if (count > 0) {
      wrong.add(count + " " + what);
    }
  }

  private void expectKnown(String folder, Set<String> known) throws IOException {
    for (String name : names(folder)) {
      if (!known.contains(name)) {
        wrong.add("nobody needs " + folder + "/" + name);
      }
    }
  }

  private List<String> names(String folder) throws IOException {
    Path path = data.resolve(folder);
    List<String> names = new ArrayList<>();
    if (Files.isDirectory(path)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
        entries.forEach(it -> names.add(it.getFileName().toString()));
      }
    }
    return names;
  }
}
