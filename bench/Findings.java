import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a server has, in the words of {@link Fact}: in lists first, and of one thing all of it. */
final class Findings {

  private static final String MINE = "kill-";
  private static final String ROUND = "bench.round";

  private final Endpoint server;
  private final Http http;
  private final Map<Ledger.Key, Fact> listed = new TreeMap<>();
  private final Map<Ledger.Key, String> ids = new TreeMap<>();
  private final Set<String> containerIds = new TreeSet<>();
  private final Set<String> volumes = new TreeSet<>();
  private final Set<String> volumesInUse = new TreeSet<>();
  private int unnamedImages;

  private Findings(Endpoint server, Http http) {
    this.server = server;
    this.http = http;
  }

  /** Reads all lists. */
  static Findings of(Endpoint server, Http http) throws IOException {
    Findings findings = new Findings(server, http);
    findings.readContainers();
    findings.readVolumes();
    findings.readNetworks();
    findings.readImages();
    return findings;
  }

  private String get(String path) throws IOException {
    return http.text(server, "GET", path, "");
  }

  private void add(Ledger.Kind kind, String name, String id, Fact fact) {
    Ledger.Key key = new Ledger.Key(kind, name);
    listed.put(key, fact);
    ids.put(key, id);
  }

  private void readContainers() throws IOException {
    for (Object each : Json.array(get("/containers/json?all=1"))) {
      Map<String, Object> container = Json.members(each);
      Map<String, Object> labels = Json.members(container.get("Labels"));
      String id = Json.string(container, "Id");
      containerIds.add(id);
      Json.elements(container.get("Mounts"))
          .forEach(mount -> volumesInUse.add(Json.string(Json.members(mount), "Name")));
      String code = Json.string(container, "Status").replaceAll("Exited \\((\\d+)\\).*", "$1");
      String name = Json.elements(container.get("Names")).getFirst().toString().substring(1);
      add(
          Ledger.Kind.CONTAINER,
          Json.string(labels, KillContainers.KEY),
          id,
          Fact.named(name)
              .with(Fact.STATE, state(Json.string(container, "State"), code))
              .with(Fact.LABEL + KillContainers.KEY, Json.string(labels, KillContainers.KEY))
              .with(Fact.LABEL + ROUND, Json.string(labels, ROUND)));
    }
  }

  private static String state(String state, String code) {
    return state.equals("exited") ? state + " " + code : state;
  }

  private void readVolumes() throws IOException {
    for (Object each : Json.elements(Json.object(get("/volumes")).get("Volumes"))) {
      String name = Json.string(Json.members(each), "Name");
      volumes.add(name);
      if (name.startsWith(MINE)) {
        add(Ledger.Kind.VOLUME, name, name, labelled(name, Json.members(each)));
      }
    }
  }

  private void readNetworks() throws IOException {
    for (Object each : Json.array(get("/networks"))) {
      String name = Json.string(Json.members(each), "Name");
      if (name.startsWith(MINE)) {
        add(Ledger.Kind.NETWORK, name, name, labelled(name, Json.members(each)));
      }
    }
  }

  private static Fact labelled(String name, Map<String, Object> document) {
    String round = Json.string(Json.members(document.get("Labels")), ROUND);
    return Fact.named(name).with(Fact.LABEL + ROUND, round);
  }

  private void readImages() throws IOException {
    for (Object each : Json.array(get("/images/json"))) {
      Map<String, Object> image = Json.members(each);
      boolean isNamed = false;
      for (Object tag : Json.elements(image.get("RepoTags"))) {
        isNamed |= !tag.equals("<none>:<none>");
        if (tag.toString().startsWith(MINE)) {
          add(Ledger.Kind.IMAGE, tag.toString(), tag.toString(), Fact.named(tag.toString()));
        }
      }
      // Steps of a build that did not end serve the next one like it.
      boolean isStep = Json.members(image.get("Labels")).containsKey(KillOthers.STEP);
      unnamedImages += isNamed || isStep ? 0 : 1;
    }
  }

