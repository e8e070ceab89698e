package io.sockerless.backend.memory.utility.net;

import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Quantities;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The cookies of curl: those that {@code -b} gives, by themselves or in a file, and those that
 * servers set, which {@code -c} writes to a file in Netscape's format.
 *
 * @see <a href="https://curl.se/docs/http-cookies.html">HTTP Cookies</a>
 */
final class CookieJar {

  private static final int CANNOT_WRITE = 23;
  private static final int FIELDS = 7;
  private static final String ONLY_HTTP = "#HttpOnly_";

  /**
   * One cookie.
   *
   * @param subdomains whether it is for hosts below the domain, too
   * @param expires in seconds since 1970, 0 for the session's end
   */
  private record Cookie(
      String domain,
      boolean subdomains,
      String path,
      boolean secure,
      long expires,
      String name,
      String value) {

    boolean isFor(Url url) {
      String host = url.host().toLowerCase(Locale.ROOT);
      boolean sameHost = host.equals(domain) || (subdomains && host.endsWith("." + domain));
      String bare = path.endsWith("/") ? path : path + "/";
      String asked = url.path().split("\\?", 2)[0];
      boolean below = (asked.endsWith("/") ? asked : asked + "/").startsWith(bare);
      return sameHost && below && (!secure || url.isSecure());
    }

    boolean replaces(Cookie other) {
      return name.equals(other.name) && domain.equals(other.domain) && path.equals(other.path);
    }

    boolean isExpired() {
      return expires != 0 && expires <= Instant.now().getEpochSecond();
    }

    String line() {
      return String.join(
          "\t",
          subdomains ? "." + domain : domain,
          flag(subdomains),
          path,
          flag(secure),
          Long.toString(expires),
          name,
          value);
    }

    private static String flag(boolean value) {
      return value ? "TRUE" : "FALSE";
    }
  }

  private final Task task;
  private final Optional<String> target;
  private final boolean active;
  private final List<String> fixed = new ArrayList<>();
  private final List<Cookie> cookies = new ArrayList<>();

  private CookieJar(Task task, Optional<String> target, boolean active) {
    this.task = task;
    this.target = target;
    this.active = active;
  }

  /** What {@code -b} and {@code -c} say. */
  static CookieJar of(Task task, Options options) throws IOException {
    List<String> given = options.values("b");
    boolean active = options.has('c') || given.stream().anyMatch(it -> !it.contains("="));
    CookieJar jar = new CookieJar(task, options.value('c'), active);
    for (String source : given) {
      if (source.contains("=")) {
        jar.fixed.add(source);
      } else if (!source.isEmpty() && task.files().exists(source)) {
        Text.decode(CurlRequest.read(task, source)).lines().forEach(jar::addLine);
      }
    }
    return jar;
  }

  private void addLine(String line) {
    String text = line.startsWith(ONLY_HTTP) ? line.substring(ONLY_HTTP.length()) : line;
    String[] fields = text.split("\t", -1);
    if (text.startsWith("#") || fields.length < FIELDS) {
      return;
    }
    String domain = fields[0].startsWith(".") ? fields[0].substring(1) : fields[0];
    add(
        new Cookie(
            domain.toLowerCase(Locale.ROOT),
            fields[1].equals("TRUE"),
            fields[2],
            fields[3].equals("TRUE"),
            Quantities.parse(fields[4], 10).orElse(0L),
            fields[5],
            fields[6]));
  }

  private void add(Cookie cookie) {
    cookies.removeIf(cookie::replaces);
    if (!cookie.isExpired()) {
      cookies.add(cookie);
    }
  }

  /** The header of a request; none if there is nothing to send. */
  Optional<String> header(Url url) {
    String text =
        Stream.concat(
                cookies.stream()
                    .filter(cookie -> cookie.isFor(url) && !cookie.isExpired())
                    .map(cookie -> cookie.name() + "=" + cookie.value()),
                fixed.stream())
            .collect(Collectors.joining("; "));
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  /** Takes note of what an answer sets. */
  void remember(Url url, HttpExchange exchange) {
    if (!active) {
      return;
    }
    for (String line : exchange.headers()) {
      if (line.regionMatches(true, 0, "Set-Cookie:", 0, "Set-Cookie:".length())) {
        set(url, line.substring("Set-Cookie:".length()).strip().split(";", -1));
      }
    }
  }

  private void set(Url url, String... parts) {
    int equals = parts[0].indexOf('=');
    if (equals <= 0) {
      return;
    }
    String host = url.host().toLowerCase(Locale.ROOT);
    String domain = host;
    String path = folder(url.path());
    boolean secure = false;
    long expires = 0;
    for (int i = 1; i < parts.length; i++) {
      String[] attribute = parts[i].strip().split("=", 2);
      String value = attribute.length > 1 ? attribute[1].strip() : "";
      switch (attribute[0].toLowerCase(Locale.ROOT)) {
        case "domain" -> domain = value.replaceFirst("^\\.", "").toLowerCase(Locale.ROOT);
        case "path" -> path = value.startsWith("/") ? value : path;
        case "secure" -> secure = true;
        case "max-age" -> {
          long seconds = Quantities.parse(value, 10).orElse(-1L);
          expires = seconds <= 0 ? 1 : Instant.now().getEpochSecond() + seconds;
        }
        default -> {}
      }
    }
    boolean foreign = !host.equals(domain) && !host.endsWith("." + domain);
    if (!foreign) {
      String name = parts[0].substring(0, equals).strip();
      String value = parts[0].substring(equals + 1).strip();
      add(new Cookie(domain, !domain.equals(host), path, secure, expires, name, value));
    }
  }

  private static String folder(String path) {
    String bare = path.split("\\?", 2)[0];
    int slash = bare.lastIndexOf('/');
    return slash <= 0 ? "/" : bare.substring(0, slash);
  }

  /** Writes the file that was asked for. */
  void save() throws IOException {
    if (target.isEmpty()) {
      return;
    }
    StringBuilder text = new StringBuilder("# Netscape HTTP Cookie File\n\n");
    cookies.forEach(cookie -> text.append(cookie.line()).append('\n'));
    try (Output output =
        target.get().equals("-")
            ? new Output(task)
            : new Output(task, task.files().create(target.get(), OpenMode.WRITE, 0666, false))) {
      output.print(text.toString());
    } catch (PosixException e) {
      throw Failure.of(CANNOT_WRITE, "failed to save cookies in " + target.get(), e);
    }
  }
}
