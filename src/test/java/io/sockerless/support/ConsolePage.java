package io.sockerless.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The console in Debian's Chromium, used as a person would. A page that breaks its own content
 * security policy, asks another host for anything, or throws fails the test.
 */
public final class ConsolePage implements AfterEachCallback {

  /** A desktop's window. */
  public static final int DESKTOP = 1280;

  /** The narrowest phone. */
  public static final int PHONE = 360;

  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final int PATIENCE_MILLIS = 30_000;
  private static final String TELL_VIOLATIONS =
      "document.addEventListener('securitypolicyviolation', event =>"
          + " console.error('VIOLATION ' + event.violatedDirective + ' ' + event.blockedURI))";

  private final List<String> faults = new ArrayList<>();
  private final List<BrowserContext> contexts = new ArrayList<>();

  private static final class Shared {
    static final Playwright PLAYWRIGHT =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    // The tests may run as root, for whom Chromium has no sandbox of its own.
    static final Browser BROWSER =
        PLAYWRIGHT
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(CHROMIUM)
                    .setArgs(List.of("--no-sandbox")));

    static {
      PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
      Runtime.getRuntime().addShutdownHook(new Thread(PLAYWRIGHT::close));
    }
  }

  /**
   * Skips the test, loudly, where Chromium is not; fails it where {@code
   * SOCKERLESS_TEST_REQUIRE_DOCKER} is set, which says that everything is to be tested.
   */
  public static void requireChromium() {
    if (Files.isExecutable(CHROMIUM)) {
      return;
    }
    String message = "NO CHROMIUM at " + CHROMIUM + ": the console was not tested";
    System.err.println(message);
    if ("true".equals(System.getenv("SOCKERLESS_TEST_REQUIRE_DOCKER"))) {
      fail(message);
    }
    abort(message);
  }

  /** Opens a server's console at a place such as {@code images}, in a desktop's window. */
  public Page open(SockerlessServer server, String place) {
    return open(server, place, DESKTOP, ColorScheme.LIGHT);
  }

  /** Opens a server's console in a window of the given width. */
  public Page open(SockerlessServer server, String place, int width, ColorScheme scheme) {
    return open(
        server,
        place,
        new Browser.NewContextOptions().setViewportSize(width, 800).setColorScheme(scheme));
  }

  /** Opens a server's console and gives the browser what it asks its user for. */
  public Page openAs(String user, String password, SockerlessServer server, String place) {
    return open(
        server,
        place,
        new Browser.NewContextOptions()
            .setViewportSize(DESKTOP, 800)
            .setHttpCredentials(user, password));
  }

  private Page open(SockerlessServer server, String place, Browser.NewContextOptions options) {
    BrowserContext context = Shared.BROWSER.newContext(options);
    contexts.add(context);
    String origin = "http://127.0.0.1:" + server.edgePort() + "/";
    Page page = context.newPage();
    page.setDefaultTimeout(PATIENCE_MILLIS);
    page.addInitScript(TELL_VIOLATIONS);
    page.onRequest(request -> check(request, origin));
    page.onRequestFailed(this::checkFailed);
    page.onConsoleMessage(this::check);
    page.onPageError(error -> faults.add("thrown: " + error));
    page.navigate(origin + "console/#/" + place);
    return page;
  }

  /** A row of the page's list, by a text in it. */
  public static Locator row(Page page, String text) {
    return page.locator("tbody tr").filter(new Locator.FilterOptions().setHasText(text));
  }

  /** The button of a dialog that is open. */
  public static Locator answer(Page page, String button) {
    return page.getByRole(AriaRole.DIALOG)
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(button).setExact(true));
  }

  /** Keeps what is seen, for people to look at: {@code target/screenshots}. */
  public static void keep(Page page, String name) {
    page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
  }

  private void check(Request request, String origin) {
    if (!request.url().startsWith(origin)) {
      faults.add("asked another host: " + request.url());
    }
  }

  /**
   * A page that is left gives up what it asked for, and Chromium does when a network interface
   * comes or goes, as those of containers do; nothing else may break off.
   */
  private void checkFailed(Request request) {
    if (!List.of("net::ERR_ABORTED", "net::ERR_NETWORK_CHANGED").contains(request.failure())) {
      faults.add("broke off: " + request.url() + ": " + request.failure());
    }
  }

  /** What the server refuses is logged by the browser as well, and is for the test to judge. */
  private void check(ConsoleMessage message) {
    if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
      faults.add(message.text());
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    contexts.forEach(BrowserContext::close);
    assertThat(faults).isEmpty();
  }
}
