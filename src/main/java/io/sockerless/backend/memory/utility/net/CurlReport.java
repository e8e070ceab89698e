package io.sockerless.backend.memory.utility.net;

import io.sockerless.backend.memory.utility.Failure;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What curl's {@code -w} tells of a transfer. */
final class CurlReport {

  private static final Pattern VARIABLE = Pattern.compile("%%|%\\{([a-z_0-9.]+)}|\\\\([ntr\\\\])");

  private static final byte[] NONE = {};

  private final String asked;
  private final long started = System.nanoTime();
  private Optional<HttpExchange> answer = Optional.empty();
  private Optional<CurlRequest> request = Optional.empty();
  private String address = "";
  private String file = "";
  private long received;
  private int redirects;
  private int code;
  private String error = "";
  private long headBytes;
  private long requestBytes;
  private Duration looked = Duration.ZERO;
  private Duration connected = Duration.ZERO;
  private Duration redirecting = Duration.ZERO;
  private Duration answered = Duration.ZERO;
  private Duration total = Duration.ZERO;

  /** A transfer of a URL. */
  CurlReport(String asked) {
    this.asked = asked;
  }

  /** A name was looked up. */
  void resolved() {
    looked = elapsed();
  }

  /** A request is sent. */
  void asked(HttpExchange.Request sent) {
    requestBytes += sent.head().length() + sent.body().map(it -> it.length).orElse(0);
  }

  /** A connection was made. */
  void connected(CurlRequest to, String peer) {
    request = Optional.of(to);
    address = peer;
    connected = elapsed();
  }

  /** The head of an answer came. */
  void answered(HttpExchange exchange) {
    answer = Optional.of(exchange);
    answered = elapsed();
    headBytes += exchange.statusLine().length() + 4;
    exchange.headers().forEach(line -> headBytes += line.length() + 2);
  }

  void received(long bytes) {
    received += bytes;
  }

  void redirected() {
    redirects++;
    redirecting = elapsed();
  }

  void savedTo(String name) {
    file = name;
  }

  /** It is over. */
  void ended(int exitCode, String message) {
    code = exitCode;
    error = message;
    total = elapsed();
  }

  int redirects() {
    return redirects;
  }

  int status() {
    return answer.map(HttpExchange::code).orElse(0);
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - started);
  }

  /** The text of a format; a variable that there is not is empty. */
  String text(String format) {
    return VARIABLE.matcher(format).replaceAll(it -> Matcher.quoteReplacement(replacement(it)));
  }

  private String replacement(MatchResult match) {
    if (match.group(1) != null) {
      return value(match.group(1));
    }
    if (match.group(2) != null) {
      return switch (match.group(2)) {
        case "n" -> "\n";
        case "t" -> "\t";
        case "r" -> "\r";
        default -> "\\";
      };
    }
    return "%";
  }

  private String value(String name) {
    return switch (name) {
      case "http_code", "response_code" -> String.format(Locale.ROOT, "%03d", status());
      case "size_download" -> Long.toString(received);
      case "size_upload" ->
          Integer.toString(request.flatMap(CurlRequest::body).orElse(NONE).length);
      case "size_header" -> Long.toString(headBytes);
      case "size_request" -> Long.toString(requestBytes);
      case "speed_download" -> Long.toString(received * 1_000 / Math.max(1, total.toMillis()));
      case "url" -> asked;
      case "url_effective" -> request.map(it -> it.url().toString()).orElse(asked);
      case "method" -> request.map(CurlRequest::method).orElse("");
      case "scheme" -> request.map(it -> it.url().scheme().toUpperCase(Locale.ROOT)).orElse("");
      case "remote_ip" -> address;
      case "remote_port" -> request.map(it -> Integer.toString(it.url().port())).orElse("0");
      case "content_type" -> answer.flatMap(it -> it.header("Content-Type")).orElse("");
      case "redirect_url" -> redirectUrl();
      case "num_redirects" -> Integer.toString(redirects);
      case "num_connects" -> Integer.toString(request.isPresent() ? redirects + 1 : 0);
      case "num_headers" -> Integer.toString(answer.map(it -> it.headers().size()).orElse(0));
      case "http_version" -> answer.isPresent() ? "1.1" : "0";
      case "filename_effective" -> file;
      case "exitcode" -> Integer.toString(code);
      case "errormsg" -> error;
      case "ssl_verify_result" -> "0";
      case "http_connect" -> "000";
      case "time_namelookup" -> seconds(looked);
      case "time_redirect" -> seconds(redirecting);
      case "time_connect", "time_pretransfer" -> seconds(connected);
      case "time_appconnect" ->
          seconds(
              request.filter(it -> it.url().isSecure()).isPresent() ? connected : Duration.ZERO);
      case "time_starttransfer" -> seconds(answered);
      case "time_total" -> seconds(total);
      default -> "";
    };
  }

  private String redirectUrl() {
    return answer.flatMap(HttpExchange::redirect).flatMap(this::resolved).orElse("");
  }

  private Optional<String> resolved(String location) {
    try {
      return request.isPresent()
          ? request.get().url().resolve(location).map(Url::toString)
          : Optional.empty();
    } catch (Failure e) {
      return Optional.empty();
    }
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.6f", time.toNanos() / 1e9);
  }
}
