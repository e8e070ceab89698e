package io.sockerless.backend.core.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sockerless.backend.core.FakeContainers;
import io.sockerless.engine.EngineException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MountRequestTest {

  @ParameterizedTest
  @CsvSource({
    "/a:/b,        BIND,   /a,  /b,   '', rprivate",
    "/a:/b:ro,     BIND,   /a,  /b,   ro, rprivate",
    "'/a:/b:ro,z', BIND,   /a,  /b,   'ro,z', rprivate",
    "/a:/b:rslave, BIND,   /a,  /b,   rslave, rslave",
    "vol:/b,       VOLUME, vol, /b,   z, ''",
    "vol:/b:nocopy,VOLUME, vol, /b,   nocopy, ''",
    "/b,           VOLUME, '',  /b,   z, ''",
    "/a:/b//c/../d/,BIND,  /a,  /b/d, '', rprivate",
  })
  void aBindIsRead(
      String text,
      MountRequest.Type type,
      String source,
      String target,
      String mode,
      String propagation) {
    MountRequest request = MountRequest.bind(text);
    assertThat(request.type()).isEqualTo(type);
    assertThat(request.source()).isEqualTo(source);
    assertThat(request.target()).isEqualTo(target);
    assertThat(request.mode()).isEqualTo(mode);
    assertThat(request.readOnly()).isEqualTo(mode.contains("ro"));
    assertThat(request.propagation()).isEqualTo(propagation);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/a:/b:/c:ro | invalid volume specification: '/a:/b:/c:ro'",
        ":/b | invalid volume specification: ':/b'",
        "/a: | invalid volume specification: '/a:'",
        "/a:ro | invalid volume specification: '/a:ro'",
        "/a:/b:bogus | invalid mode: bogus",
        "/a:/b:ro,rw | invalid mode: ro,rw",
        "foo:x | invalid volume specification: 'foo:x': invalid mount config for type \"volume\":"
            + " invalid mount path: 'x' mount path must be absolute",
        "/a:/ | invalid volume specification: '/a:/': invalid mount config for type \"bind\":"
            + " invalid specification: destination can't be '/'",
        "/a:/b/.. | invalid volume specification: '/a:/b/..': invalid mount config for type"
            + " \"bind\": invalid specification: destination can't be '/'",
        "/a:/b:nocopy | invalid volume specification: '/a:/b:nocopy': invalid mount config for type"
            + " \"bind\": field VolumeOptions must not be specified",
        "vol:/b:rslave | invalid volume specification: 'vol:/b:rslave': invalid mount config for"
            + " type \"volume\": field BindOptions must not be specified",
      })
  void whatIsNoBindIsRefusedInDockersWords(String text, String message) {
    assertThatThrownBy(() -> MountRequest.bind(text))
        .isInstanceOf(EngineException.InvalidParameter.class)
        .hasMessage(message);
  }

  @Test
  void aVolumeOfAnImageMayBeNamedFromTheRoot() {
    assertThat(MountRequest.anonymous("data/[x").target()).isEqualTo("/data/[x");
    assertThatThrownBy(() -> MountRequest.anonymous(""))
        .isInstanceOf(EngineException.InvalidParameter.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'Type':'bind','Target':'/x'} | 400 | invalid mount config for type \"bind\": field Source"
            + " must not be empty",
        "{'Type':'bind','Source':'rel','Target':'/x'} | 400 | invalid mount config for type"
            + " \"bind\": invalid mount path: 'rel' mount path must be absolute",
        "{'Type':'bind','Source':'/not/there','Target':'/x'} | 400 | invalid mount config for type"
            + " \"bind\": bind source path does not exist: /not/there",
        "{'Type':'bind','Source':'/','Target':'/x','BindOptions':{'Propagation':'foo'}} | 400 |"
            + " invalid mount config for type \"bind\": invalid propagation mode: foo",
        "{'Type':'volume'} | 400 | invalid mount config for type \"volume\": field Target must not"
            + " be empty",
        "{'Type':'volume','Target':'/x','ReadOnly':true} | 400 | invalid mount config for type"
            + " \"volume\": must not set ReadOnly mode when using anonymous volumes",
        "{'Type':'tmpfs','Source':'a','Target':'/x'} | 400 | invalid mount config for type"
            + " \"tmpfs\": field Source must not be specified",
        "{'Type':'foo','Target':'/x'} | 400 | invalid mount config for type \"foo\": mount type"
            + " unknown",
        "{'Type':'image','Target':'/x'} | 501 | mounts of type \"image\" are not served by this"
            + " backend; bind, volume and tmpfs are",
      })
  void whatIsNoMountIsRefused(String mount, int status, String message) {
    EngineException refused =
        catchThrowableOfType(
            EngineException.class,
            () -> MountRequest.mount(FakeContainers.json(mount.replace('\'', '"'))));
    assertThat(refused.status()).isEqualTo(status);
    assertThat(refused).hasMessage(message);
  }

  @Test
  void aTmpfsTakesDockersOptions() {
    List<String> guards = List.of("nosuid", "nodev", "noexec");
    assertThat(TmpfsOptions.parse("rw,noexec,size=64m,mode=0700,uid=1000"))
        .isEqualTo(new TmpfsOptions(false, 64 << 20, 0700, 1000, 0, guards));
    assertThat(TmpfsOptions.parse("exec,dev,nodev").flags()).containsExactly("nosuid", "nodev");
    assertThat(TmpfsOptions.parse("")).isEqualTo(new TmpfsOptions(false, 0, 01777, 0, 0, guards));
    assertThat(TmpfsOptions.parse("uid=5,gid=6"))
        .isEqualTo(new TmpfsOptions(false, 0, 01777, 5, 6, guards));
    assertThat(TmpfsOptions.parse("ro").readOnly()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"foo=abc", "foo", "size=abc", "mode=9", "size=-1"})
  void aTmpfsRefusesWhatIsNoOption(String text) {
    assertThatThrownBy(() -> TmpfsOptions.parse(text))
        .isInstanceOf(EngineException.InvalidParameter.class);
  }

  @Property
  void aNormalPathStaysAsItIsAndNeverLeadsUp(@ForAll String path) {
    String normal = ContainerPaths.normal(path);
    assertThat(normal).startsWith("/");
    assertThat(ContainerPaths.normal(normal)).isEqualTo(normal);
    assertThat(normal.split("/")).doesNotContain("..", ".");
  }

  @Property
  void anythingIsABindOrRefused(@ForAll String text) {
    try {
      assertThat(MountRequest.bind(text).target()).startsWith("/").isNotEqualTo("/");
    } catch (EngineException.InvalidParameter e) {
      assertThat(e.text()).isNotEmpty();
    }
  }
}
