package io.sockerless;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.sockerless.backend.memory.wasm.WasmModules;
import jakarta.inject.Inject;
import java.io.File;
import java.lang.reflect.Method;
import java.nio.channels.InterruptibleChannel;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.stream.Stream;
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

  private static final String[] PROGRAMS = {
    "io.sockerless.backend.memory.kernel..",
    "io.sockerless.backend.memory.shell..",
    "io.sockerless.backend.memory.utility..",
    "io.sockerless.backend.memory.wasm.."
  };

  /** What of {@code wire} is in the agent's file as well. */
  private static final DescribedPredicate<JavaClass> AGENTS_WIRE =
      describe(
          "the agent's parts of wire",
          type ->
              type.getName()
                  .matches(
                      "io\\.sockerless\\.wire\\.(Head|Request|Response|ProtocolException|ThreadKind|WebSocketMask).*"));

  private static void check(ArchRule rule) {
    rule.check(CLASSES);
  }

  private static ArchRule only(String from, String... to) {
    String[] allowed = Arrays.copyOf(to, to.length + 1);
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
  void metricsAreReadFromWhatIsCountedAndKnowNoBackend() {
    check(
        only(
            "io.sockerless.metrics..",
            "io.sockerless.agent",
            "io.sockerless.engine..",
            "io.sockerless.http..",
            "io.sockerless.wire.."));
  }

  @Test
  void rulesStandBeforeTheEngineAndKnowNoBackend() {
    check(only("io.sockerless.policy.rule..", "io.sockerless.engine.."));
    check(
        only(
            "io.sockerless.policy.request..",
            "io.sockerless.policy.rule..",
            "io.sockerless.archive..",
            "io.sockerless.engine..",
            "io.sockerless.wire.."));
    check(only("io.sockerless.audit..", "io.sockerless.engine..", "io.sockerless.wire.."));
    check(
        only(
            "io.sockerless.policy..",
            "io.sockerless.archive..",
            "io.sockerless.audit..",
            "io.sockerless.engine..",
            "io.sockerless.wire.."));
  }

  @Test
  void theConsoleSpeaksToTheEngineAndShowsAgentsRulesAndTheAudit() {
    check(
        only(
            "io.sockerless.console..",
            "io.sockerless.agent",
            "io.sockerless.audit",
            "io.sockerless.engine..",
            "io.sockerless.http..",
            "io.sockerless.policy",
            "io.sockerless.wire.."));
  }

  @Test
  void aBackendSeesTheEngineAndWhatStreamsAreMadeOf() {
    check(
        only(
            "io.sockerless.backend..",
            "io.sockerless.agent..",
            "io.sockerless.archive..",
            "io.sockerless.engine..",
            "io.sockerless.policy",
            "io.sockerless.stream..",
            "io.sockerless.wire.."));
  }

  @Test
  void backendsDoNotSeeEachOtherButTheMemoryBackendSeesTheCore() {
    String[] common = {
      "io.sockerless.archive..",
      "io.sockerless.backend.spi..",
      "io.sockerless.engine..",
      "io.sockerless.stream..",
      "io.sockerless.wire.."
    };
    check(only("io.sockerless.backend.docker..", common));
    check(only("io.sockerless.backend.core..", and(common, "io.sockerless.agent..")));
    check(
        only(
            "io.sockerless.backend.memory..",
            and(and(common, "io.sockerless.agent"), "io.sockerless.backend.core..")));
  }

  /** What a backend in another jar is given to see. */
  @Test
  void theInterfaceOfBackendsNamesNoneOfThem() {
    check(only("io.sockerless.backend.spi..", "io.sockerless.agent", "io.sockerless.engine.."));
  }

  private static String[] and(String[] packages, String another) {
    String[] more = Arrays.copyOf(packages, packages.length + 1);
    more[packages.length] = another;
    return more;
  }

  private static DescribedPredicate<JavaClass> belongsTo(Class<?> type) {
    return describe(
        "belongs to " + type.getSimpleName(),
        it -> it.getName().equals(type.getName()) || it.getName().startsWith(type.getName() + "$"));
  }

  @Test
  void nounsOfTheCoreReachEachOtherThroughTheContainersInterfacesAlone() {
    for (String noun : new String[] {"image", "network", "volume", "build"}) {
      check(
          noClasses()
              .that()
              .resideInAnyPackage(
                  Stream.of("image", "network", "volume", "build")
                      .filter(other -> !other.equals(noun) && !other.equals("build"))
                      .map(other -> "io.sockerless.backend.core." + other + "..")
                      .toArray(String[]::new))
              .should()
              .dependOnClassesThat()
              .resideInAPackage("io.sockerless.backend.core." + noun + ".."));
    }
  }

  @Test
  void librariesStayWhereTheyServe() {
    check(onlyIn("org.h2..", "io.sockerless.backend.core.store.."));
    check(onlyIn("run.endive..", "io.sockerless.backend.memory.wasm.."));
    check(onlyIn("org.jose4j..", "io.sockerless.edge.security.."));
    check(
        onlyIn("nl.altindag..", "io.sockerless.edge.security..", "io.sockerless.backend.docker.."));
    check(onlyIn("com.fasterxml..", "io.sockerless.backend.memory.utility.."));
    check(onlyIn("net.thisptr..", "io.sockerless.backend.memory.utility.."));
    check(
        onlyIn(
            "org.apache.commons.compress..",
            "io.sockerless.archive..",
            "io.sockerless.backend.memory.utility.archive.."));
  }

  private static ArchRule onlyIn(String library, String... places) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(places)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library);
  }

  @Test
  void noTaskOfTheSandboxUsesWhatAnInterruptBreaksForOthers() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(PROGRAMS)
            .should()
            .dependOnClassesThat()
            .areAssignableTo(InterruptibleChannel.class));
  }

  /** But for the cache of compiled modules, whose folder no container names. */
  @Test
  void programsOfTheSandboxNeverTouchTheHost() {
    for (Class<?> host :
        new Class<?>[] {
          File.class,
          Files.class,
          java.nio.file.Path.class,
          ProcessBuilder.class,
          ProcessHandle.class
        }) {
      check(
          noClasses()
              .that()
              .resideInAnyPackage(PROGRAMS)
              .and(not(belongsTo(WasmModules.class)))
              .should()
              .dependOnClassesThat()
              .areAssignableTo(host));
    }
    for (Method method : Runtime.class.getMethods()) {
      if (method.getName().equals("exec")) {
        check(noClasses().should().callMethod(Runtime.class, "exec", method.getParameterTypes()));
      }
    }
  }

  @Test
  void archivesSeeNothingOfOurs() {
    check(only("io.sockerless.archive.."));
  }

  /** The agent is a file of its own, copied into images that have nothing but a JDK. */
  @Test
  void theAgentIsMadeOfTheJdkAloneAndSeesOnlyArchivesAndHeads() {
    DescribedPredicate<JavaClass> agents =
        resideInAnyPackage(
            "io.sockerless.agent.program..",
            "io.sockerless.agent.protocol..",
            "io.sockerless.agent.websocket..");
    check(
        noClasses()
            .that(agents.or(AGENTS_WIRE))
            .should()
            .dependOnClassesThat(
                not(
                    resideInAnyPackage(
                            "java..", "javax.net..", "javax.security..", "io.sockerless.archive..")
                        .or(agents)
                        .or(AGENTS_WIRE))));
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
    check(slices().matching("io.sockerless.backend.core.(*)..").should().beFreeOfCycles());
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
            .haveSimpleNameNotEndingWith("Filter")
            .and()
            .resideOutsideOfPackages("io.sockerless.http..", "io.sockerless.edge..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.ws.rs..", "jakarta.servlet..", "jakarta.websocket.."));
  }

  @Test
  void noClientOfDockersIsInTheServer() {
    check(noClasses().should().dependOnClassesThat().resideInAPackage("com.github.dockerjava.."));
  }

  @Test
  void nobodyWritesToStandardOutputButThePrograms() {
    NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(
        CLASSES.that(
            not(resideInAnyPackage("io.sockerless.launcher..", "io.sockerless.agent.program"))));
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
