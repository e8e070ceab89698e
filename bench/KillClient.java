import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One of those who put load on a server that will be killed: does one thing after the other with
 * what is its own, chosen by chance, and keeps a ledger of it.
 */
final class KillClient {

  private final KillRequests me;
  private final KillContainers containers;
  private final List<KillRequests.Step> steps = new ArrayList<>();

  KillClient(String name, long seed, AtomicInteger answers) {
    me = new KillRequests(name, seed, answers);
    containers = new KillContainers(me);
    steps.addAll(containers.steps());
    steps.addAll(new KillOthers(me).steps());
  }

  Ledger ledger() {
    return me.ledger();
  }

  /** Says who is asked from now on. */
  void ask(Endpoint endpoint) {
    me.ask(endpoint);
  }

  /** Makes containers, which are there when the load begins. */
  void fill(int count) throws IOException {
    try (Http connection = Http.open(me.server())) {
      me.over(connection);
      for (int i = 0; i < count; i++) {
        containers.createPlain();
      }
    }
  }

  /** Asks for a container of its own, of which it does not matter what is so. */
  void inspect() throws IOException {
    Ledger.Key key = me.some(Ledger.Kind.CONTAINER);
    if (key != null) {
      Http.call(me.server(), "GET", me.path(key) + "/json", "");
    }
  }

  /** Goes on until the server is gone. */
  void load() throws IOException {
    try (Http connection = Http.open(me.server())) {
      me.over(connection);
      while (true) {
        steps.get(me.random().nextInt(steps.size())).run();
      }
    } catch (Http.Refused e) {
      throw e;
    } catch (IOException e) {
      // The server is gone, as it should.
    }
  }

  /** Removes all that is its own. */
  void clear() throws IOException {
    Map<Ledger.Kind, String> paths =
        Map.of(
            Ledger.Kind.VOLUME, "/volumes/",
            Ledger.Kind.NETWORK, "/networks/",
            Ledger.Kind.IMAGE, "/images/");
    try (Http connection = Http.open(me.server())) {
      me.over(connection);
      for (Ledger.Kind kind : Ledger.Kind.values()) {
        for (Ledger.Key key : me.ledger().all(kind, KillRequests::any)) {
          String path =
              kind == Ledger.Kind.CONTAINER ? me.path(key) : paths.get(kind) + key.name();
          me.text("DELETE", path + "?force=1&v=1", "");
        }
      }
    }
  }
}
