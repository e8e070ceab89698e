package io.sockerless.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.sockerless.support.ConsolePage.answer;
import static io.sockerless.support.ConsolePage.row;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.sockerless.support.ConsolePage;
import io.sockerless.support.DockerCli;
import io.sockerless.support.DockerDaemon;
import io.sockerless.support.Scratch;
import io.sockerless.support.SockerlessServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every page of the console, as people use it. */
class ConsoleIT {

  @RegisterExtension private final ConsolePage console = new ConsolePage();
  private final String name = "console-" + UUID.randomUUID();
  private final SockerlessServer server = SockerlessServer.memory();
  private final DockerCli docker = new DockerCli(server.dockerHost());

  @BeforeAll
  static void needsChromium() {
    ConsolePage.requireChromium();
    DockerDaemon.require();
  }

  @AfterEach
  void removeWhatWasMade() {
    docker.run("rm", "-f", name);
    docker.run("network", "rm", name);
    docker.run("volume", "rm", name);
  }

  private String run(String... command) {
    return run(new String[0], command);
  }

  private String run(String[] options, String[] command) {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("run", "-d", "--name", name));
    words.addAll(List.of(options));
    words.add("alpine");
    words.addAll(List.of(command));
    return docker.ok(words.toArray(String[]::new));
  }

  private static Locator button(Page page, String label) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(label));
  }

  private Locator action(Page page, String label) {
    return button(page, label + " " + name);
  }

  @Test
  void containersComeChangeAndGoByThemselves() {
    Page page = console.open(server, "containers");
    assertThat(page.locator("#feed")).hasText("live");

    run("sleep", "1000");
    assertThat(row(page, name)).containsText("running");
    docker.ok("kill", name);
    assertThat(row(page, name)).containsText("Exited (137)");
    docker.ok("rm", name);
    assertThat(row(page, name)).hasCount(0);
  }

  @Test
  void whatEndsAContainerIsDoneOnlyWhenItIsConfirmed() {
    run("sleep", "1000");
    Page page = console.open(server, "containers");

    action(page, "Kill").click();
    answer(page, "Cancel").click();
    assertThat(row(page, name)).containsText("running");
    action(page, "Kill").click();
    answer(page, "Kill").click();
    assertThat(row(page, name)).containsText("Exited (137)");

    action(page, "Start").click();
    assertThat(row(page, name)).containsText("running");
    action(page, "Remove").click();
    answer(page, "Remove").click();
    assertThat(row(page, name)).hasCount(0);
  }

  @Test
  void whatTheServerRefusesIsSaidInItsWords() {
    docker.ok("create", "--name", name, "alpine", "no-such-command");
    Page page = console.open(server, "containers");

    action(page, "Start").click();

    assertThat(page.getByRole(AriaRole.ALERT)).containsText("no-such-command");
    ConsolePage.keep(page, "error");
  }

  @Test
  void whatIsNotThereIsSaidWithAWayToTryAgain() {
    Page page = console.open(server, "containers/" + name);
    assertThat(page.locator("#main")).containsText("No such container: " + name);

    run("sleep", "1000");
    button(page, "Try again").click();

    assertThat(page.locator("h1")).hasText(name);
  }

  @Test
  void theKeyboardAloneFindsAContainerAndOpensItsLog() {
    run("sh", "-c", "echo found me; sleep 1000");
    Page page = console.open(server, "containers");
    assertThat(row(page, name)).hasCount(1);

    page.keyboard().press("/");
    page.keyboard().type(name);
    assertThat(page.locator("tbody tr")).hasCount(1);
    page.keyboard().press("Escape");
    page.keyboard().press("j");
    page.keyboard().press("l");

    assertThat(page.locator(".log")).containsText("found me");
  }

  @Test
  void theHelpTellsTheKeysAndTheyLeadThroughTheSections() {
    Page page = console.open(server, "containers");
    assertThat(page.locator("h1")).hasText("Containers");

    page.keyboard().press("?");
    assertThat(page.getByRole(AriaRole.DIALOG)).containsText("Keyboard shortcuts");
    page.keyboard().press("Escape");
    page.keyboard().press("g");
    page.keyboard().press("v");

    assertThat(page.locator("h1")).hasText("Volumes");
  }

  @Test
  void theLogIsFollowedAndStandardErrorToldApart() {
    run("sh", "-c", "echo to out; echo to err >&2; sleep 1; echo later; sleep 1000");

    Page page = console.open(server, "containers/" + name + "/logs");

    assertThat(page.locator(".line.stdout").first()).containsText("to out");
    assertThat(page.locator(".line.stderr")).containsText("errto err");
    assertThat(page.locator(".log")).containsText("later");
    page.getByLabel("stderr").uncheck();
    assertThat(page.locator(".line.stderr")).isHidden();
    page.getByLabel("stderr").check();
    ConsolePage.keep(page, "logs");
  }

  @Test
  void markupInALogIsText() {
    run("echo", "<img src=x onerror=alert(1)><b>bold</b>");

    Page page = console.open(server, "containers/" + name + "/logs");

    assertThat(page.locator(".line .text")).hasText("<img src=x onerror=alert(1)><b>bold</b>");
  }

  @Test
  void theLogOfATerminalIsRead() {
    run(new String[] {"-t"}, new String[] {"sh", "-c", "printf '\\033[31mred\\033[0m line\\n'"});

    Page page = console.open(server, "containers/" + name + "/logs");

    assertThat(page.locator(".line .text").first()).hasText("red line");
  }

  @Test
  void statsAreDrawn() {
    run("sh", "-c", "while true; do echo x >/dev/null; sleep 0.1; done");

    Page page = console.open(server, "containers/" + name + "/stats");

    assertThat(page.locator(".chart canvas")).hasCount(4);
    assertThat(page.locator(".chart").first()).containsText(Pattern.compile("[0-9] %"));
    assertThat(page.locator("#main")).containsText("processes");
    ConsolePage.keep(page, "stats");
  }

  @Test
  void theDocumentIsATreeThatCanBeSearched() {
    run(new String[] {"-e", "FAVOURITE=blue"}, new String[] {"sleep", "1000"});
    Page page = console.open(server, "containers/" + name + "/inspect");
    assertThat(page.locator(".tree")).containsText("HostConfig");

    page.getByLabel("Filter the document").fill("FAVOURITE");

    assertThat(page.locator(".tree .value")).hasText("FAVOURITE=blue");
    ConsolePage.keep(page, "inspect");
  }

  @Test
  void anImageIsPulledWithItsProgressAndItsHistoryShown() {
    Page page = console.open(server, "images");

    page.getByLabel("Image to pull").fill("alpine");
    button(page, "Pull").click();
    assertThat(page.locator("#notices")).containsText("alpine is here.");
    // Tests of the same server give the image more names, of which the first is the link.
    Locator link = row(page, "alpine:latest").first().getByRole(AriaRole.LINK).first();
    String first = link.innerText();
    link.click();

    assertThat(page.locator("h1")).hasText(first);
    assertThat(page.locator("tbody tr").first()).isVisible();
    ConsolePage.keep(page, "image");
  }

  @Test
  void anImageThatIsNowhereIsAnErrorThatIsShown() {
    Page page = console.open(server, "images");

    page.getByLabel("Image to pull").fill("127.0.0.1:1/nowhere:1");
    button(page, "Pull").click();

    assertThat(page.locator(".pull [role=alert]")).not().isEmpty();
  }

  @Test
  void anImageIsRemoved() {
    docker.ok("run", "--name", name, "alpine", "true");
    docker.ok("commit", name, name + ":gone");
    docker.ok("rm", name);
    Page page = console.open(server, "images");

    button(page, "Remove " + name + ":gone").click();
    answer(page, "Remove").click();

    assertThat(row(page, name)).hasCount(0);
  }

  @Test
  void networksAreDrawnWithWhoIsOnThem() {
    Page page = console.open(server, "networks");
    docker.ok("network", "create", name);
    String id = run(new String[] {"--network", name}, new String[] {"sleep", "1000"});

    Locator link = page.locator(".link-group[data-container='" + id + "']");
    assertThat(link).hasCount(1);
    assertThat(link.locator("title")).containsText(name + " is on " + name + " as ");
    assertThat(row(page, name)).containsText(Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+/\\d+"));
    ConsolePage.keep(page, "networks");

    docker.ok("network", "disconnect", name, name);
    assertThat(link).hasCount(0);
  }

  @Test
  void aVolumeThatManyContainersHaveNamesAFewOfThem() {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      made.add(docker.ok("create", "-v", name + ":/data", "alpine", "true").strip());
    }
    Page page = console.open(server, "volumes");

    assertThat(row(page, name)).containsText("and 2 more");

    made.forEach(id -> docker.ok("rm", id));
  }

  @Test
  void volumesAreMadeShownAndRemoved() {
    Page page = console.open(server, "volumes");

    page.getByLabel("Name of a new volume").fill(name);
    button(page, "Create").click();
    assertThat(row(page, name)).containsText("local");
    run(
        new String[] {"-v", name + ":/data"},
        new String[] {"sh", "-c", "head -c 5000 /dev/zero >/data/file; sleep 1000"});
    assertThat(row(page, name).locator("td").nth(1)).hasText(name);
    docker.ok("rm", "-f", name);
    action(page, "Remove").click();
    answer(page, "Remove").click();

    assertThat(row(page, name)).hasCount(0);
  }

  @Test
  void eventsArriveWhileOneLooks() {
    Page page = console.open(server, "events");
    assertThat(page.locator("#feed")).hasText("live");

    docker.run("run", "--name", name, "alpine", "sh", "-c", "exit 3");

    Locator entry =
        page.locator(".timeline li").filter(new Locator.FilterOptions().setHasText(name + " die"));
    assertThat(entry).containsText("exit code 3");
    entry.locator("summary").click();
    assertThat(entry.locator(".tree")).containsText("exitCode");
    ConsolePage.keep(page, "events");
  }

  @Test
  void whatHappenedBeforeIsOnTheTimelineToo() {
    docker.ok("create", "--name", name, "alpine", "true");

    Page page = console.open(server, "events");
    assertThat(page.locator(".timeline")).containsText(name);

    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("containers")).click();
    assertThat(page.locator(".timeline")).not().containsText(name);
  }

  @Test
  void whoWaitsForItsAgentIsListed() {
    docker.ok("create", "--name", name, "-l", "sockerless.agent=reverse", "alpine", "true");

    Page page = console.open(server, "agents");

    assertThat(row(page, name)).containsText("not connected");
    ConsolePage.keep(page, "agents");
  }

  @Test
  void whoIsNotKnownIsNotNamed() {
    Page page = console.open(server, "volumes");

    assertThat(page.locator("#server")).containsText("memory");
    assertThat(page.locator("#user")).isEmpty();
  }

  @Test
  void whereThereIsNoPolicyThePageSaysSo() {
    Page page = console.open(server, "policy");

    assertThat(page.locator("#main")).containsText("No policy is configured.");
  }

  @Test
  void whatThePolicyRefusedIsShownWithItsReason() throws Exception {
    Path folder = Scratch.folder("console-policy");
    Path rules = folder.resolve("policy.yaml");
    Files.writeString(
        rules,
        """
        rules:
          - { name: all, who: ["*"], allow: ["*"], owners: ["*"] }
          - { name: no volumes, who: ["*"], deny: ["volumes.create"] }
        """);
    try (SockerlessServer governed =
        SockerlessServer.start(
            Map.of(
                "SOCKERLESS_BACKEND", "memory",
                "SOCKERLESS_DATA", folder.resolve("data").toString(),
                "SOCKERLESS_POLICY_FILE", rules.toString(),
                "SOCKERLESS_AUDIT_FILE", folder.resolve("audit.log").toString()))) {
      Page page = console.open(governed, "volumes");
      page.getByLabel("Name of a new volume").fill(name);
      button(page, "Create").click();
      assertThat(page.getByRole(AriaRole.ALERT)).containsText("denied by policy");

      page.keyboard().press("Escape");
      page.keyboard().press("g");
      page.keyboard().press("p");

      assertThat(row(page, "volumes.create").first()).containsText("no volumes");
      assertThat(row(page, "volumes.list")).hasCount(0);
      page.getByLabel("Refused only").uncheck();
      assertThat(row(page, "volumes.list").first()).containsText("allow");
      ConsolePage.keep(page, "policy");
      page.close();
    }
  }

  @Test
  void theThemeFollowsTheSystemUntilOneIsChosen() {
    Page page = console.open(server, "containers", ConsolePage.DESKTOP, ColorScheme.DARK);
    assertThat(page.locator("html")).hasAttribute("data-theme", "dark");

    page.keyboard().press("d");
    assertThat(page.locator("html")).hasAttribute("data-theme", "light");
    page.reload();

    assertThat(page.locator("html")).hasAttribute("data-theme", "light");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"containers", "images", "networks", "volumes", "events", "policy", "agents"})
  void everySectionFitsThePhone(String section) {
    run(new String[] {"-p", "0:80"}, new String[] {"sleep", "1000"});

    Page page = console.open(server, section, ConsolePage.PHONE, ColorScheme.DARK);
    assertThat(page.locator(".card").last()).isVisible();

    assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(ConsolePage.PHONE);
    ConsolePage.keep(page, "phone-" + section);
  }

  @ParameterizedTest
  @ValueSource(strings = {"overview", "logs", "stats", "inspect", "terminal"})
  void everyViewOfAContainerFitsThePhone(String view) {
    run("sh", "-c", "echo " + "long ".repeat(100) + "; sleep 1000");

    Page page =
        console.open(
            server, "containers/" + name + "/" + view, ConsolePage.PHONE, ColorScheme.LIGHT);
    assertThat(page.locator(".card, .shell").first()).isVisible();

    assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(ConsolePage.PHONE);
    ConsolePage.keep(page, "phone-" + view);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Inspect", "Remove"})
  void aNameThatIsLongerThanThePhoneIsWideIsReadWhole(String action) {
    String longName = name + "x".repeat(80);
    docker.ok("volume", "create", longName);
    Page page = console.open(server, "volumes", ConsolePage.PHONE, ColorScheme.LIGHT);

    button(page, action + " " + longName).click();
    Locator dialog = page.getByRole(AriaRole.DIALOG);
    assertThat(dialog).containsText(longName);

    assertThat(dialog.evaluate("it => it.scrollWidth <= it.clientWidth")).isEqualTo(true);
    ConsolePage.keep(page, "phone-dialog-" + action);
    docker.ok("volume", "rm", longName);
  }
}
