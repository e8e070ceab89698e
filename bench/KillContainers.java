import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What clients do with containers while a server is about to be killed. */
final class KillContainers {

  /** What every container is labelled with, so that one made without an answer is known. */
  static final String KEY = "bench.kill";

  /** Where files are put. */
  static final String FOLDER = "bench";

  /** Where containers have their volume. */
  static final String VOLUME_FOLDER = "volume";

  static final String IMAGE = "image";
  static final String SHARES = "cpu shares";
  static final String NETWORK = "network";
  static final String VOLUME = "volume";

  /** What containers may have of their own client's. */
  private static final List<Map.Entry<String, Ledger.Kind>> PARTS =
      List.of(
          Map.entry(VOLUME, Ledger.Kind.VOLUME),
          Map.entry(NETWORK, Ledger.Kind.NETWORK),
          Map.entry(IMAGE, Ledger.Kind.IMAGE));

  private static final String SLEEP = "\"sleep\", \"86400\"";
  private static final String TO_THE_END = "run";
  private static final int MOST_RUNNING = 6;
  private static final List<String> POLICIES =
      List.of("", "", "always", "unless-stopped", "on-failure");

  private final KillRequests me;

  KillContainers(KillRequests me) {
    this.me = me;
  }

  /** What is done most, most often. */
  List<KillRequests.Step> steps() {
    return List.of(
        this::create, this::create, this::start, this::start, this::stop, this::remove,
        this::remove, this::runToEnd, this::rename, this::update, this::put,
        this::putIntoVolume, this::exec);
  }

  /** One with nothing special. */
  void createPlain() throws IOException {
    create(Fact.GONE.with(Fact.LABEL + "bench.round", "0"), SLEEP);
  }

  private static boolean isRunning(Ledger.Key key, Fact fact) {
    return fact.is(Fact.RUNNING);
  }

  private Ledger.Key container(String state) {
    return me.ledger()
        .pick(me.random(), Ledger.Kind.CONTAINER, (key, fact) -> fact.is(state));
  }

  private void create() throws IOException {
    String round = Integer.toString(me.random().nextInt(100));
    Fact fact = Fact.GONE.with(Fact.LABEL + "bench.round", round);
    String policy = POLICIES.get(me.random().nextInt(POLICIES.size()));
    fact = policy.isEmpty() ? fact : fact.with(Fact.RESTART, policy);
    for (Map.Entry<String, Ledger.Kind> part : PARTS) {
      Ledger.Key chosen = me.random().nextInt(4) == 0 ? me.some(part.getValue()) : null;
      if (chosen != null) {
        fact = fact.with(part.getKey(), chosen.name());
        if (chosen.kind() == Ledger.Kind.IMAGE) {
          fact = fact.withFilesOf(me.ledger().certain(chosen));
        }
      }
    }
    create(fact, SLEEP);
  }

  private Ledger.Key create(Fact wanted, String command) throws IOException {
    String id = me.next();
    Ledger.Key key = new Ledger.Key(Ledger.Kind.CONTAINER, id);
    Fact fact =
        wanted
            .with(Fact.NAME, "kill-" + id)
            .with(Fact.LABEL + KEY, id)
            .with(Fact.STATE, Fact.CREATED);
    String volume = fact.get(VOLUME).isEmpty() ? "" : fact.get(VOLUME) + ":/" + VOLUME_FOLDER;
    String image = fact.get(IMAGE).isEmpty() ? Fixture.IMAGE : fact.get(IMAGE);
    String json =
        """
        {"Image": "%s", "Cmd": [%s], "Labels": {"%s": "%s", "bench.round": "%s"},
         "Volumes": {%s}, "HostConfig": {"Binds": [%s], "NetworkMode": "%s", "AutoRemove": %s,
         "RestartPolicy": {"Name": "%s"}}}\
        """
            .formatted(
                image,
                command,
                KEY,
                id,
                fact.get(Fact.LABEL + "bench.round"),
                me.random().nextInt(8) == 0 ? "\"/anonymous\": {}" : "",
                volume.isEmpty() ? "" : '"' + volume + '"',
                fact.get(NETWORK).isEmpty() ? "none" : fact.get(NETWORK),
                !fact.get(Fact.AUTO_REMOVE).isEmpty(),
                fact.get(Fact.RESTART));
    me.ledger().change(
        "create", key, fact, () -> me.text("POST", "/containers/create?name=kill-" + id, json));
    return key;
  }

  /**
   * None that was to run to its end, and was killed before: it would not be running for long. None
   * of an image of a client's own either, most of which have no program.
   */
  private void start() throws IOException {
    String state = me.random().nextBoolean() ? Fact.CREATED : Fact.KILLED;
    Ledger.Key key =
        me.ledger().pick(
            me.random(),
            Ledger.Kind.CONTAINER,
            (_, fact) ->
                fact.is(state)
                    && fact.get(IMAGE).isEmpty()
                    && !fact.get(Fact.LABEL + "bench.round").equals(TO_THE_END));
    if (key == null
        || me.ledger().all(Ledger.Kind.CONTAINER, KillContainers::isRunning).size() >= MOST_RUNNING) {
      return;
    }
    Fact after = me.ledger().certain(key).with(Fact.STATE, Fact.RUNNING);
    me.ledger().change("start", key, after, () -> me.text("POST", me.path(key) + "/start", ""));
  }

