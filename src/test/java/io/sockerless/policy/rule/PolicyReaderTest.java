package io.sockerless.policy.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockerless.engine.Identity;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyReaderTest {

  @Test
  void jsonIsReadAsWell() throws PolicyException {
    Policy policy = PolicyReader.read("{\"rules\":[{\"who\":\"*\",\"allow\":[\"system.ping\"]}]}");

    assertThat(policy.decide(Identity.ANONYMOUS, "system.ping", Facts.none(), Set.of()).allowed())
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                                        | policy: a mapping is expected
          rules: 3                                                  | policy: rules: a list is expected
          rulez: []                                                 | policy: there is no key rulez
          rules: [{who: a, allow: system.ping}, {allow: x}]         | rule 2: who is missing
          rules: [{who: a}]                                         | rule 1: exactly one of allow, deny and audit
          rules: [{who: a, allow: x, deny: y}]                      | rule 1: exactly one of allow, deny and audit
          rules: [{who: a, allow: container.create}]                | rule 1: there is no operation container.create
          rules: [{who: a, allow: []}]                              | rule 1: allow: no operation is named
          rules: [{who: a, deny: system.ping, may: {binds: /}}]     | rule 1: only an allow rule gives powers
          rules: [{who: a, allow: system.ping, may: {bind: /}}]     | rule 1: may: there is no key bind
          rules: [{who: a, allow: system.ping, may: {binds: srv}}]  | rule 1: may: binds: srv is not of the form
          rules: [{who: a, allow: system.ping, when: {privileged: true}}] | rule 1: when: there is no key privileged
          rules: [{who: a, allow: system.ping, when: {limits: {memory: much}}}] | memory: much is no amount
          rules: [{who: a, who: b, allow: system.ping}]             | duplicate key who
          rules: [&a {who: a, allow: system.ping}, *a]              | aliases
          """)
  void whatHasNoMeaningIsRefusedByItsPlace(String text, String message) {
    assertThatThrownBy(() -> PolicyReader.read(text))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aDeeplyNestedDocumentIsRefused() {
    assertThatThrownBy(() -> PolicyReader.read("[".repeat(100_000)))
        .isInstanceOf(PolicyException.class);
  }
}
