import java.io.IOException;
import java.util.List;
import java.util.Map;

/** What clients do with volumes, networks and images while a server is about to be killed. */
final class KillOthers {

  /** The label of images that builds leave, finished or not. */
  static final String STEP = "bench.step";

  private final KillRequests me;

  KillOthers(KillRequests me) {
    this.me = me;
  }

  List<KillRequests.Step> steps() {
    return List.of(
        this::makeVolume, this::removeVolume, this::makeNetwork, this::removeNetwork,
        this::importImage, this::loadImage, this::commit, this::build, this::tag,
        this::removeImage);
  }

  private void make(String what, Ledger.Kind kind, String path) throws IOException {
    if (me.isFull(kind)) {
      return;
    }
    String id = "kill-" + me.next();
    String label = Integer.toString(me.random().nextInt(100));
    me.ledger().change(
        what,
        new Ledger.Key(kind, id),
        Fact.named(id).with(Fact.LABEL + "bench.round", label),
        () ->
            me.text(
                "POST",
                path,
                "{\"Name\": \"%s\", \"Labels\": {\"bench.round\": \"%s\"}}".formatted(id, label)));
  }

  /** Only what no container of ours has any more. */
  private void remove(String what, Ledger.Kind kind, String uses, String path)
      throws IOException {
    Ledger.Key key = me.ledger().pick(me.random(), kind, (it, fact) -> !me.isUsed(uses, it));
    if (key != null) {
      me.ledger().change(what, key, Fact.GONE, () -> me.text("DELETE", path + key.name(), ""));
    }
  }

  private void makeVolume() throws IOException {
    make("volume", Ledger.Kind.VOLUME, "/volumes/create");
  }

  private void removeVolume() throws IOException {
    remove("volume removed", Ledger.Kind.VOLUME, KillContainers.VOLUME, "/volumes/");
  }

  private void makeNetwork() throws IOException {
    make("network", Ledger.Kind.NETWORK, "/networks/create");
  }

  private void removeNetwork() throws IOException {
    remove("network removed", Ledger.Kind.NETWORK, KillContainers.NETWORK, "/networks/");
  }

  /** How an image of a name and with a content is asked for. */
  private interface Making {
    void send(String tag, String content) throws IOException;
  }

  private void image(String what, Making making) throws IOException {
    if (me.isFull(Ledger.Kind.IMAGE)) {
      return;
    }
    String tag = "kill-" + me.next() + ":1";
    String content = me.next();
    Fact after = Fact.named(tag).with(Fact.FILE + KillContainers.FOLDER + "/made", content);
    Ledger.Key key = new Ledger.Key(Ledger.Kind.IMAGE, tag);
    me.ledger().change(what, key, after, () -> making.send(tag, content));
  }

  private static Payload files(String content) {
    return Payload.text(Map.of(KillContainers.FOLDER + "/made", content));
  }

  private void importImage() throws IOException {
    image(
        "import",
        (tag, content) ->
            me.http().upload(
                "POST",
                "/images/create?fromSrc=-&repo=" + tag.replace(":", "&tag="),
                files(content)));
  }

  private void loadImage() throws IOException {
    image(
        "load",
        (tag, content) ->
            me.http().upload("POST", "/images/load", Payload.image(tag, "amd64", files(content))));
  }

  private void build() throws IOException {
    image(
        "build",
        (tag, content) -> {
          String dockerfile =
              "FROM %s\nLABEL %s=1\nRUN mkdir /%s && printf %s >/%s/made\n"
                  .formatted(Fixture.IMAGE, STEP, KillContainers.FOLDER, content, KillContainers.FOLDER);
          me.http().upload(
              "POST", "/build?rm=1&t=" + tag, Payload.text(Map.of("Dockerfile", dockerfile)));
        });
  }

  /**
   * Of containers of the fixture's image: of others, an image would come to be another's parent,
   * and those lose their names and stay, as with dockerd.
   */
  private void commit() throws IOException {
    Ledger.Key container =
        me.ledger().pick(
            me.random(),
            Ledger.Kind.CONTAINER,
            (key, fact) ->
                fact.hasFiles()
                    && !fact.is(Fact.RUNNING)
                    && fact.get(KillContainers.IMAGE).isEmpty());
    if (container == null || me.isFull(Ledger.Kind.IMAGE)) {
      return;
    }
    String tag = "kill-" + me.next() + ":1";
    Fact made = me.ledger().certain(container);
    me.ledger().change(
        "commit",
        new Ledger.Key(Ledger.Kind.IMAGE, tag),
        Fact.named(tag).withFilesOf(made),
        () ->
            me.text(
                "POST",
                "/commit?container="
                    + made.get(Fact.NAME)
                    + "&repo="
                    + tag.replace(":", "&tag="),
                ""));
  }

  private void tag() throws IOException {
    Ledger.Key key = me.some(Ledger.Kind.IMAGE);
    if (key == null || me.isFull(Ledger.Kind.IMAGE)) {
      return;
    }
    String tag = "kill-" + me.next() + ":2";
    me.ledger().change(
        "tag",
        new Ledger.Key(Ledger.Kind.IMAGE, tag),
        me.ledger().certain(key).with(Fact.NAME, tag),
        () ->
            me.text("POST", "/images/" + key.name() + "/tag?repo=" + tag.replace(":", "&tag="), ""));
  }

  /** What is made of it and does not run keeps its files; by force, for that is asked before. */
  private void removeImage() throws IOException {
    Ledger.Key key =
        me.ledger().pick(
            me.random(),
            Ledger.Kind.IMAGE,
            (it, fact) ->
                me.ledger()
                    .all(Ledger.Kind.CONTAINER, (_, container) -> container.is(Fact.RUNNING))
                    .stream()
                    .noneMatch(running -> !me.ledger().certain(running).get(KillContainers.IMAGE).isEmpty()));
    if (key != null) {
      me.ledger().change(
          "image removed",
          key,
          Fact.GONE,
          () -> me.text("DELETE", "/images/" + key.name() + "?force=1", ""));
    }
  }
}
