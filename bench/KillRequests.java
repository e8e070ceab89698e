import java.io.IOException;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** What one of those who put load on a server has in hand: a connection, chance, and a ledger. */
final class KillRequests {

  /** No client keeps more of anything but containers. */
  static final int MOST = 6;

  private final String name;
  private final Random random;
  private final Ledger ledger;
  private int made;
  private Endpoint server;
  private Http http;

  KillRequests(String name, long seed, AtomicInteger answers) {
    this.name = name;
    this.random = new Random(seed);
    this.ledger = new Ledger(answers);
  }

  /** Says who is asked from now on. */
  void ask(Endpoint endpoint) {
    server = endpoint;
  }

  /** Says over which connection. */
  void over(Http connection) {
    http = connection;
  }

  Endpoint server() {
    return server;
  }

  Http http() {
    return http;
  }

  Ledger ledger() {
    return ledger;
  }

  Random random() {
    return random;
  }

  String text(String method, String path, String json) throws IOException {
    return http.text(server, method, path, json);
  }

  /** A name that nothing else has or had. */
  String next() {
    return name + "-" + count();
  }

  int count() {
    return made++;
  }

  static boolean any(Ledger.Key key, Fact fact) {
    return true;
  }

  Ledger.Key some(Ledger.Kind kind) {
    return ledger.pick(random, kind, KillRequests::any);
  }

  boolean isFull(Ledger.Kind kind) {
    return ledger.all(kind, KillRequests::any).size() >= MOST;
  }

  /** Whether a container says so. */
  boolean isUsed(String what, Ledger.Key key) {
    return !ledger
        .all(Ledger.Kind.CONTAINER, (other, fact) -> fact.get(what).equals(key.name()))
        .isEmpty();
  }

  /** The path of a container, by the name that it has. */
  String path(Ledger.Key container) {
    Fact fact = ledger.of(container).stream().filter(it -> it != Fact.GONE).findFirst().get();
    return "/containers/" + fact.get(Fact.NAME);
  }

  /** An operation, which may find nothing to do. */
  interface Step {
    void run() throws IOException;
  }
}
