package io.sockerless.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.sockerless.support.ConsolePage;
import io.sockerless.support.DockerCli;
import io.sockerless.support.DockerDaemon;
import io.sockerless.support.SockerlessServer;
import io.sockerless.support.SocketListener;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The console's terminal, from the keys to the command and back. */
class TerminalIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @RegisterExtension private final ConsolePage console = new ConsolePage();
  private final String name = "terminal-" + UUID.randomUUID();
  private SockerlessServer server = SockerlessServer.memory();

  @BeforeAll
  static void needsChromium() {
    ConsolePage.requireChromium();
    DockerDaemon.require();
  }

  @AfterEach
  void removeContainer() {
    docker().run("rm", "-f", name);
  }

  private DockerCli docker() {
    return new DockerCli(server.dockerHost());
  }

  private Page open() {
    docker().ok("run", "-d", "--network", "none", "--name", name, "alpine", "sleep", "1000");
    Page page = console.open(server, "containers/" + name + "/terminal");
    assertThat(screen(page)).containsText("# ");
    return page;
  }

  private static Locator screen(Page page) {
    return page.locator(".xterm-rows");
  }

  private static void type(Page page, String line) {
    page.keyboard().type(line);
    page.keyboard().press("Enter");
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "docker"})
  void whatIsTypedRunsAndItsOutputIsShown(String backend) {
    server = SockerlessServer.of(backend);
    Page page = open();

    type(page, "echo answer=$((6 * 7)) \\\"$TERM\\\"");

    assertThat(screen(page)).containsText("answer=42 \"xterm-256color\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "docker"})
  void theCommandIsToldTheSizeAtTheStartAndWheneverItChanges(String backend) {
    server = SockerlessServer.of(backend);
    Page page = open();
    type(page, "echo first $(stty size) end");
    assertThat(screen(page)).containsText(Pattern.compile("first 3\\d 1[23]\\d end"));

    page.setViewportSize(700, 640);
    await().atMost(PATIENCE).until(() -> columns(page) < 90);
    type(page, "echo then $(stty size) end");

    assertThat(screen(page)).containsText(Pattern.compile("then \\d+ " + columns(page) + " end"));
  }

  /** As many as the library has made of the width, by the width of a letter. */
  private static int columns(Page page) {
    Object width =
        page.evaluate(
            "() => Math.floor((document.querySelector('.xterm-screen').clientWidth + 1)"
                + " / (document.querySelector('.xterm-char-measure-element')"
                + ".getBoundingClientRect().width / 32))");
    return ((Number) width).intValue();
  }

  @Test
  void controlCInterruptsAndTheShellGoesOn() {
    Page page = open();
    type(page, "sleep 999");
    await().atMost(PATIENCE).until(() -> docker().ok("top", name).contains("sleep 999"));

    page.keyboard().press("Control+c");
    type(page, "echo went $((1 + 1))");

    assertThat(screen(page)).containsText("went 2");
  }

  @Test
  void coloursOfEveryKindAreDrawnUnderThePolicy() {
    Page page = open();

    type(page, "printf '\\033[38;2;1;2;3mTRUE\\033[0m \\033[32mGREEN\\033[0m\\n'");

    assertThat(page.locator(".xterm-rows span[style*='rgb(1, 2, 3)']").first()).hasText("TRUE");
    assertThat(page.locator(".xterm-rows .xterm-fg-2").first()).hasText("GREEN");
    ConsolePage.keep(page, "terminal");
  }

  @Test
  void theEndOfTheCommandIsToldWithItsExitCode() {
    Page page = open();

    type(page, "exit 7");

    assertThat(page.getByText("The command has ended with exit code 7.")).isVisible();
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Connect again")).click();
    assertThat(screen(page)).containsText("# ");
  }

  @Test
  void aCommandThatIsNotThereIsAnErrorThatIsShown() {
    Page page = open();
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Disconnect")).click();

    page.getByLabel("Command").fill("no-such-shell");
    page.keyboard().press("Enter");

    assertThat(page.locator("#main")).containsText(Pattern.compile("exit code 12[67]"));
    assertThat(screen(page)).containsText("no-such-shell");
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "docker"})
  void aShellEndsWithItsPage(String backend) {
    server = SockerlessServer.of(backend);
    Page page = open();
    type(page, "echo there $((1 + 1))");
    assertThat(screen(page)).containsText("there 2");
    assertThat(shells()).isEqualTo(1);

    page.context().close();

    await().atMost(PATIENCE).until(() -> shells() == 0);
  }

  private long shells() {
    return docker()
        .ok("top", name, "-o", "pid,args")
        .lines()
        .filter(it -> it.strip().matches("\\d+ +sh"))
        .count();
  }

  @Test
  void aContainerThatIsNotThereIsToldBeforeTheClose() throws Exception {
    SocketListener listener = new SocketListener();
    try (HttpClient client = HttpClient.newHttpClient()) {
      client
          .newWebSocketBuilder()
          .buildAsync(
              URI.create(
                  "ws://127.0.0.1:" + server.edgePort() + "/console/api/containers/nope/terminal"),
              listener)
          .get(60, TimeUnit.SECONDS);

      assertThat(listener.closed().code()).isEqualTo(4404);
      assertThat(listener.text()).isEqualTo("{\"message\":\"No such container: nope\"}");
    }
  }

  @Test
  void whoDoesNotRunHasNoTerminal() {
    docker().ok("create", "--name", name, "alpine", "true");

    Page page = console.open(server, "containers/" + name + "/terminal");

    assertThat(page.getByText("The container does not run, so there is nothing to enter."))
        .isVisible();
  }

  @Test
  void theFocusLeavesTheTerminalByTheKeyThatItNames() {
    Page page = open();

    page.keyboard().press("Shift+Escape");

    assertThat(page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Disconnect")))
        .isFocused();
  }
}
