import java.util.Map;
import java.util.TreeMap;

/**
 * What is so of a container, volume, network or image, in words that can be compared: its name,
 * state, labels, settings and files, whatever has been acknowledged of them.
 */
record Fact(Map<String, String> says) {

  /** It is not there. */
  static final Fact GONE = new Fact(Map.of());

  /** Of a file that was being written: anything, or nothing. */
  static final String ANYTHING = "?";

  static final String NAME = "name";
  static final String STATE = "state";
  static final String LABEL = "label ";
  static final String FILE = "file ";
  static final String RESTART = "restart";
  static final String AUTO_REMOVE = "removed with its end";

  static final String CREATED = "created";
  static final String RUNNING = "running";
  static final String KILLED = "exited 137";
  static final String ENDED = "exited 0";

  Fact {
    says = Map.copyOf(says);
  }

  static Fact named(String name) {
    return GONE.with(NAME, name);
  }

  Fact with(String what, String value) {
    Map<String, String> more = new TreeMap<>(says);
    more.put(what, value);
    return new Fact(more);
  }

  String get(String what) {
    return says.getOrDefault(what, "");
  }

  boolean is(String state) {
    return get(STATE).equals(state);
  }

  boolean hasFiles() {
    return says.keySet().stream().anyMatch(it -> it.startsWith(FILE));
  }

  /** With the files of another one. */
  Fact withFilesOf(Fact other) {
    Map<String, String> more = new TreeMap<>(says);
    other.says.forEach((what, value) -> {
      if (what.startsWith(FILE)) {
        more.put(what, value);
      }
    });
    return new Fact(more);
  }

  /** What becomes of it when the server is killed and there again. */
  Fact afterKill() {
    String state = get(STATE);
    if (state.isEmpty() || state.equals(CREATED)) {
      return this;
    }
    if (says.containsKey(AUTO_REMOVE)) {
      return GONE;
    }
    boolean ran = state.equals(RUNNING);
    boolean again =
        switch (get(RESTART)) {
          case "always" -> true;
          case "unless-stopped" -> ran;
          case "on-failure" -> !state.equals(ENDED);
          default -> false;
        };
    return with(STATE, again ? RUNNING : ran ? KILLED : state);
  }

  /** Whether what was found is this: as far as a list tells, or all of it. */
  boolean isMet(Fact found, boolean whole) {
    if (says.isEmpty() || found.says.isEmpty()) {
      return says.isEmpty() && found.says.isEmpty();
    }
    Map<String, String> expected = new TreeMap<>(says);
    Map<String, String> actual = new TreeMap<>(found.says);
    says.forEach((what, value) -> {
      if (value.equals(ANYTHING)) {
        expected.remove(what);
        actual.remove(what);
      }
    });
    if (!whole) {
      expected.keySet().removeIf(it -> !isListed(it));
      actual.keySet().removeIf(it -> !isListed(it));
    }
    return expected.equals(actual);
  }

  private static boolean isListed(String what) {
    return what.equals(NAME) || what.equals(STATE) || what.startsWith(LABEL);
  }

  @Override
  public String toString() {
    return says.isEmpty() ? "nothing" : new TreeMap<>(says).toString();
  }
}
