package io.sockerless.backend.memory.utility.net;

import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.utility.Charge;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Input;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Strings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What curl's options make of a request: its URL with the query, its method, headers and body.
 *
 * @param contentType of the body; empty where there is none
 */
record CurlRequest(Url url, String method, Optional<byte[]> body, String contentType) {

  private static final int BAD_URL = 3;
  private static final int CANNOT_READ = 26;
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String JSON = "application/json";
  private static final Set<String> DATA =
      Set.of("d", "data-binary", "data-raw", "data-urlencode", "json");

  /** Builds the first request to a URL. */
  static CurlRequest of(Task task, Options options, String text) throws IOException {
    Url url =
        Url.parse(text).orElseThrow(() -> new Failure(1, "Protocol of " + text + " not supported"));
    if (url.host().isEmpty()) {
      throw new Failure(BAD_URL, "URL using bad/illegal format or missing URL");
    }
    for (String query : options.values("url-query")) {
      url = withQuery(url, query.startsWith("+") ? query.substring(1) : encoded(task, query));
    }
    Optional<byte[]> data = data(task, options);
    String type = data.isEmpty() ? "" : options.has("json") ? JSON : FORM;
    if (options.has('G') && data.isPresent()) {
      url = withQuery(url, Text.decode(data.get()));
      data = Optional.empty();
      type = "";
    }
    String usual = options.has('I') ? "HEAD" : data.isPresent() ? "POST" : "GET";
    if (options.has('F') || options.has("form-string")) {
      MultipartForm form = MultipartForm.of(task, options);
      data = Optional.of(form.body());
      type = form.contentType();
      usual = "POST";
    } else if (options.value('T').isPresent()) {
      String file = options.value('T').get();
      data = Optional.of(read(task, file));
      usual = "PUT";
      if (url.path().endsWith("/") && !file.equals("-")) {
        url = withPath(url, url.path() + Strings.lastName(file));
      }
    }
    return new CurlRequest(url, options.value('X').orElse(usual), data, type);
  }

  private static Url withPath(Url url, String path) {
    return new Url(url.scheme(), url.user(), url.host(), url.port(), path);
  }

  private static Url withQuery(Url url, String query) {
    return withPath(url, url.path() + (url.path().contains("?") ? "&" : "?") + query);
  }

  private static Optional<byte[]> data(Task task, Options options) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    boolean any = false;
    for (Options.Given given : options.given()) {
      if (!DATA.contains(given.name())) {
        continue;
      }
      boolean joined = any && !given.name().equals("json");
      body.writeBytes(joined ? new byte[] {'&'} : new byte[0]);
      any = true;
      String value = given.value().orElse("");
      if (given.name().equals("data-urlencode")) {
        body.writeBytes(Text.encode(encoded(task, value)));
      } else if (value.startsWith("@") && !given.name().equals("data-raw")) {
        byte[] file = read(task, value.substring(1));
        body.writeBytes(given.name().equals("d") ? withoutNewlines(file) : file);
      } else {
        body.writeBytes(Text.encode(value));
      }
    }
    return any ? Optional.of(body.toByteArray()) : Optional.empty();
  }

  private static byte[] withoutNewlines(byte[] bytes) {
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    for (byte b : bytes) {
      if (b != '\n' && b != '\r' && b != 0) {
        kept.write(b);
      }
    }
    return kept.toByteArray();
  }

  /** {@code content}, {@code =content}, {@code name=content}, {@code @file}, {@code name@file}. */
  private static String encoded(Task task, String text) throws IOException {
    int equals = text.indexOf('=');
    int at = text.indexOf('@');
    if (equals >= 0 && (at < 0 || equals < at)) {
      return text.substring(0, equals == 0 ? 0 : equals + 1) + encode(text.substring(equals + 1));
    }
    if (at >= 0) {
      String name = at == 0 ? "" : text.substring(0, at) + "=";
      return name + encode(Text.decode(read(task, text.substring(at + 1))));
    }
    return encode(text);
  }

  /** Each byte but letters, digits and {@code -._~}; a blank is a plus. */
  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("*", "%2A").replace("%7E", "~");
  }

  /** A file's content. */
  static byte[] read(Task task, String name) throws IOException {
    try (Input input = Input.open(task, name);
        Charge charge = new Charge(task)) {
      return input.readAll(charge);
    } catch (PosixException e) {
      throw (Failure) new Failure(CANNOT_READ, "Failed to open " + name).initCause(e);
    }
  }

  /** What is asked where an answer led; a form is not sent again unless the answer says so. */
  CurlRequest redirected(Url target, int code, boolean methodGiven) {
    boolean becomesGet = code == 303 || (code < 303 && method.equals("POST"));
    return becomesGet && !methodGiven
        ? new CurlRequest(target, "GET", Optional.empty(), "")
        : new CurlRequest(target, method, body, contentType);
  }

  /**
   * The request as it is sent.
   *
   * @param trusted whether the host may know what the user told to the first one
   */
  HttpExchange.Request exchange(
      Task task, Options options, Optional<String> cookie, boolean trusted) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    if (trusted) {
      authorization(options).ifPresent(it -> headers.put("Authorization", it));
    }
    options.value('r').ifPresent(it -> headers.put("Range", "bytes=" + it));
    headers.put("User-Agent", options.value('A').orElse("curl/8.0.0"));
    headers.put("Accept", options.has("json") ? JSON : "*/*");
    if (options.has("compressed")) {
      headers.put("Accept-Encoding", "deflate, gzip");
    }
    options.value('e').ifPresent(it -> headers.put("Referer", it));
    cookie.ifPresent(it -> headers.put("Cookie", it));
    if (!contentType.isEmpty()) {
      headers.put("Content-Type", contentType);
    }
    for (String header : headerLines(task, options)) {
      set(headers, header);
    }
    if (!trusted) {
      headers.keySet().removeIf("Authorization"::equalsIgnoreCase);
    }
    return new HttpExchange.Request(method, url, headers, body);
  }

  private Optional<String> authorization(Options options) {
    String user = options.value('u').orElse(url.user());
    if (!user.isEmpty()) {
      return Optional.of("Basic " + Base64.getEncoder().encodeToString(Text.encode(user)));
    }
    return options.value("oauth2-bearer").map(token -> "Bearer " + token);
  }

  private static List<String> headerLines(Task task, Options options) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String header : options.values("H")) {
      if (header.startsWith("@")) {
        lines.addAll(Text.decode(read(task, header.substring(1))).lines().toList());
      } else {
        lines.add(header);
      }
    }
    return lines;
  }

  /** {@code Name: value} sets, {@code Name:} leaves out, {@code Name;} sends without a value. */
  private static void set(Map<String, String> headers, String line) {
    int colon = line.indexOf(':');
    boolean bare = colon < 0 && line.endsWith(";");
    if (colon <= 0 && !bare) {
      return;
    }
    String name = line.substring(0, bare ? line.length() - 1 : colon);
    String value = bare ? "" : line.substring(colon + 1).strip();
    headers.keySet().removeIf(name::equalsIgnoreCase);
    if (bare || !value.isEmpty()) {
      headers.put(name, value);
    }
  }
}
