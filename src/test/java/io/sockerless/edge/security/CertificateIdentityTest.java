package io.sockerless.edge.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sockerless.engine.Identity;
import java.security.cert.CertificateException;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.NotBlank;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateIdentityTest {

  @Test
  void theCommonNameIsTheNameAndOrganizationsAreGroups() throws CertificateException {
    assertThat(CertificateIdentity.of("CN=alice,OU=team a,OU=team b,O=developers,C=AT"))
        .isEqualTo(new Identity("alice", Set.of("developers", "team a", "team b")));
  }

  @Test
  void severalAttributesMayStandInOnePart() throws CertificateException {
    assertThat(CertificateIdentity.of("CN=alice+O=developers"))
        .isEqualTo(new Identity("alice", Set.of("developers")));
  }

  @Test
  void aSubjectWithoutOneSingleCommonNameIsTheNameAsAWhole() throws CertificateException {
    assertThat(CertificateIdentity.of("O=robots").name()).isEqualTo("O=robots");
    assertThat(CertificateIdentity.of("CN=alice,CN=root").name()).isEqualTo("CN=alice,CN=root");
  }

  /** What is quoted in a name never becomes a part of its own. */
  @Property
  void aNameIsReadAsItIsWhateverStandsInIt(
      @ForAll
          @AlphaChars
          @Chars({',', '+', '=', '"', '\\', '<', '>', ';', ' ', '#', '/'})
          @StringLength(min = 1, max = 40)
          @NotBlank
          String name)
      throws CertificateException {
    String stripped = "x" + name.strip() + "x";
    String subject =
        new X500Principal("CN=\"" + stripped.replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
            .getName();
    assertThat(CertificateIdentity.of(subject).name()).isEqualTo(stripped);
    assertThat(CertificateIdentity.of(subject).groups()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "CN=local", "CN=anonymous", "CN=server", "CN=a\nb", "not a name"})
  void whoIsNobodyOrOnlyWeCanBeIsNotLetIn(String subject) {
    assertThatExceptionOfType(CertificateException.class)
        .isThrownBy(() -> CertificateIdentity.of(subject));
  }
}
