package io.sockerless.backend.core.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sockerless.backend.core.FakeContainers;
import io.sockerless.backend.core.RecordedEvents;
import io.sockerless.backend.core.driver.MountPoint;
import io.sockerless.backend.core.store.Store;
import io.sockerless.engine.EngineException;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CoreVolumeSourceTest {

  /** A mount of a volume's part; the volume and the part are to be filled in. */
  private static final String PART =
      "{'Mounts':[{'Type':'volume','Source':'%s','Target':'/a','VolumeOptions':{'Subpath':'%s'}}]}";

  @TempDir Path temporary;
  private final RecordedEvents events = new RecordedEvents();
  private final FakeContainers containers = new FakeContainers();
  private Path host;
  private Store store;
  private LocalVolumes volumes;
  private CoreVolumeSource source;

  @BeforeEach
  void open() throws IOException {
    temporary = temporary.toRealPath();
    host = Files.createDirectories(temporary.resolve("host"));
    Path data = temporary.resolve("data");
    store = Store.open(data);
    BindPolicy policy = new BindPolicy(Optional.of(List.of(host)), data);
    volumes = new LocalVolumes(store, policy, events);
    source = new CoreVolumeSource(volumes, policy, () -> containers);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private JsonObject document(String text) {
    return FakeContainers.json(text.replace('\'', '"').replace("$HOST", host.toString()));
  }

  private JsonArray prepare(String config, String hostConfig) {
    return source.prepare(
        "c1", document(config), document(hostConfig), other -> containers.resolve(other).mounts());
  }

  private List<MountPoint> points(String hostConfig) {
    return source.mountPoints(prepare("{}", hostConfig), document(hostConfig));
  }

  private EngineException refused(String hostConfig) {
    EngineException refused = catchThrowableOfType(EngineException.class, () -> points(hostConfig));
    assertThat(refused).isNotNull();
    return refused;
  }

  @Test
  void aBindShowsAsDockersDoes() {
    assertThat(prepare("{}", "{'Binds':['$HOST:/x:ro']}").getJsonObject(0))
        .isEqualTo(
            document(
                "{'Type':'bind','Source':'$HOST','Destination':'/x','Mode':'ro','RW':false,"
                    + "'Propagation':'rprivate'}"));
  }

  @Test
  void aNamedVolumeShowsAsDockersDoesAndIsMade() {
    JsonObject mount = prepare("{}", "{'Binds':['data:/x']}").getJsonObject(0);
    assertThat(mount)
        .isEqualTo(
            document(
                "{'Type':'volume','Name':'data','Source':'"
                    + volumes.folder("data")
                    + "','Destination':'/x','Driver':'local','Mode':'z','RW':true,"
                    + "'Propagation':''}"));
    assertThat(volumes.find("data")).isPresent();
  }

  @Test
  void anImagesVolumesAreAnonymousAndGiveWay() {
    JsonArray mounts =
        prepare("{'Volumes':{'/a':{},'/b':{},'/t':{}}}", "{'Binds':['data:/b'],'Tmpfs':{'/t':''}}");
    assertThat(mounts.getValuesAs(it -> it.asJsonObject().getString("Destination")))
        .containsExactly("/b", "/a");
    assertThat(volumes.isAnonymous(mounts.getJsonObject(1).getString("Name"))).isTrue();
  }

  @Test
  void onePlaceIsMountedOnce() {
    assertThat(refused("{'Binds':['data:/x','$HOST:/x/']}"))
        .hasMessage("Duplicate mount point: /x");
    assertThat(refused("{'Binds':['data:/x'],'Tmpfs':{'/x':''}}"))
        .hasMessage("Duplicate mount point: /x");
    assertThat(volumes.all()).isEmpty();
  }

  @Test
  void nothingIsMountedOverTheRoot() {
    assertThat(refused("{'Tmpfs':{'//':''}}"))
        .hasMessage("invalid specification: destination can't be '/'");
  }

  @Test
  void outerMountsComeFirst() {
    assertThat(
            points("{'Binds':['$HOST:/w/_temp/x','data:/w/_temp','$HOST:/w'],'Tmpfs':{'/a':''}}"))
        .extracting(MountPoint::target)
        .containsExactly("/w", "/a", "/w/_temp", "/w/_temp/x");
  }

  @Test
  void theOldFormOfBindsMakesAFolderThatIsNotThere() {
    Path missing = host.resolve("new/folder");
    JsonArray mounts = prepare("{}", "{'Binds':['$HOST/new/folder:/x']}");
    assertThat(missing).doesNotExist();
    assertThat(source.mountPoints(mounts, JsonValue.EMPTY_JSON_OBJECT).getFirst().source())
        .isEqualTo(missing);
    assertThat(missing).isDirectory();
  }

  @Test
  void theNewFormOfBindsMakesOneOnRequestAlone() {
    assertThat(refused("{'Mounts':[{'Type':'bind','Source':'$HOST/no','Target':'/x'}]}"))
        .hasMessage(
            "invalid mount config for type \"bind\": bind source path does not exist: "
                + host
                + "/no");
    points(
        "{'Mounts':[{'Type':'bind','Source':'$HOST/yes','Target':'/x',"
            + "'BindOptions':{'CreateMountpoint':true}}]}");
    assertThat(host.resolve("yes")).isDirectory();
  }

  @Test
  void aBindOutsideIsRefusedBeforeAVolumeIsMade() {
    EngineException refused = refused("{'Binds':['data:/d','/etc:/x']}");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused).hasMessageContaining("sockerless.binds.allow");
    assertThat(volumes.all()).isEmpty();
  }

  @Test
  void aLinkThatIsSwappedBetweenCreateAndStartLeadsNowhere() throws IOException {
    Path link = Files.createSymbolicLink(host.resolve("link"), host);
    JsonArray mounts = prepare("{}", "{'Binds':['$HOST/link:/x']}");
    Files.delete(link);
    Files.createSymbolicLink(link, Path.of("/etc"));
    assertThatThrownBy(() -> source.mountPoints(mounts, JsonValue.EMPTY_JSON_OBJECT))
        .isInstanceOf(EngineException.Forbidden.class);
  }

  @Test
  void copyUpIsForVolumesThatDoNotForbidIt() {
    assertThat(points("{'Binds':['d1:/a','d2:/b:nocopy','$HOST:/c']}"))
        .extracting(MountPoint::copyUp)
        .containsExactly(true, false, false);
    assertThat(
            points(
                "{'Mounts':[{'Type':'volume','Source':'d3','Target':'/a',"
                    + "'VolumeOptions':{'NoCopy':true}}]}"))
        .extracting(MountPoint::copyUp)
        .containsExactly(false);
  }

  @Test
  void aMountsVolumeTakesLabelsAndOptions() {
    prepare(
        "{}",
        "{'Mounts':[{'Type':'volume','Source':'data','Target':'/a','VolumeOptions':{"
            + "'Labels':{'a':'b'},'DriverConfig':{'Options':{'type':'tmpfs','device':'tmpfs',"
            + "'o':'size=1m'}}}}]}");
    assertThat(volumes.get("data").getJsonObject("Labels")).isEqualTo(document("{'a':'b'}"));
    assertThat(volumes.options(volumes.get("data")).sizeLimit()).isEqualTo(1 << 20);
  }

  @Test
  void aPartOfAVolumeIsForTheDriverToFind() {
    MountPoint mounted = points(PART.formatted("data", "sub/folder")).getFirst();
    assertThat(mounted.source()).isEqualTo(volumes.folder("data"));
    assertThat(mounted.subpath()).isEqualTo("sub/folder");
  }

  @Test
  void aPartOfAFolderOfTheHostIsMountedButNothingOutsideIt() throws IOException {
    Path folder = host.resolve("folder");
    Files.createDirectories(folder.resolve("sub"));
    Files.createSymbolicLink(folder.resolve("out"), Path.of("/etc"));
    volumes.create(
        new LocalVolumes.Request(
            "bound",
            "",
            Optional.of(document("{'type':'none','o':'bind','device':'" + folder + "'}")),
            Optional.empty()));
    assertThat(points(PART.formatted("bound", "sub")).getFirst().source())
        .isEqualTo(folder.toRealPath().resolve("sub"));
    assertThat(refused(PART.formatted("bound", "out")))
        .hasMessage(
            "path concatenation escapes the base directory, base: " + folder + ", subpath: out");
    assertThat(refused(PART.formatted("bound", "nope")).status()).isEqualTo(404);
  }

  @Test
  void aVolumeOfAFolderThatIsNotThereIsNotMounted() {
    volumes.create(
        new LocalVolumes.Request(
            "gone",
            "",
            Optional.of(
                document("{'type':'none','o':'bind','device':'" + host.resolve("nope") + "'}")),
            Optional.empty()));
    assertThat(refused(PART.formatted("gone", "")))
        .hasMessage(
            "error while mounting volume '%1$s': failed to mount local volume: mount"
                + " %2$s:%1$s, flags: 0x1000: no such file or directory",
            volumes.folder("gone"), host.resolve("nope"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../sub", "/sub", "a/../../b", ".."})
  void aPartOutsideItsVolumeIsRefused(String subpath) {
    assertThat(refused(PART.formatted("data", subpath)))
        .hasMessage(
            "invalid mount config for type \"volume\": subpath must be a relative path within the"
                + " volume");
  }

  @Test
  void anAnonymousVolumeHasNoParts() {
    assertThat(refused(PART.formatted("", "sub")))
        .hasMessage(
            "invalid mount config for type \"volume\": must not set Subpath when using anonymous"
                + " volumes");
  }

  @Test
  void aTmpfsHasSizeAndMode() {
    MountPoint mounted =
        points(
                "{'Mounts':[{'Type':'tmpfs','Target':'/a','TmpfsOptions':{'SizeBytes':1000,"
                    + "'Mode':448}}]}")
            .getFirst();
    assertThat(mounted.kind()).isEqualTo(MountPoint.Kind.TMPFS);
    assertThat(mounted.sizeLimit()).isEqualTo(1000);
    assertThat(mounted.mode()).isEqualTo(0700);
  }

  @Test
  void volumesOfAnotherContainerAreInherited() {
    JsonArray others = prepare("{}", "{'Binds':['data:/d','$HOST:/h']}");
    containers.add(
        "other", "exited", JsonValue.EMPTY_JSON_OBJECT, others, JsonValue.EMPTY_JSON_OBJECT);

    JsonArray mounts = prepare("{'Volumes':{'/d':{}}}", "{'VolumesFrom':['other:ro']}");

    assertThat(mounts.getValuesAs(it -> it.asJsonObject().getString("Destination")))
        .containsExactly("/d", "/h");
    assertThat(mounts.getValuesAs(it -> it.asJsonObject().getBoolean("RW")))
        .containsExactly(false, false);
    assertThat(refused("{'VolumesFrom':['nope']}")).hasMessage("No such container: nope");
    assertThat(refused("{'VolumesFrom':['other:bogus']}")).hasMessage("invalid mode: bogus");
    assertThat(refused("{'VolumesFrom':['other:nocopy']}")).hasMessage("invalid mode: nocopy");
    assertThat(refused("{'VolumesFrom':['other:slave']}")).hasMessage("invalid mode: slave");
  }

  @Test
  void volumesOfAnotherContainerAreNotFilledFromTheImage() {
    JsonArray others = prepare("{}", "{'Binds':['data:/d']}");
    containers.add(
        "other", "exited", JsonValue.EMPTY_JSON_OBJECT, others, JsonValue.EMPTY_JSON_OBJECT);
    assertThat(points("{'Binds':['data:/d']}").getFirst().copyUp()).isTrue();
    assertThat(points("{'VolumesFrom':['other']}").getFirst().copyUp()).isFalse();
  }

  @Test
  void anonymousVolumesGoWithTheirLastContainer() {
    JsonArray mounts = prepare("{'Volumes':{'/a':{}}}", "{'Binds':['data:/d']}");
    containers.add(
        "c2", "exited", JsonValue.EMPTY_JSON_OBJECT, mounts, JsonValue.EMPTY_JSON_OBJECT);
    source.removeAnonymous("c1", mounts);
    assertThat(volumes.all()).hasSize(2);

    containers.remove("c2");
    source.removeAnonymous("c1", mounts);

    assertThat(volumes.all()).hasSize(1);
    assertThat(volumes.find("data")).isPresent();
  }

  @Test
  void volumesWithoutANameGoThatAKilledServerLeftBesideNoContainer() {
    JsonArray mounts = prepare("{'Volumes':{'/a':{}}}", "{'Binds':['data:/d']}");
    containers.add(
        "c1", "created", JsonValue.EMPTY_JSON_OBJECT, mounts, JsonValue.EMPTY_JSON_OBJECT);
    source.removeAbandoned();
    assertThat(volumes.all()).hasSize(2).noneMatch(volume -> volume.containsKey("Owner"));

    containers.remove("c1");
    containers.add(
        "c2", "created", JsonValue.EMPTY_JSON_OBJECT, mounts, JsonValue.EMPTY_JSON_OBJECT);
    source.removeAbandoned();
    assertThat(volumes.all()).as("another one has it").hasSize(2);

    containers.remove("c2");
    source.removeAbandoned();
    assertThat(volumes.all()).extracting(it -> it.getString("Name")).containsExactly("data");
  }

  @Test
  void aVolumeWithoutANameStaysOnceItsContainerWasRemovedWithoutIt() {
    JsonArray mounts = prepare("{'Volumes':{'/a':{}}}", "{}");
    source.keepAnonymous(mounts);
    source.removeAbandoned();
    assertThat(volumes.all()).hasSize(1);
  }

  @Test
  void mountsAreToldInTheEvents() {
    JsonArray mounts = prepare("{}", "{'Binds':['data:/d:ro']}");
    source.mounted("c1", mounts);
    source.unmounted("c1", mounts);
    assertThat(events.lines())
        .containsExactly(
            "volume create data {driver=local}",
            "volume mount data {container=c1, destination=/d, driver=local, propagation=,"
                + " read/write=false}",
            "volume unmount data {container=c1, driver=local}");
  }

  @Test
  void aVolumeInMemoryIsMountedAsItsOptionsSay() {
    MountPoint mounted =
        points(
                "{'Mounts':[{'Type':'volume','Source':'data','Target':'/a','ReadOnly':true,"
                    + "'VolumeOptions':{'DriverConfig':{'Options':{'type':'tmpfs',"
                    + "'device':'tmpfs','o':'size=1m,mode=0700,uid=5,gid=6,nosuid,huge=never'}}}}]}")
            .getFirst();
    assertThat(mounted)
        .isEqualTo(
            new MountPoint(
                MountPoint.Kind.TMPFS,
                volumes.folder("data"),
                "",
                "/a",
                true,
                false,
                1 << 20,
                0700,
                5,
                6,
                List.of("nosuid")));
  }
}
