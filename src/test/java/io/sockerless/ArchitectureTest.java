package io.sockerless;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** Who may know whom. */
class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.sockerless");

  private static final String[] NOUNS = {
    "io.sockerless.container..", "io.sockerless.exec..", "io.sockerless.image..",
        "io.sockerless.network..",
    "io.sockerless.volume..", "io.sockerless.system..", "io.sockerless.plugin..",
        "io.sockerless.swarm.."
  };

  private static void check(ArchRule rule) {
    rule.check(CLASSES);
  }

  private static ArchRule only(String from, String... to) {
    String[] allowed = java.util.Arrays.copyOf(to, to.length + 1);
    allowed[to.length] = from;
    return noClasses()
        .that()
        .resideInAPackage(from)
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.sockerless..").and(not(resideInAnyPackage(allowed))));
  }

  @Test
  void wireSeesNothingOfOurs() {
    check(only("io.sockerless.wire.."));
  }

  @Test
  void engineSeesOnlyWire() {
    check(only("io.sockerless.engine..", "io.sockerless.wire.."));
  }

  @Test
  void streamSeesOnlyTheEngineAndWire() {
    check(only("io.sockerless.stream..", "io.sockerless.engine..", "io.sockerless.wire.."));
  }

  @Test
  void httpSeesNeitherTheEdgeNorABackend() {
    check(
        only(
            "io.sockerless.http..",
            "io.sockerless.engine..",
            "io.sockerless.wire..",
            "io.sockerless.stream.."));
  }

  @Test
  void nounsSpeakToTheEngineAndNeverToABackend() {
    for (String noun : NOUNS) {
      check(
          only(
                  noun,
                  "io.sockerless.engine..",
                  "io.sockerless.http..",
                  "io.sockerless.stream..",
                  "io.sockerless.wire..")
              .allowEmptyShould(true));
    }
  }

  @Test
  void aBackendSeesTheEngineAndWhatStreamsAreMadeOf() {
    check(
        only(
            "io.sockerless.backend..",
            "io.sockerless.archive..",
            "io.sockerless.engine..",
            "io.sockerless.stream..",
            "io.sockerless.wire.."));
  }

  @Test
  void archivesSeeNothingOfOurs() {
    check(only("io.sockerless.archive.."));
  }

  @Test
  void onlyTheProducerChoosesAmongBackends() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("io.sockerless.backend..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.sockerless.backend.."));
  }

  @Test
  void packagesHaveNoCycles() {
    check(slices().matching("io.sockerless.(*)..").should().beFreeOfCycles());
  }

  @Test
  void theServersTypesStayAtTheBorder() {
    check(
        noClasses()
            .that()
            .haveSimpleNameNotEndingWith("Resource")
            .and()
            .haveSimpleNameNotEndingWith("Endpoint")
            .and()
            .resideOutsideOfPackages(
                "io.sockerless.http..", "io.sockerless.edge..", "io.sockerless.console..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.ws.rs..", "jakarta.servlet..", "jakarta.websocket.."));
  }

  @Test
  void noClientOfDockersIsInTheServer() {
    check(noClasses().should().dependOnClassesThat().resideInAPackage("com.github.dockerjava.."));
  }

  @Test
  void nobodyWritesToStandardOutputButTheCommandThatLaunches() {
    NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(
        CLASSES.that(not(resideInAPackage("io.sockerless.launcher.."))));
  }

  @Test
  void whatIsInjectedComesThroughTheConstructor() {
    check(noFields().should().beAnnotatedWith(Inject.class));
  }

  @Test
  void resourcesAreNamedSo() {
    check(
        classes()
            .that()
            .areAnnotatedWith(jakarta.ws.rs.Path.class)
            .should()
            .haveSimpleNameEndingWith("Resource"));
  }
}
