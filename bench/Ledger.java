import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/**
 * What one client has been told, and what it has asked for and not been told: things by their
 * kind and name, each with all that may be so of it.
 */
final class Ledger {

  /** A kind of thing, and what no other of its kind is called. */
  record Key(Kind kind, String name) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byKind = kind.compareTo(other.kind);
      return byKind != 0 ? byKind : name.compareTo(other.name);
    }
  }

  enum Kind {
    CONTAINER,
    VOLUME,
    NETWORK,
    IMAGE
  }

  /** Asks the server for something. */
  interface Request {
    void send() throws IOException;
  }

  private final Map<Key, Set<Fact>> possible = new TreeMap<>();
  private final Set<Key> touched = new TreeSet<>();
  private final Map<String, Integer> acknowledged = new TreeMap<>();
  private final AtomicInteger answers;
  private int underWay;

  /** Counts in {@code answers} as well, which others watch. */
  Ledger(AtomicInteger answers) {
    this.answers = answers;
  }

  /** Sends a request after which a thing is otherwise, which it may be from now on. */
  void change(String what, Key key, Fact after, Request request) throws IOException {
    change(what, key, after, after, request);
  }

  /** The same where there are states between, none of which is wrong if nobody answers. */
  void change(String what, Key key, Fact between, Fact after, Request request)
      throws IOException {
    change(what, key, Set.copyOf(List.of(between, after)), Set.of(after), request);
  }

  /** The same where one of several things is so once it is answered. */
  void change(String what, Key key, Set<Fact> between, Set<Fact> after, Request request)
      throws IOException {
    Set<Fact> meanwhile = new HashSet<>(of(key));
    meanwhile.addAll(between);
    possible.put(key, meanwhile);
    touched.add(key);
    underWay++;
    request.send();
    underWay--;
    possible.put(key, after);
    acknowledged.merge(what, 1, Integer::sum);
    answers.incrementAndGet();
  }

  Set<Fact> of(Key key) {
    return possible.getOrDefault(key, Set.of(Fact.GONE));
  }

  /** The only thing that may be so. */
  Fact certain(Key key) {
    Set<Fact> facts = of(key);
    if (facts.size() != 1) {
      throw new IllegalStateException(key + " may be any of " + facts);
    }
    return facts.iterator().next();
  }

  /** A thing of a kind that is there for certain, and suits. */
  Key pick(Random random, Kind kind, BiPredicate<Key, Fact> suits) {
    List<Key> keys = all(kind, suits);
    return keys.isEmpty() ? null : keys.get(random.nextInt(keys.size()));
  }

  List<Key> all(Kind kind, BiPredicate<Key, Fact> suits) {
    List<Key> keys = new ArrayList<>();
    possible.forEach((key, facts) -> {
      if (key.kind() == kind && facts.size() == 1) {
        Fact fact = facts.iterator().next();
        if (fact != Fact.GONE && suits.test(key, fact)) {
          keys.add(key);
        }
      }
    });
    return keys;
  }

  Set<Key> keys() {
    return possible.keySet();
  }

  Set<Key> touched() {
    return touched;
  }

  Map<String, Integer> acknowledged() {
    return acknowledged;
  }

  int underWay() {
    return underWay;
  }

  /** The server has been killed. */
  void killed() {
    possible.replaceAll(
        (key, facts) -> facts.stream().map(Fact::afterKill).collect(Collectors.toSet()));
  }

  /** From now on it is as it was found; what is gone stays gone, and is looked for ever after. */
  void settle(Key key, Fact found) {
    possible.put(key, Set.of(found));
  }

  void settled() {
    touched.clear();
    underWay = 0;
  }
}
