package io.sockerless.backend.core.container;

import static io.sockerless.backend.core.container.CoreFixture.call;
import static io.sockerless.backend.core.container.CoreFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockerless.backend.core.Calls;
import io.sockerless.backend.core.document.Documents;
import io.sockerless.engine.EngineException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes a container, and what does not. */
class CreateTest {

  @TempDir Path folder;
  private CoreFixture core;

  @BeforeEach
  void open() {
    core = new CoreFixture(folder);
  }

  @AfterEach
  void close() {
    core.close();
  }

  @Test
  void whatTheClientWroteIsKeptUnknownFieldsToo() {
    String id = core.create("c1", "'Strange':{'a':[1]},'HostConfig':{'Odd':true,'Memory':8000000}");
    JsonObject document = core.inspect(id);
    assertThat(document.getJsonObject("Config").get("Strange")).isEqualTo(json("{'a':[1]}"));
    assertThat(document.getJsonObject("HostConfig").getBoolean("Odd")).isTrue();
    assertThat(document.getJsonObject("HostConfig").getInt("Memory")).isEqualTo(8000000);
    assertThat(document.getJsonObject("HostConfig").getInt("ShmSize")).isEqualTo(67108864);
  }

  @Test
  void aMissingImageIsPulled() {
    core.containers.create(call("", "{'Image':'remote'}")).close();
    assertThat(core.images.log).containsExactly("pull remote");
  }

  @Test
  void anImageForAnotherPlatformIsNotPulledButNamed() {
    assertThatThrownBy(
            () -> core.containers.create(call("platform=linux/arm64", "{'Image':'alpine'}")))
        .isInstanceOf(EngineException.NotFound.class)
        .hasMessage(
            "image with reference alpine was found but its platform (linux/amd64) does not match"
                + " the specified platform (linux/arm64)");
    assertThat(core.images.log).isEmpty();
    assertThatThrownBy(
            () -> core.containers.create(call("platform=linux/arm64", "{'Image':'remote'}")))
        .hasMessageContaining("does not match the specified platform (linux/arm64)");
    core.containers.create(call("platform=linux/amd64", "{'Image':'remote'}")).close();
  }

  @Test
  void anImageThatNobodyHasIsNamed() {
    assertThatThrownBy(() -> core.containers.create(call("", "{'Image':'nope'}")))
        .isInstanceOf(EngineException.NotFound.class)
        .hasMessage("No such image: nope:latest (pulling it failed: nobody has nope)");
    assertThatThrownBy(() -> core.containers.create(call("", "{'Image':'unknown'}")))
        .isInstanceOf(EngineException.NotFound.class)
        .hasMessage("No such image: unknown:latest (pulling it failed: no registry knows unknown)");
  }

  @Test
  void anImagesIdIsNotLookedForInARegistry() {
    String id = "sha256:" + "0a".repeat(32);
    assertThatThrownBy(() -> core.containers.create(call("", "{'Image':'" + id + "'}")))
        .isInstanceOf(EngineException.NotFound.class)
        .hasMessage("No such image: " + id);
  }

  @Test
  void aNameThatIsTakenIsAConflictInDockersWords() {
    String id = core.create("c1", "");
    assertThatThrownBy(() -> core.create("c1", ""))
        .isInstanceOf(EngineException.Conflict.class)
        .hasMessage(
            "Conflict. The container name \"/c1\" is already in use by container \""
                + id
                + "\". You have to remove (or rename) that container to be able to reuse that"
                + " name.");
  }

  @Test
  void aCreateThatFailsLeavesItsName() {
    assertThatThrownBy(() -> core.create("c1", "'HostConfig':{'LogConfig':{'Type':'syslog'}}"))
        .hasMessage("logger: no log driver named 'syslog' is registered");
    assertThat(core.create("c1", "")).hasSize(64);
  }

  @Test
  void aNameIsMadeOfAnAdjectiveAndANoun() {
    String id = core.create("", "");
    assertThat(core.inspect(id).getString("Name")).matches("/[a-z]+_[a-z]+");
  }

