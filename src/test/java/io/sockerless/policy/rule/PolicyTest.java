package io.sockerless.policy.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.engine.Identity;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTest {

  private static final Identity ALICE = new Identity("alice", Set.of("developers"));
  private static final Identity BOB = Identity.of("bob");
  private static final String CREATE = "containers.create";

  private static Policy policy(String... rules) {
    try {
      return PolicyReader.read("rules:\n- " + String.join("\n- ", rules));
    } catch (PolicyException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static Facts power(Power power, String... values) {
    return new Facts(Map.of(power, Set.of(values)), Set.of(), Facts.untouched(), Optional.empty());
  }

  private static Facts image(String name) {
    return Facts.none().withImages(Set.of(name));
  }

  private static Verdict decide(Policy policy, Identity who, String operation, Facts facts) {
    return policy.decide(who, operation, facts, Set.of(new Owner.Named(who.name())));
  }

  @Test
  void whatNoRuleAllowsIsDenied() {
    Verdict verdict = decide(policy("{who: alice, allow: system.*}"), ALICE, CREATE, Facts.none());

    assertThat(verdict.allowed()).isFalse();
    assertThat(verdict.reason()).isEqualTo("no rule allows containers.create to alice");
  }

  @Test
  void aDenyRuleWinsWhereverItStands() {
    String allow = "{who: '*', allow: containers.*, may: {privileged: true}}";
    String deny = "{name: no root, who: '*', deny: containers.*, when: {privileged: true}}";

    for (Policy policy : new Policy[] {policy(allow, deny), policy(deny, allow)}) {
      Verdict verdict = decide(policy, ALICE, CREATE, power(Power.PRIVILEGED, "true"));
      assertThat(verdict.allowed()).isFalse();
      assertThat(verdict.reason()).endsWith("(no root) denies containers.create");
      assertThat(decide(policy, ALICE, CREATE, Facts.none()).allowed()).isTrue();
    }
  }

  @Test
  void aRuleIsAboutTheMembersOfAGroupWhereverThatIsDefined() throws PolicyException {
    Policy policy =
        PolicyReader.read(
            "groups: {testers: [bob]}\n"
                + "rules: [{who: ['group:developers', 'group:testers'], allow: system.info}]");

    assertThat(decide(policy, ALICE, "system.info", Facts.none()).allowed()).isTrue();
    assertThat(decide(policy, BOB, "system.info", Facts.none()).allowed()).isTrue();
    assertThat(decide(policy, Identity.of("carol"), "system.info", Facts.none()).allowed())
        .isFalse();
  }

  @Test
  void authenticatedIsEverybodyWhoIsKnown() {
    Policy policy = policy("{who: authenticated, allow: system.info}");

    assertThat(decide(policy, BOB, "system.info", Facts.none()).allowed()).isTrue();
    assertThat(decide(policy, Identity.ANONYMOUS, "system.info", Facts.none()).allowed()).isFalse();
  }

  @Test
  void anAllowRuleGivesNoPowerThatItDoesNotName() {
    Policy policy = policy("{who: alice, allow: containers.*}");

    for (Power power : Power.values()) {
      assertThat(decide(policy, ALICE, CREATE, power(power, "/x")).allowed())
          .as("%s", power)
          .isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/srv/data, true",
    "/srv/data/a/b, true",
    "/srv, false",
    "/srv/database, false",
    "/srv/data/../secret, false",
    "/srv//data/x, true",
    "/, false"
  })
  void aBindMustLieInAFolderThatIsGiven(String source, boolean allowed) {
    Policy policy = policy("{who: alice, allow: containers.*, may: {binds: [/srv/data]}}");

    assertThat(decide(policy, ALICE, CREATE, power(Power.BINDS, source)).allowed())
        .isEqualTo(allowed);
  }

  @Test
  void aDeniedFolderIsNotReachedThroughTheOneAboveIt() {
    Policy policy =
        policy(
            "{who: alice, allow: containers.*, may: {binds: '*'}}",
            "{who: alice, deny: containers.*, when: {binds: [/etc]}}");

    assertThat(decide(policy, ALICE, CREATE, power(Power.BINDS, "/")).allowed()).isFalse();
    assertThat(decide(policy, ALICE, CREATE, power(Power.BINDS, "/etc/ssl")).allowed()).isFalse();
    assertThat(decide(policy, ALICE, CREATE, power(Power.BINDS, "/srv")).allowed()).isTrue();
  }

  @Test
  void oneRuleMustCoverAllOfARequest() {
    Policy policy =
        policy(
            "{who: alice, allow: containers.*, may: {privileged: true}}",
            "{who: alice, allow: containers.*, may: {namespaces: [pid]}}");
    Facts both =
        new Facts(
            Map.of(Power.PRIVILEGED, Set.of("true"), Power.NAMESPACES, Set.of("pid")),
            Set.of(),
            Facts.untouched(),
            Optional.empty());

    assertThat(decide(policy, ALICE, CREATE, both).reason())
        .isEqualTo("rule 1 does not cover this: namespaces pid is not permitted");
  }

  @ParameterizedTest
  @CsvSource({
    "docker.io/library/alpine:3.20, true",
    "docker.io/library/alpine@sha256:abc, true",
    "docker.io/team/app:1, true",
    "docker.io/library/alpine2:1, false",
    "evil.example/library/alpine:3.20, false",
    "docker.io/team2/app:1, false"
  })
  void animagesNameMayBeGivenInShortOrInFull(String image, boolean allowed) {
    Policy policy =
        policy("{who: alice, allow: containers.*, when: {images: [alpine, docker.io/team/*]}}");

    assertThat(decide(policy, ALICE, CREATE, image(image)).allowed()).isEqualTo(allowed);
  }

  @Test
  void aRegistryIsWhatStandsBeforeTheFirstSlash() {
    Policy policy = policy("{who: alice, allow: images.*, when: {registries: [r.example:5000]}}");

    assertThat(decide(policy, ALICE, "images.create", image("r.example:5000/a/b:1")).allowed())
        .isTrue();
    assertThat(decide(policy, ALICE, "images.create", image("docker.io/library/a:1")).reason())
        .contains("registry docker.io is not permitted");
  }

  @ParameterizedTest
  @CsvSource({"1073741824, true", "2147483648, true", "2147483649, false", "-1, false"})
  void aLimitIsRequiredAndAtMostThatOfTheRule(long memory, boolean allowed) {
    Policy policy = policy("{who: alice, allow: containers.*, when: {limits: {memory: 2g}}}");
    Map<Limit, Long> limits = memory < 0 ? Map.of() : Map.of(Limit.MEMORY, memory);
    Facts facts = new Facts(Map.of(), Set.of(), limits, Optional.of(Map.of()));

    assertThat(decide(policy, ALICE, CREATE, facts).allowed()).isEqualTo(allowed);
    assertThat(decide(policy, ALICE, "containers.start", Facts.none()).allowed()).isTrue();
  }

  @Test
  void aLabelIsRequiredOfWhatIsMade() {
    Policy policy = policy("{who: alice, allow: containers.*, when: {labels: {team: pay*}}}");
    Facts with =
        new Facts(Map.of(), Set.of(), Facts.untouched(), Optional.of(Map.of("team", "payments")));
    Facts without = new Facts(Map.of(), Set.of(), Facts.untouched(), Optional.of(Map.of()));

    assertThat(decide(policy, ALICE, CREATE, with).allowed()).isTrue();
    assertThat(decide(policy, ALICE, CREATE, without).reason())
        .endsWith("label team=pay* is required");
    assertThat(decide(policy, ALICE, "containers.list", Facts.none()).allowed()).isTrue();
  }

  @Test
  void anAuditRuleIsNamedAndDecidesNothing() {
    Policy policy = policy("{who: '*', allow: execs.*}", "{name: watch, who: bob, audit: execs.*}");

    assertThat(decide(policy, BOB, "execs.create", Facts.none()).watched())
        .containsExactly("rule 2 (watch)");
    assertThat(decide(policy, ALICE, "execs.create", Facts.none()).watched()).isEmpty();
  }

  @Test
  void aRuleThatSpeaksOfNoPowerSpeaksOfEveryRequest() {
    Policy policy =
        policy(
            "{who: '*', allow: containers.*, may: {binds: [/srv]}}",
            "{who: '*', audit: containers.*, when: {binds: [/srv]}}",
            "{who: '*', audit: containers.*, when: {images: [alpine]}}");

    assertThat(decide(policy, ALICE, CREATE, image("docker.io/library/alpine:latest")).watched())
        .containsExactly("rule 3");
    assertThat(decide(policy, ALICE, CREATE, power(Power.BINDS, "/srv")).watched())
        .containsExactly("rule 2");
    assertThat(decide(policy, ALICE, CREATE, power(Power.BINDS)).watched()).isEmpty();
  }

  @Test
  void anAllowRuleIsAboutOnesOwnAndWhatIsForAll() {
    Policy policy = policy("{who: alice, allow: containers.*}");

    assertThat(policy.shows(ALICE, "containers.list", new Owner.Named("alice"))).isTrue();
    assertThat(policy.shows(ALICE, "containers.list", new Owner.Shared())).isTrue();
    assertThat(policy.shows(ALICE, "containers.list", new Owner.Named("bob"))).isFalse();
    assertThat(policy.shows(ALICE, "containers.list", new Owner.None())).isFalse();
  }

  @Test
  void somebodyWhoIsCalledSelfIsNotEverybody() {
    Policy policy = policy("{who: '*', allow: containers.*}");

    assertThat(policy.shows(ALICE, "containers.list", new Owner.Named("self"))).isFalse();
    assertThat(policy.shows(ALICE, "containers.list", new Owner.Named("shared"))).isFalse();
  }
}
