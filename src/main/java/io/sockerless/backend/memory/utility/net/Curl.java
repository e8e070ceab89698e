package io.sockerless.backend.memory.utility.net;

import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.fs.Paths;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.FileOutput;
import io.sockerless.backend.memory.kernel.NetworkStack;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.utility.Charge;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Input;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Quantities;
import io.sockerless.backend.memory.utility.Utility;
import io.sockerless.backend.memory.utility.file.Folders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Sends HTTP requests, with the options of curl that scripts use. */
final class Curl extends Utility {

  private static final int BAD_OPTION = 2;
  private static final int BAD_URL = 3;
  private static final int UNKNOWN_HOST = 6;
  private static final int CANNOT_CONNECT = 7;
  private static final int HTTP_ERROR = 22;
  private static final int CANNOT_WRITE = 23;
  private static final int TIMED_OUT = 28;
  private static final int CANNOT_RECEIVE = 56;
  private static final int BAD_CERTIFICATE = 60;
  private static final int MAX_REDIRECTS = 50;
  private static final int BUFFER = 65_536;
  private static final Duration UNLIMITED = Duration.ofDays(365);
  private static final Duration USUAL_TIMEOUT = Duration.ofMinutes(5);

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options =
        Options.parse(
            task,
            BAD_OPTION,
            "sSfLo:OIX:H:d:u:kiw:m:A:e:b:vgN#Gx:T:",
            "silent=s",
            "show-error=S",
            "fail=f",
            "location=L",
            "output=o",
            "remote-name=O",
            "head=I",
            "request=X",
            "header=H",
            "data=d",
            "data-ascii=d",
            "data-binary:",
            "data-raw:",
            "json:",
            "user=u",
            "insecure=k",
            "include=i",
            "write-out=w",
            "max-time=m",
            "connect-timeout:",
            "user-agent=A",
            "referer=e",
            "cookie=b",
            "verbose=v",
            "retry:",
            "retry-delay:",
            "retry-connrefused",
            "retry-all-errors",
            "fail-with-body",
            "compressed",
            "create-dirs",
            "progress-bar=#",
            "no-progress-meter",
            "get=G",
            "url:",
            "proto:",
            "tlsv1.2",
            "http1.1",
            "no-buffer=N",
            "max-redirs:");
    List<String> urls = new ArrayList<>(options.values("url"));
    urls.addAll(options.operands());
    if (urls.isEmpty()) {
      throw new Failure(BAD_OPTION, "no URL specified!");
    }
    int code = 0;
    for (String url : urls) {
      code = new Transfer(task, output, options).run(url);
    }
    return code;
  }

  private static final class Transfer {
    private final Task task;
    private final Output output;
    private final Options options;
    private long bytes;
    private int status;
    private String effective = "";
    private String contentType = "";
    private int redirects;
    private long deadline;

    Transfer(Task task, Output output, Options options) {
      this.task = task;
      this.output = output;
      this.options = options;
    }

    int run(String text) throws IOException {
      long started = System.nanoTime();
      int tries =
          options.value("retry").isPresent() ? Quantities.small(options.value("retry").get()) : 0;
      int code = 0;
      Duration most =
          options.value('m').isPresent()
              ? Quantities.duration(options.value('m').get())
              : UNLIMITED;
      for (int i = 0; i <= tries; i++) {
        deadline = System.nanoTime() + most.toNanos();
        code = attempt(text, i == tries);
        boolean transientFailure =
            code == TIMED_OUT
                || (code == CANNOT_CONNECT
                    && (options.has("retry-connrefused") || options.has("retry-all-errors")))
                || (status >= 500 && code != 0)
                || (code != 0 && options.has("retry-all-errors"));
        if (code == 0 || !transientFailure || i == tries) {
          break;
        }
        task.sleep(
            options.value("retry-delay").isPresent()
                ? Quantities.duration(options.value("retry-delay").get())
                : Duration.ofSeconds(1));
      }
      writeOut(Duration.ofNanos(System.nanoTime() - started));
      return code;
    }

    private int attempt(String text, boolean last) throws IOException {
      try {
        transfer(text);
        return 0;
      } catch (PosixException e) {
        boolean late = e.errno() == Errno.ETIMEDOUT;
        String words = late ? "Operation timed out" : "Failure when receiving data from the peer";
        return tell(failure(late ? TIMED_OUT : CANNOT_RECEIVE, words, e), last);
      } catch (Failure e) {
        return tell(e, last);
      }
    }

    private int tell(Failure failure, boolean last) throws IOException {
      output.flush();
      boolean silent = options.has('s') && !options.has('S');
      if (!silent && last) {
        task.complain("(" + failure.code() + ") " + failure.getMessage());
      }
      return failure.code();
    }

    private void transfer(String text) throws IOException {
      Url url =
          Url.parse(text)
              .orElseThrow(() -> new Failure(1, "Protocol of " + text + " not supported"));
      if (url.host().isEmpty()) {
        throw new Failure(BAD_URL, "URL using bad/illegal format or missing URL");
      }
      Optional<byte[]> body = body();
      boolean asQuery = options.has('G');
      if (asQuery && body.isPresent()) {
        String separator = url.path().contains("?") ? "&" : "?";
        String path = url.path() + separator + Text.decode(body.get());
        url = new Url(url.scheme(), url.user(), url.host(), url.port(), path);
        body = Optional.empty();
      }
      String method =
          options.value('X').orElse(options.has('I') ? "HEAD" : body.isPresent() ? "POST" : "GET");
      while (true) {
        effective = url.toString();
        try (HttpExchange exchange = open(url, method, body)) {
          Optional<String> redirect = exchange.redirect();
          if (redirect.isEmpty() || !options.has('L')) {
            finish(url, exchange);
            return;
          }
          if (++redirects > MAX_REDIRECTS) {
            throw new Failure(47, "Maximum (" + MAX_REDIRECTS + ") redirects followed");
          }
          String location = redirect.get();
          url = url.resolve(location).orElseThrow(() -> new Failure(1, "Protocol not supported"));
          boolean becomesGet =
              exchange.code() == 303 || (exchange.code() < 303 && method.equals("POST"));
          if (becomesGet && !options.has('X')) {
            method = "GET";
            body = Optional.empty();
          }
        }
      }
    }

    private HttpExchange open(Url url, String method, Optional<byte[]> body) throws IOException {
      Optional<String> limit = options.value("connect-timeout").or(() -> options.value('m'));
      Duration timeout = limit.isPresent() ? Quantities.duration(limit.get()) : USUAL_TIMEOUT;
      String address;
      try {
        address = Connecting.address(task, url.host());
      } catch (Failure e) {
        throw failure(UNKNOWN_HOST, "Could not resolve host: " + url.host(), e);
      }
      NetworkStack.Socket socket;
      try {
        socket = task.kernel().network().connect(address, url.port(), timeout);
      } catch (PosixException e) {
        boolean late = e.errno() == Errno.ETIMEDOUT;
        throw failure(
            late ? TIMED_OUT : CANNOT_CONNECT,
            late
                ? "Connection timed out after " + timeout.toMillis() + " milliseconds"
                : "Failed to connect to "
                    + url.host()
                    + " port "
                    + url.port()
                    + ": "
                    + e.getMessage(),
            e);
      }
      try {
        HttpExchange.Request request =
            new HttpExchange.Request(method, url, headers(url, body), body);
        return HttpExchange.send(socket, request, options.has('k'), this::nanosLeft);
      } catch (SSLException e) {
        throw failure(BAD_CERTIFICATE, "SSL certificate problem: " + e.getMessage(), e);
      }
    }

    /** What is left of the time that all of it may take. */
    private long nanosLeft() {
      return deadline - System.nanoTime();
    }

    private static Failure failure(int code, String words, Exception cause) {
      Failure failure = new Failure(code, words);
      failure.initCause(cause);
      return failure;
    }

    private Map<String, String> headers(Url url, Optional<byte[]> body) {
      Map<String, String> headers = new LinkedHashMap<>();
      headers.put("User-Agent", options.value('A').orElse("curl/8.0.0"));
      headers.put("Accept", options.has("json") ? "application/json" : "*/*");
      options.value('e').ifPresent(it -> headers.put("Referer", it));
      options.value('b').ifPresent(it -> headers.put("Cookie", it));
      String user = options.value('u').orElse(url.user());
      if (!user.isEmpty()) {
        String encoded = Base64.getEncoder().encodeToString(Text.encode(user));
        headers.put("Authorization", "Basic " + encoded);
      }
      if (body.isPresent()) {
        headers.put(
            "Content-Type",
            options.has("json") ? "application/json" : "application/x-www-form-urlencoded");
      }
      for (String header : options.values("H")) {
        int colon = header.indexOf(':');
        if (colon > 0) {
          String name = header.substring(0, colon);
          headers.keySet().removeIf(name::equalsIgnoreCase);
          String value = header.substring(colon + 1).strip();
          if (!value.isEmpty()) {
            headers.put(name, value);
          }
        }
      }
      return headers;
    }

    private Optional<byte[]> body() throws IOException {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      boolean any = false;
      for (Options.Given given : options.given()) {
        boolean raw = given.name().equals("data-raw");
        if (!raw && !List.of("d", "data-binary", "json").contains(given.name())) {
          continue;
        }
        if (any) {
          body.write('&');
        }
        any = true;
        String value = given.value().orElse("");
        if (value.startsWith("@") && !raw) {
          body.writeBytes(file(value.substring(1), given.name().equals("d")));
        } else {
          body.writeBytes(Text.encode(value));
        }
      }
      return any ? Optional.of(body.toByteArray()) : Optional.empty();
    }

    private byte[] file(String name, boolean withoutNewlines) throws IOException {
      try (Input input = Input.open(task, name);
          Charge charge = new Charge(task)) {
        byte[] bytes = input.readAll(charge);
        return withoutNewlines
            ? Text.encode(Text.decode(bytes).replace("\n", "").replace("\r", ""))
            : bytes;
      } catch (PosixException e) {
        throw failure(26, "Failed to open " + name, e);
      }
    }

    private void finish(Url url, HttpExchange exchange) throws IOException {
      status = exchange.code();
      contentType = exchange.header("Content-Type").orElse("");
      boolean failed = status >= 400 && (options.has('f') || options.has("fail-with-body"));
      if (!failed || options.has("fail-with-body")) {
        save(url, exchange);
      }
      if (failed) {
        throw new Failure(HTTP_ERROR, "The requested URL returned error: " + status);
      }
    }

    private void save(Url url, HttpExchange exchange) throws IOException {
      Optional<String> target = options.value('o').filter(it -> !it.equals("-"));
      if (options.has('O')) {
        target = Optional.of(url.fileName());
      }
      if (target.isEmpty()) {
        write(exchange, output);
        return;
      }
      if (options.has("create-dirs") && target.get().contains("/")) {
        Folders.makeAll(task, Paths.parent(target.get()), 0750);
      }
      try (OpenFile file = task.files().create(target.get(), OpenMode.WRITE, 0666, false)) {
        write(exchange, new FileOutput(file));
      } catch (PosixException e) {
        throw failure(CANNOT_WRITE, "Failure writing output to destination: " + e.getMessage(), e);
      }
    }

    private void write(HttpExchange exchange, OutputStream target) throws IOException {
      if (options.has('i') || options.has('I')) {
        String head = exchange.statusLine() + "\r\n" + String.join("\r\n", exchange.headers());
        target.write(Text.encode(head + "\r\n\r\n"));
      }
      InputStream body = exchange.body();
      byte[] buffer = new byte[BUFFER];
      for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
        target.write(buffer, 0, read);
        bytes += read;
      }
    }

    private void writeOut(Duration time) throws IOException {
      Optional<String> format = options.value('w');
      if (format.isEmpty()) {
        return;
      }
      String seconds = String.format(Locale.ROOT, "%.6f", time.toNanos() / 1e9);
      output.print(
          format
              .get()
              .replace("\\n", "\n")
              .replace("\\t", "\t")
              .replace("\\r", "\r")
              .replace("%{http_code}", String.format(Locale.ROOT, "%03d", status))
              .replace("%{response_code}", String.format(Locale.ROOT, "%03d", status))
              .replace("%{size_download}", Long.toString(bytes))
              .replace("%{url_effective}", effective)
              .replace("%{content_type}", contentType)
              .replace("%{num_redirects}", Integer.toString(redirects))
              .replace("%{time_total}", seconds));
    }
  }
}