  @Test
  void anIdIsFoundByItsPrefixANameWithItsSlash() {
    String id = core.create("c1", "");
    assertThat(core.inspect(id.substring(0, 12)).getString("Id")).isEqualTo(id);
    assertThat(core.inspect("/c1").getString("Id")).isEqualTo(id);
  }

  @Test
  void aPrefixOfSeveralIdsIsRefused() {
    String prefix = "";
    Set<Character> first = new HashSet<>();
    while (prefix.isEmpty()) {
      char digit = core.create("", "").charAt(0);
      prefix = first.add(digit) ? "" : Character.toString(digit);
    }
    String several = prefix;
    assertThatThrownBy(() -> core.inspect(several))
        .isInstanceOf(EngineException.InvalidParameter.class)
        .hasMessage("multiple IDs found with provided prefix: " + several);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'WorkingDir':'x' | the working directory 'x' is invalid, it needs to be an absolute path",
        "'Env':['=x'] | invalid environment variable: =x",
        "'StopSignal':'NOPE' | invalid signal: NOPE",
        "'HostConfig':{'Memory':1} | Minimum memory limit allowed is 6MB",
        "'HostConfig':{'RestartPolicy':{'Name':'x'}} | invalid restart policy: unknown policy 'x';"
            + " use one of 'no', 'always', 'on-failure', or 'unless-stopped'",
        "'HostConfig':{'AutoRemove':true,'RestartPolicy':{'Name':'always'}} | can't create"
            + " 'AutoRemove' container with restart policy",
        "'HostConfig':{'LogConfig':{'Type':'json-file','Config':{'x':'1'}}} | unknown log opt 'x'"
            + " for json-file log driver",
        "'HostConfig':{'CapAdd':['foo']} | invalid CapAdd: unknown capability: \"CAP_FOO\"",
        "'HostConfig':{'SecurityOpt':['foo=1']} | invalid --security-opt 2: \"foo=1\"",
        "'HostConfig':{'Isolation':'hyperv'} | invalid isolation (hyperv): linux only supports"
            + " 'default'",
        "'HostConfig':{'NanoCpus':1000000,'CpuPeriod':1000} | Conflicting options: Nano CPUs and CPU"
            + " Period cannot both be set",
        "'HostConfig':{'NanoCpus':1000000,'CpuQuota':1000} | Conflicting options: Nano CPUs and CPU"
            + " Quota cannot both be set",
        "'HostConfig':{'CpuPeriod':999} | CPU cfs period can not be less than 1ms (i.e. 1000) or"
            + " larger than 1s (i.e. 1000000)",
        "'HostConfig':{'CpuQuota':999} | CPU cfs quota can not be less than 1ms (i.e. 1000)",
        "'HostConfig':{'CpusetCpus':'x'} | Invalid value x for cpuset cpus: invalid format: x",
        "'HostConfig':{'CpusetCpus':'1-42,,'} | Invalid value 1-42,, for cpuset cpus: invalid"
            + " format: 1-42,,",
        "'HostConfig':{'CpusetMems':'0,9'} | Requested memory nodes are not available - requested"
            + " 0,9, available: 0",
        "'HostConfig':{'OomScoreAdj':2000} | Invalid value 2000, range for oom score adj is [-1000,"
            + " 1000]",
        "'Hostname':'h','HostConfig':{'UTSMode':'host'} | conflicting options: hostname and the UTS"
            + " mode",
        "'HostConfig':{'BlkioWeight':9} | range of blkio weight is from 10 to 1000",
        "'HostConfig':{'BlkioWeight':1001} | range of blkio weight is from 10 to 1000",
        "'HostConfig':{'IpcMode':'nope'} | invalid IPC mode: nope",
        "'HostConfig':{'IpcMode':'container:'} | invalid IPC mode: container:",
        "'HostConfig':{'PidMode':'private'} | invalid PID mode: private",
        "'HostConfig':{'Runtime':'nope'} | Unknown runtime specified nope",
        "'HostConfig':{'KernelMemory':1024} | Minimum kernel memory limit allowed is 6MB",
        "'HostConfig':{'MemoryReservation':1000} | Minimum memory reservation allowed is 6MB",
        "'Hostname':'h','HostConfig':{'NetworkMode':'container:x'} | conflicting options: hostname"
            + " and the network mode",
        "'HostConfig':{'NetworkMode':'container:x','PortBindings':{'80/tcp':[]}} | conflicting"
            + " options: port publishing and the container type network mode",
        "'HostConfig':{'Links':['gone:a']} | could not get container for gone: No such container:"
            + " gone",
        "'HostConfig':{'PidMode':'container:gone'} | No such container: gone",
        "'HostConfig':{'LogConfig':{'Type':'','Config':{'mode':'x'}}} | logger: logging mode not"
            + " supported: x",
        "'HostConfig':{'LogConfig':{'Type':'','Config':{'max-buffer-size':'1m'}}} | logger:"
            + " max-buffer-size option is only supported with 'mode=non-blocking'",
        "'Healthcheck':{'Interval':5} | Interval in Healthcheck cannot be less than 1ms"
      },
      quoteCharacter = '\0')
  void whatCannotBeIsRefusedInDockersWords(String fields, String message) {
    assertThatThrownBy(() -> core.create("c1", fields))
        .isInstanceOf(EngineException.InvalidParameter.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'NetworkingConfig':{'EndpointsConfig':{'a':{},'b':{}}} | Container cannot be created with"
            + " multiple network endpoints: a, b",
        "'MacAddress':'02:42:ac:11:00:09','HostConfig':{'NetworkMode':'host'} | conflicting"
            + " options: mac-address and the network mode",
        "'MacAddress':'02:42:ac:11:00:09','HostConfig':{'NetworkMode':'none'} | conflicting"
            + " options: mac-address and the network mode",
        "'MacAddress':'02:42:ac:11:00:09','HostConfig':{'NetworkMode':'container:x'} | conflicting"
            + " options: mac-address and the network mode"
      },
      quoteCharacter = '\0')
  void whatOlderClientsCannotAskOfNetworksIsRefused(String fields, String message) {
    String document = "{'Image':'alpine'," + fields + "}";
    assertThatThrownBy(
            () -> core.containers.create(Calls.version("1.43", call("name=old", document))))
        .isInstanceOf(EngineException.InvalidParameter.class)
        .hasMessage(message);
    core.containers.create(Calls.version("1.44", call("name=new", document))).close();
  }

  @Test
  void aWorkingDirectoryIsThereFromTheBeginning() {
    core.create("own", "'WorkingDir':'/srv/app'");
    assertThat(core.processes.files.made).containsExactly("/srv/app");

    assertThatThrownBy(() -> core.create("inTheWay", "'WorkingDir':'/etc/passwd'"))
        .isInstanceOf(EngineException.Failure.class)
        .hasMessage("Cannot mkdir: /etc/passwd is not a directory");
    assertThatThrownBy(() -> core.inspect("inTheWay")).isInstanceOf(EngineException.NotFound.class);
  }

  @Test
  void theImagesOwnWorkingDirectoryIsInItsLayers() {
    core.images.add("app", "{'Cmd':['true'],'WorkingDir':'/app'}");
    core.containers.create(call("", "{'Image':'app'}")).close();
    assertThat(core.processes.files.made).isEmpty();
  }

  @Test
  void onTheHostsNetworkAContainerIsCalledAsTheHostIs() throws IOException {
    String host = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    String id = core.create("c1", "'HostConfig':{'NetworkMode':'host'}");
    assertThat(core.inspect(id).getJsonObject("Config").getString("Hostname")).isEqualTo(host);
    String named = core.create("c2", "'Hostname':'own','HostConfig':{'NetworkMode':'host'}");
    assertThat(core.inspect(named).getJsonObject("Config").getString("Hostname")).isEqualTo("own");
  }

  @Test
  void noVolumesAreToldAsNone() {
    String id = core.create("c1", "'Volumes':{}");
    assertThat(core.inspect(id).getJsonObject("Config").get("Volumes")).isEqualTo(JsonValue.NULL);
  }

  @Test
  void nothingToRunIsRefused() {
    core.images.add("empty", "{}");
    assertThatThrownBy(() -> core.containers.create(call("", "{'Image':'empty'}")))
        .hasMessage("no command specified");
  }

  @Test
  void aNameOfOneLetterIsRefused() {
    assertThatThrownBy(() -> core.create("x", ""))
        .hasMessage("Invalid container name (x), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed");
  }

  @Test
  void environmentIsMergedByKeyTheContainersOverTheImages() {
    JsonObject merged =
        ConfigMerge.merge(json("{'Env':['A=1','B=2']}"), json("{'Env':['A=0','C=3']}"));
    assertThat(merged.getJsonArray("Env")).hasToString("[\"A=1\",\"B=2\",\"C=3\"]");
  }

  @Test
  void theImagesCommandIsDroppedWithItsEntryPoint() {
    JsonObject image = json("{'Entrypoint':['e'],'Cmd':['c']}");
    assertThat(ConfigMerge.merge(json("{'Entrypoint':['own']}"), image).containsKey("Cmd"))
        .isFalse();
    JsonObject other = ConfigMerge.merge(json("{'Cmd':['own']}"), image);
    assertThat(other.getJsonArray("Entrypoint")).hasToString("[\"e\"]");
    assertThat(other.getJsonArray("Cmd")).hasToString("[\"own\"]");
  }

  @Test
  void theRestIsInheritedWhereTheContainerSaysNothing() {
    JsonObject image =
        json(
            "{'User':'u','WorkingDir':'/w','StopSignal':'INT','Labels':{'a':'1','b':'1'},"
                + "'ExposedPorts':{'80/tcp':{}},'Volumes':{'/v':{}},"
                + "'Healthcheck':{'Test':['CMD','x'],'Retries':5}}");
    JsonObject merged =
        ConfigMerge.merge(
            json("{'Labels':{'b':'2'},'ExposedPorts':{'81/tcp':{}},'Healthcheck':{'Retries':2}}"),
            image);
    assertThat(merged.getString("User")).isEqualTo("u");
    assertThat(merged.getString("WorkingDir")).isEqualTo("/w");
    assertThat(merged.getString("StopSignal")).isEqualTo("INT");
    assertThat(merged.getJsonObject("Labels")).isEqualTo(json("{'a':'1','b':'2'}"));
    assertThat(merged.getJsonObject("ExposedPorts").keySet()).containsOnly("80/tcp", "81/tcp");
    assertThat(merged.getJsonObject("Volumes").keySet()).containsOnly("/v");
    assertThat(merged.getJsonObject("Healthcheck"))
        .isEqualTo(json("{'Retries':2,'Test':['CMD','x']}"));
  }

  @Test
  void withoutAHealthCheckThereIsNoHealth() {
    assertThat(core.state(core.run("c1", "sleep")).containsKey("Health")).isFalse();
  }

  @Test
  void aSyntheticContainerSaysSo() {
    try (CoreFixture pretending = new CoreFixture(folder.resolve("other"), true)) {
      JsonObject created =
          pretending.containers.create(call("", "{'Image':'alpine'}")).document().asJsonObject();
      assertThat(created.getJsonArray("Warnings")).hasSize(1);
      String id = created.getString("Id");
      assertThat(
              pretending
                  .inspect(id)
                  .getJsonObject("Config")
                  .getJsonObject("Labels")
                  .getString("sockerless.synthetic"))
          .isEqualTo("true");
      assertThat(pretending.finish(id)).isZero();
    }
  }

  @Test
  void theNamesOfDockersOwnRuntimeAreTaken() {
    assertThat(core.create("c1", "'HostConfig':{'Runtime':'runc'}")).isNotEmpty();
    assertThat(core.create("c2", "'HostConfig':{'Runtime':'io.containerd.runc.v2'}")).isNotEmpty();
  }

  @Test
  void anUnknownStorageOptionIsTheStoragesFailure() {
    assertThatThrownBy(() -> core.create("c1", "'HostConfig':{'StorageOpt':{'Foo':'1G'}}"))
        .isInstanceOf(EngineException.Failure.class)
        .hasMessage("Unknown option foo");
    assertThat(core.create("c1", "'HostConfig':{'StorageOpt':{'size':'1G'}}")).isNotEmpty();
  }

  @Test
  void whatIsKeptFromAContainerIsToldUnlessItIsPrivileged() {
    JsonObject plain = core.inspect(core.create("c1", "")).getJsonObject("HostConfig");
    assertThat(plain.getJsonArray("MaskedPaths")).hasSize(10);
    assertThat(plain.getJsonArray("ReadonlyPaths")).hasSize(5);
    JsonObject privileged =
        core.inspect(core.create("c2", "'HostConfig':{'Privileged':true}"))
            .getJsonObject("HostConfig");
    assertThat(privileged.isNull("MaskedPaths")).isTrue();
    assertThat(privileged.isNull("ReadonlyPaths")).isTrue();
    JsonObject own =
        core.inspect(
                core.create("c3", "'HostConfig':{'MaskedPaths':[],'ReadonlyPaths':['/proc/x']}"))
            .getJsonObject("HostConfig");
    assertThat(own.getJsonArray("MaskedPaths")).isEmpty();
    assertThat(own.getJsonArray("ReadonlyPaths")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"1.39, shareable", "1.40, private", "1.51, private"})
  void olderClientsExpectAnIpcNamespaceThatOthersMayJoin(String version, String mode) {
    String id =
        core.containers
            .create(Calls.version(version, call("", "{'Image':'alpine'}")))
            .document()
            .asJsonObject()
            .getString("Id");
    assertThat(core.inspect(id).getJsonObject("HostConfig").getString("IpcMode")).isEqualTo(mode);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '^',
      quoteCharacter = '`',
      value = {
        "'NetworkMode':'host','Links':['first'] ^ conflicting options: host type networking can't be"
            + " used with links. This would result in undefined behavior",
        "'NetworkMode':'container' ^ invalid network mode: invalid container format"
            + " container:<name|id>",
        "'ShmSize':-1 ^ SHM size can not be less than 0",
      })
  void networksLinksAndMemoryMustGoTogether(String hostConfig, String message) {
    core.create("first", "");
    assertThatThrownBy(() -> core.create("second", "'HostConfig':{" + hostConfig + "}"))
        .isInstanceOf(EngineException.InvalidParameter.class)
        .hasMessage(message);
  }

  @Test
  void aLinkIsShownByBothNamesAndOutlivesTheOthersName() {
    String first = core.create("first", "");
    String second = core.create("second", "'HostConfig':{'Links':['first','first:db']}");
    assertThat(links(second)).containsExactly("/first:/second/first", "/first:/second/db");
    core.containers.rename(first, call("name=other")).close();
    assertThat(links(second)).containsExactly("/other:/second/first", "/other:/second/db");
  }

  @Test
  void noVolumeWithoutANameIsLaidOverAFileOfTheImage() {
    assertThatThrownBy(() -> core.create("first", "'Volumes':{'/etc/new':{},'/etc/passwd':{}}"))
        .isInstanceOf(EngineException.Failure.class)
        .hasMessage("cannot mount volume over existing file, file exists /etc/passwd");
    assertThat(core.volumes.removed).hasSize(1);
    core.create("first", "'Volumes':{'/etc/new':{}}");
  }

  @Test
  void nothingIsLinkedToAContainerOnTheHostsNetwork() {
    core.create("first", "'HostConfig':{'NetworkMode':'host'}");
    assertThatThrownBy(() -> core.create("second", "'HostConfig':{'Links':['first:db']}"))
        .isInstanceOf(EngineException.InvalidParameter.class)
        .hasMessageStartingWith("conflicting options: host type networking can't be used with");
  }

  @Test
  void aLinkOnANetworkOfTheUsersOwnIsButAName() {
    String second =
        core.create("second", "'HostConfig':{'NetworkMode':'own','Links':['nobody:db']}");
    assertThat(links(second)).containsExactly("nobody:db");
  }

  @Test
  void aLinkThatWasReadFromAnInspectMakesTheSameLink() {
    core.create("first", "");
    String second = core.create("second", "'HostConfig':{'Links':['/first:/old/db']}");
    assertThat(links(second)).containsExactly("/first:/second/db");
  }

  private List<String> links(String id) {
    return Documents.strings(core.inspect(id).getJsonObject("HostConfig"), "Links");
  }
}
