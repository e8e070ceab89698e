package io.sockerless.backend.core.container;

import io.sockerless.engine.EngineException;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Names of containers: what may be one, and one for a container that was given none. */
final class ContainerNames {

  private static final Pattern ALLOWED = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]+");

  private static final List<String> ADJECTIVES =
      List.of(
          "able", "agile", "amber", "ample", "bold", "brave", "breezy", "bright", "brisk", "calm",
          "candid", "clear", "clever", "cosy", "crisp", "curious", "daring", "deep", "eager",
          "early", "easy", "fair", "fast", "fine", "firm", "fleet", "fond", "frank", "free",
          "fresh", "gentle", "glad", "golden", "grand", "green", "happy", "hardy", "honest",
          "humble", "jolly", "keen", "kind", "late", "light", "lively", "loyal", "lucky", "mellow",
          "merry", "mighty", "mild", "misty", "neat", "nimble", "noble", "patient", "plain",
          "polite", "proud", "quick", "quiet", "rapid", "ready", "robust", "round", "royal",
          "sharp", "shiny", "silent", "simple", "sleek", "smart", "smooth", "snowy", "solid",
          "spry", "steady", "still", "stout", "sunny", "swift", "tall", "tidy", "trim", "true",
          "vivid", "warm", "wise", "witty", "young");

  private static final List<String> NOUNS =
      List.of(
          "acorn",
          "alder",
          "anchor",
          "arrow",
          "badger",
          "barge",
          "basin",
          "beacon",
          "birch",
          "bison",
          "brook",
          "cable",
          "canal",
          "canyon",
          "cedar",
          "cliff",
          "clover",
          "comet",
          "coral",
          "crane",
          "creek",
          "cutter",
          "delta",
          "dock",
          "dolphin",
          "dune",
          "eagle",
          "ember",
          "falcon",
          "fern",
          "ferry",
          "fjord",
          "forest",
          "frigate",
          "gale",
          "glacier",
          "grove",
          "gull",
          "harbor",
          "hawk",
          "hazel",
          "heron",
          "hill",
          "hull",
          "inlet",
          "island",
          "jetty",
          "kayak",
          "keel",
          "kite",
          "lagoon",
          "lake",
          "lantern",
          "larch",
          "lark",
          "ledge",
          "lily",
          "lynx",
          "maple",
          "marsh",
          "mast",
          "meadow",
          "mesa",
          "moon",
          "moss",
          "oak",
          "oar",
          "ocean",
          "orca",
          "orchid",
          "osprey",
          "otter",
          "owl",
          "peak",
          "pebble",
          "pelican",
          "pier",
          "pine",
          "plover",
          "pond",
          "port",
          "puffin",
          "quay",
          "rapids",
          "raven",
          "reed",
          "reef",
          "ridge",
          "river",
          "robin",
          "rudder",
          "sail",
          "salmon",
          "schooner",
          "seal",
          "shore",
          "sloop",
          "spruce",
          "stork",
          "stream",
          "summit",
          "swan",
          "tern",
          "thistle",
          "tide",
          "trout",
          "tundra",
          "valley",
          "walrus",
          "wave",
          "whale",
          "willow",
          "wren",
          "yacht");

  private static final int TRIES = 6;
  private static final int NUMBERED = 1_000_000;

  private ContainerNames() {}

  /**
   * The name without its slash.
   *
   * @throws EngineException.InvalidParameter in Docker's words if it cannot be one
   */
  static String check(String name) {
    String bare = name.startsWith("/") ? name.substring(1) : name;
    if (!ALLOWED.matcher(bare).matches()) {
      throw new EngineException.InvalidParameter(
          "Invalid container name (" + name + "), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed");
    }
    return bare;
  }

  /** An {@code adjective_noun} that nobody has; with a number once they grow rare. */
  static String generate(RandomGenerator random, Predicate<String> isTaken) {
    for (int i = 0; ; i++) {
      String name =
          ADJECTIVES.get(random.nextInt(ADJECTIVES.size()))
              + "_"
              + NOUNS.get(random.nextInt(NOUNS.size()));
      String candidate = i < TRIES ? name : name + random.nextInt(NUMBERED);
      if (!isTaken.test(candidate)) {
        return candidate;
      }
    }
  }
}
