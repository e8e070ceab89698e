package io.sockerless.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What {@code deploy/} says of the server, the server knows. */
class DeploymentTest {

  private static final Path DEPLOY = Path.of("deploy");
  private static final Pattern SETTING = Pattern.compile("SOCKERLESS_[A-Z_]+");

  @Test
  void thePolicyOfTheManifestsIsOne(@TempDir Path folder) throws IOException {
    Path policy = Files.writeString(folder.resolve("policy.yaml"), policy());
    assertThatCode(() -> PolicyFile.open(policy)).doesNotThrowAnyException();
  }

  @Test
  void theSettingsAreThoseOfTheReadme() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    for (String file : List.of("Dockerfile", "healthy", "kubernetes.yaml")) {
      assertThat(SETTING.matcher(Files.readString(DEPLOY.resolve(file))).results())
          .as(file)
          .isNotEmpty()
          .allSatisfy(setting -> assertThat(readme).contains("`" + key(setting.group()) + "`"));
    }
  }

  private static String key(String variable) {
    return variable.toLowerCase(Locale.ROOT).replace('_', '.');
  }

  private static String policy() throws IOException {
    String manifests = Files.readString(DEPLOY.resolve("kubernetes.yaml"));
    Iterable<Object> documents =
        new Load(LoadSettings.builder().build()).loadAllFromString(manifests);
    return StreamSupport.stream(documents.spliterator(), false)
        .map(Map.class::cast)
        .filter(document -> "ConfigMap".equals(document.get("kind")))
        .map(document -> (Map<?, ?>) document.get("data"))
        .flatMap(data -> Stream.ofNullable((String) data.get("policy.yaml")))
        .findFirst()
        .orElseThrow();
  }
}