  Map<Ledger.Key, Fact> listed() {
    return listed;
  }

  Set<String> containerIds() {
    return containerIds;
  }

  Set<String> volumes() {
    return volumes;
  }

  /** Volumes without a name that no container has. */
  long forgottenVolumes() {
    return volumes.stream()
        .filter(it -> !it.startsWith(MINE) && !volumesInUse.contains(it))
        .count();
  }

  int unnamedImages() {
    return unnamedImages;
  }

  Fact listed(Ledger.Key key) {
    return listed.getOrDefault(key, Fact.GONE);
  }

  /** All that can be said of a thing that is listed; its files only if there should be some. */
  Fact whole(Ledger.Key key, boolean withFiles) throws IOException {
    String id = ids.get(key);
    if (id == null) {
      return Fact.GONE;
    }
    Fact fact =
        key.kind() == Ledger.Kind.CONTAINER ? container(id, listed(key)) : listed(key);
    return withFiles ? withFiles(fact, key.kind(), id) : fact;
  }

  private Fact container(String id, Fact listed) throws IOException {
    Map<String, Object> container = Json.object(get("/containers/" + id + "/json"));
    Map<String, Object> host = Json.members(container.get("HostConfig"));
    Map<String, Object> state = Json.members(container.get("State"));
    Fact fact =
        listed
            .with(Fact.NAME, Json.string(container, "Name").substring(1))
            .with(Fact.STATE, state(Json.string(state, "Status"), Json.string(state, "ExitCode")));
    Map<String, String> more = new TreeMap<>();
    more.put(Fact.RESTART, Json.string(Json.members(host.get("RestartPolicy")), "Name"));
    more.put(Fact.AUTO_REMOVE, Json.string(host, "AutoRemove"));
    more.put(KillContainers.SHARES, Json.string(host, "CpuShares"));
    more.put(KillContainers.NETWORK, Json.string(host, "NetworkMode"));
    more.put(KillContainers.IMAGE, Json.string(Json.members(container.get("Config")), "Image"));
    for (Object bind : Json.elements(host.get("Binds"))) {
      more.put(KillContainers.VOLUME, bind.toString().replaceFirst(":.*", ""));
    }
    more.values().removeIf(it -> Set.of("", "no", "false", "0", "none", Fixture.IMAGE).contains(it));
    for (Map.Entry<String, String> each : more.entrySet()) {
      fact = fact.with(each.getKey(), each.getValue());
    }
    return fact;
  }

  private Fact withFiles(Fact fact, Ledger.Kind kind, String id) throws IOException {
    if (kind == Ledger.Kind.CONTAINER) {
      return withFiles(fact, id, KillContainers.FOLDER);
    }
    // Whatever else has files is looked into through a container.
    boolean isImage = kind == Ledger.Kind.IMAGE;
    String folder = isImage ? KillContainers.FOLDER : KillContainers.VOLUME_FOLDER;
    String json =
        "{\"Image\": \"%s\", \"Cmd\": [\"true\"], \"HostConfig\": {\"Binds\": [%s]}}"
            .formatted(
                isImage ? id : Fixture.IMAGE, isImage ? "" : "\"" + id + ":/" + folder + "\"");
    String container = Fixture.id(http.text(server, "POST", "/containers/create", json));
    Fact whole = withFiles(fact, container, folder);
    http.text(server, "DELETE", "/containers/" + container + "?v=1", "");
    return whole;
  }

  private Fact withFiles(Fact fact, String container, String folder) throws IOException {
    Fact whole = fact;
    try {
      String tar = get("/containers/" + container + "/archive?path=/" + folder);
      for (Map.Entry<String, String> file : Untar.files(tar).entrySet()) {
        whole = whole.with(Fact.FILE + file.getKey(), file.getValue());
      }
    } catch (Http.Refused e) {
      // No such folder, so no such files.
      System.getLogger("kill").log(System.Logger.Level.DEBUG, e.getMessage());
    }
    return whole;
  }
}