  private void stop() throws IOException {
    Ledger.Key key = container(Fact.RUNNING);
    if (key != null) {
      Fact after = me.ledger().certain(key).with(Fact.STATE, Fact.KILLED);
      me.ledger().change("stop", key, after, () -> me.text("POST", me.path(key) + "/stop?t=0", ""));
    }
  }

  private void remove() throws IOException {
    Ledger.Key key = me.some(Ledger.Kind.CONTAINER);
    me.ledger().change(
        "remove", key, Fact.GONE, () -> me.text("DELETE", me.path(key) + "?force=1&v=1", ""));
  }

  /** As {@code docker run} does, and {@code docker run --rm}. */
  private void runToEnd() throws IOException {
    boolean removed = me.random().nextBoolean();
    Fact wanted = Fact.GONE.with(Fact.LABEL + "bench.round", TO_THE_END);
    Ledger.Key key =
        create(removed ? wanted.with(Fact.AUTO_REMOVE, "true") : wanted, "\"true\"");
    String path = me.path(key);
    Fact running = me.ledger().certain(key).with(Fact.STATE, Fact.RUNNING);
    Fact after = removed ? Fact.GONE : running.with(Fact.STATE, Fact.ENDED);
    Set<Fact> started = Set.of(running, after);
    me.ledger().change("run", key, started, started, () -> me.text("POST", path + "/start", ""));
    me.ledger().change(
        "wait",
        key,
        after,
        () -> {
          try {
            me.text("POST", path + "/wait?condition=" + (removed ? "removed" : "not-running"), "");
          } catch (Http.Refused e) {
            if (!removed || !e.getMessage().contains("404")) {
              throw e;
            }
          }
        });
  }

  private void rename() throws IOException {
    Ledger.Key key = me.some(Ledger.Kind.CONTAINER);
    Fact before = me.ledger().certain(key);
    String newName = "kill-" + key.name() + "-as-" + me.count();
    me.ledger().change(
        "rename",
        key,
        before.with(Fact.NAME, newName),
        () ->
            me.text(
                "POST", "/containers/" + before.get(Fact.NAME) + "/rename?name=" + newName, ""));
  }

  private void update() throws IOException {
    Ledger.Key key = me.some(Ledger.Kind.CONTAINER);
    int shares = me.random().nextInt(2, 1000);
    me.ledger().change(
        "update",
        key,
        me.ledger().certain(key).with(SHARES, Integer.toString(shares)),
        () -> me.text("POST", me.path(key) + "/update", "{\"CpuShares\": " + shares + "}"));
  }

  /** As {@code docker cp} does. */
  private void put() throws IOException {
    Ledger.Key key = me.some(Ledger.Kind.CONTAINER);
    put(key, key, FOLDER);
  }

  private void putIntoVolume() throws IOException {
    Ledger.Key container =
        me.ledger().pick(
            me.random(), Ledger.Kind.CONTAINER, (key, fact) -> !fact.get(VOLUME).isEmpty());
    if (container != null) {
      String volume = me.ledger().certain(container).get(VOLUME);
      put(container, new Ledger.Key(Ledger.Kind.VOLUME, volume), VOLUME_FOLDER);
    }
  }

  private void put(Ledger.Key container, Ledger.Key owner, String folder) throws IOException {
    String file = folder + "/put" + me.random().nextInt(4);
    String content = content();
    Fact before = me.ledger().certain(owner);
    me.ledger().change(
        "put",
        owner,
        before.with(Fact.FILE + file, Fact.ANYTHING),
        before.with(Fact.FILE + file, content),
        () ->
            me.http().upload(
                "PUT", me.path(container) + "/archive?path=/", Payload.text(Map.of(file, content))));
  }

  /** Now and then more than a buffer. */
  private String content() {
    return me.next() + "x".repeat(me.random().nextInt(8) == 0 ? me.random().nextInt(200_000) : 0);
  }

  private void exec() throws IOException {
    Ledger.Key key = container(Fact.RUNNING);
    if (key == null) {
      return;
    }
    String file = FOLDER + "/exec" + me.random().nextInt(4);
    String content = me.next();
    String command = "mkdir -p /%s && printf %s >/%s".formatted(FOLDER, content, file);
    Fact before = me.ledger().certain(key);
    me.ledger().change(
        "exec",
        key,
        before.with(Fact.FILE + file, Fact.ANYTHING),
        before.with(Fact.FILE + file, content),
        () -> {
          String json =
              "{\"AttachStdout\": true, \"Cmd\": [\"sh\", \"-c\", \"" + command + "\"]}";
          String exec = "/exec/" + Fixture.id(me.text("POST", me.path(key) + "/exec", json));
          try (Http stream = Http.open(me.server())) {
            stream.hijack(exec + "/start", "{}");
            stream.readFrames();
          }
          String ended = Json.string(Json.object(me.text("GET", exec + "/json", "")), "ExitCode");
          if (!ended.equals("0")) {
            throw new Http.Refused(command + " ended with " + ended);
          }
        });
  }
}
