package io.sockerless.backend.core.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sockerless.backend.core.Calls;
import io.sockerless.backend.core.FakeContainers;
import io.sockerless.backend.core.RecordedEvents;
import io.sockerless.backend.core.store.Store;
import io.sockerless.engine.Call;
import io.sockerless.engine.EngineException;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoreVolumesTest {

  @TempDir Path folder;
  private final RecordedEvents events = new RecordedEvents();
  private final FakeContainers containers = new FakeContainers();
  private Store store;
  private CoreVolumes volumes;

  @BeforeEach
  void open() {
    store = Store.open(folder);
    BindPolicy policy = new BindPolicy(Optional.empty(), folder);
    volumes = new CoreVolumes(new LocalVolumes(store, policy, events), () -> containers);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private JsonObject create(String body) {
    return volumes.create(Calls.body(body.replace('\'', '"'))).document().asJsonObject();
  }

  private JsonObject inspect(String name) {
    return volumes.inspect(name, Calls.query()).document().asJsonObject();
  }

  private Path data(String name) {
    return Path.of(inspect(name).getString("Mountpoint"));
  }

  private List<String> names(String filters) {
    return volumes
        .list(Calls.filters(filters.replace('\'', '"')))
        .document()
        .asJsonObject()
        .getJsonArray("Volumes")
        .getValuesAs(it -> it.asJsonObject().getString("Name"));
  }

  private List<String> pruned(Call call) {
    return volumes
        .prune(call)
        .document()
        .asJsonObject()
        .getJsonArray("VolumesDeleted")
        .getValuesAs(JsonString::getString);
  }

  private void use(String volume, String container) {
    JsonArray mounts =
        Json.createArrayBuilder()
            .add(Json.createObjectBuilder().add("Type", "volume").add("Name", volume))
            .build();
    containers.add(
        container, "exited", JsonValue.EMPTY_JSON_OBJECT, mounts, JsonValue.EMPTY_JSON_OBJECT);
  }

  @Test
  void aVolumeHasTheFieldsOfDockers() {
    JsonObject volume = create("{'Name':'data','Labels':{'a':'b'}}");
    assertThat(volume.keySet())
        .containsExactlyInAnyOrder(
            "CreatedAt", "Driver", "Labels", "Mountpoint", "Name", "Options", "Scope");
    assertThat(volume.getString("Driver")).isEqualTo("local");
    assertThat(volume).isEqualTo(inspect("data"));
    assertThat(data("data")).isDirectory();
  }

  @Test
  void aVolumeAndItsDataSurviveARestart() throws IOException {
    JsonObject before = create("{'Name':'data'}");
    Files.writeString(data("data").resolve("file"), "kept");
    store.close();
    open();
    assertThat(inspect("data")).isEqualTo(before);
    assertThat(data("data").resolve("file")).hasContent("kept");
  }

  @Test
  void aVolumeThatIsThereIsFoundAndNotMadeAnew() {
    JsonObject first = create("{'Name':'data','Labels':{'a':'b'}}");
    assertThat(create("{'Name':'data'}")).isEqualTo(first);
    assertThat(events.lines()).containsExactly("volume create data {driver=local}");
  }

  @Test
  void aVolumeThatIsThereIsFoundWhateverOptionsAreGiven() {
    JsonObject first = create("{'Name':'data'}");
    assertThat(create("{'Name':'data','DriverOpts':{'type':'other'}}")).isEqualTo(first);
  }

  @Test
  void aVolumeWithoutANameIsMarked() {
    JsonObject volume = create("{}");
    assertThat(volume.getString("Name")).matches("[0-9a-f]{64}");
    assertThat(volume.getJsonObject("Labels")).containsKey("com.docker.volume.anonymous");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'Name':'v'} | 400 | create v: volume name is too short, names should be at least two"
            + " alphanumeric characters",
        "{'Name':'../v'} | 400 | create ../v: \"../v\" includes invalid characters for a local"
            + " volume name, only \"[a-zA-Z0-9][a-zA-Z0-9_.-]\" are allowed. If you intended to"
            + " pass a host directory, use absolute path",
        "{'Name':'vv','Driver':'nope'} | 404 | create vv: error looking up volume plugin nope:"
            + " plugin \"nope\" not found",
        "{'Name':'vv','DriverOpts':{'foo':'x'}} | 400 | create vv: invalid option: \"foo\"",
        "{'Name':'vv','DriverOpts':{'device':'/x'}} | 400 | create vv: missing required option:"
            + " \"type\"",
        "{'Name':'vv','DriverOpts':{'type':'none'}} | 400 | create vv: missing required option:"
            + " \"device\"",
      })
  void whatCannotBeCreatedIsRefusedInDockersWords(String body, int status, String message) {
    EngineException refused = catchThrowableOfType(EngineException.class, () -> create(body));
    assertThat(refused.status()).isEqualTo(status);
    assertThat(refused).hasMessage(message);
    assertThat(names("")).isEmpty();
  }

  @Test
  void aFileSystemOfTheKernelsIsAnHonestError() {
    assertThatThrownBy(
            () -> create("{'Name':'vv','DriverOpts':{'type':'nfs','o':'addr=x','device':':/x'}}"))
        .isInstanceOf(EngineException.NotImplemented.class)
        .hasMessageContaining("nfs");
  }

  @Test
  void aBindVolumeIsHeldToThePolicy() {
    String body =
        "{'Name':'vv','DriverOpts':{'type':'none','o':'bind','device':'%s'}}"
            .formatted(folder.resolve("volumes"));
    EngineException refused = catchThrowableOfType(EngineException.class, () -> create(body));
    assertThat(refused.status()).isEqualTo(403);
  }

  @Test
  void aVolumeInUseIsNotRemoved() {
    create("{'Name':'data'}");
    use("data", "c1");
    EngineException refused =
        catchThrowableOfType(
            EngineException.class, () -> volumes.remove("data", Calls.query("force", "1")));
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused).hasMessage("remove data: volume is in use - [c1]");
  }

  @Test
  void aRemovedVolumeTakesItsDataAlong() throws IOException {
    create("{'Name':'data'}");
    Path data = data("data");
    Path closed = Files.createDirectories(data.resolve("closed/inner"));
    Files.writeString(closed.resolve("file"), "x");
    Files.createSymbolicLink(data.resolve("link"), Path.of("/etc"));
    Files.setPosixFilePermissions(
        data.resolve("closed"), PosixFilePermissions.fromString("---------"));

    volumes.remove("data", Calls.query());

    assertThat(data.getParent()).doesNotExist();
    assertThat(Path.of("/etc")).isNotEmptyDirectory();
    assertThat(events.lines()).endsWith("volume destroy data {driver=local}");
  }

  @Test
  void aVolumeThatIsNotThereIsNotFoundUnlessForced() {
    assertThatThrownBy(() -> volumes.remove("nope", Calls.query()))
        .isInstanceOf(EngineException.NotFound.class)
        .hasMessage("get nope: no such volume");
    assertThat(volumes.remove("nope", Calls.query("force", "true")).status()).isEqualTo(204);
  }

  @Test
  void filtersChoose() {
    create("{'Name':'data','Labels':{'a':'b'}}");
    create("{'Name':'other'}");
    use("other", "c1");
    assertThat(names("{'name':['at']}")).containsExactly("data");
    assertThat(names("{'label':['a']}")).containsExactly("data");
    assertThat(names("{'driver':['local']}")).containsExactly("data", "other");
    assertThat(names("{'driver':['nfs']}")).isEmpty();
    assertThat(names("{'dangling':['true']}")).containsExactly("data");
    assertThat(names("{'dangling':['false']}")).containsExactly("other");
    assertThatThrownBy(() -> names("{'colour':['red']}")).hasMessage("invalid filter 'colour'");
  }

  @Test
  void aPruneSparesNamedVolumesUnlessAskedForAll() {
    create("{'Name':'data'}");
    String anonymous = create("{}").getString("Name");
    String used = create("{}").getString("Name");
    use(used, "c1");
    assertThat(pruned(Calls.query())).containsExactly(anonymous);
    assertThat(pruned(Calls.filters("{\"all\":[\"true\"]}"))).containsExactly("data");
    assertThat(names("")).containsExactly(used);
  }

  @Test
  void anOldClientsPruneTakesAll() {
    create("{'Name':'data'}");
    assertThat(pruned(Calls.version("1.41", Calls.query()))).containsExactly("data");
  }

  @Test
  void aPruneTellsWhatItReclaimed() throws IOException {
    create("{'Name':'data'}");
    Files.writeString(data("data").resolve("file"), "12345");
    JsonObject answer = volumes.prune(Calls.filters("{\"all\":[\"1\"]}")).document().asJsonObject();
    assertThat(answer.getInt("SpaceReclaimed")).isEqualTo(5);
    assertThat(events.lines()).endsWith("volume prune  {reclaimed=5}");
  }

  @Test
  void usageCountsBytesAndContainers() throws IOException {
    create("{'Name':'data'}");
    Files.writeString(data("data").resolve("file"), "12345");
    use("data", "c1");
    JsonObject usage = volumes.usage().getJsonObject(0).getJsonObject("UsageData");
    assertThat(usage.getInt("Size")).isEqualTo(5);
    assertThat(usage.getInt("RefCount")).isEqualTo(1);
  }

  @Test
  void whatAKilledServerLeftBehindGoesAtTheNextStart() throws IOException {
    create("{'Name':'data'}");
    Path orphan = Files.createDirectories(folder.resolve("volumes/orphan/_data"));
    store.close();
    open();
    assertThat(orphan).doesNotExist();
    assertThat(data("data")).isDirectory();
  }

  @Test
  void aClusterVolumeNeedsASwarm() {
    assertThatThrownBy(() -> volumes.update("data", Calls.query()))
        .isInstanceOf(EngineException.NotImplemented.class);
    assertThatThrownBy(() -> create("{'Name':'vv','ClusterVolumeSpec':{'Group':'g'}}"))
        .isInstanceOf(EngineException.NotImplemented.class);
  }
}
