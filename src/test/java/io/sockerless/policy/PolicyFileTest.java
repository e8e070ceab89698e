package io.sockerless.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sockerless.support.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyFileTest {

  private static final String ONE = "rules: [{who: a, allow: system.ping}]";
  private static final String TWO =
      "rules: [{who: a, allow: system.ping}, {who: b, allow: system.ping}]";

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("policy.yaml");
  }

  /** As editors and orchestrators replace files: another one in its place. */
  private void replace(String text) throws IOException {
    Path other = Files.writeString(folder.resolve("other"), text);
    Files.move(other, file(), StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  void aChangeIsSeen() throws IOException {
    Files.writeString(file(), ONE);
    PolicyFile policy = PolicyFile.open(file(), 0);
    assertThat(policy.current().size()).isEqualTo(1);

    replace(TWO);
    assertThat(policy.current().size()).isEqualTo(2);
  }

  @Test
  void theLastGoodRulesStayWhenTheNextCannotBeRead() throws IOException {
    Files.writeString(file(), TWO);
    PolicyFile policy = PolicyFile.open(file(), 0);

    for (String broken : new String[] {"", "rules: [{who: a}]", "rules: [", "\0"}) {
      replace(broken);
      assertThat(policy.current().size()).as(broken).isEqualTo(2);
    }
    Files.delete(file());
    assertThat(policy.current().size()).isEqualTo(2);

    replace(ONE);
    assertThat(policy.current().size()).isEqualTo(1);
  }

  @Test
  void withoutRulesThatCanBeReadNothingStarts() throws IOException {
    Files.writeString(file(), "rules: [{who: a, allow: nothing.at.all}]");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Governance.from(Settings.of("sockerless.policy.file", file().toString())))
        .withMessageStartingWith("sockerless.policy.file: " + file() + " cannot be read: rule 1:");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Governance.from(Settings.of("sockerless.policy.file", folder + "/none.yaml")))
        .withMessageContaining("NoSuchFileException");
  }

  @Test
  void theSettingsAreThoseThatAreDocumented() {
    assertThat(PolicyConfig.from(Settings.of()))
        .isEqualTo(new PolicyConfig(Optional.empty(), Mode.ENFORCE));
    assertThat(
            PolicyConfig.from(
                Settings.of("sockerless.policy.file", "/p", "sockerless.policy.mode", "dry-run")))
        .isEqualTo(new PolicyConfig(Optional.of(Path.of("/p")), Mode.DRY_RUN));
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            PolicyConfig.from(
                Settings.of("sockerless.policy.file", "/p", "sockerless.policy.mode", "maybe")))
        .withMessageContaining("enforce, dry-run, learn");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PolicyConfig.from(Settings.of("sockerless.policy.mode", "enforce")));
  }
}
