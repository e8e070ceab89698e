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
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Quantities;
import io.sockerless.backend.memory.utility.file.Folders;
import io.sockerless.backend.memory.utility.file.TreeWalk;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** One URL of a curl command: all attempts, where they are redirected to, and where it is saved. */
final class CurlTransfer {

  private static final int UNKNOWN_HOST = 6;
  private static final int CANNOT_CONNECT = 7;
  private static final int HTTP_ERROR = 22;
  private static final int CANNOT_WRITE = 23;
  private static final int TIMED_OUT = 28;
  private static final int TOO_MANY_REDIRECTS = 47;
  private static final int CANNOT_RECEIVE = 56;
  private static final int BAD_CERTIFICATE = 60;
  private static final int USUAL_REDIRECTS = 50;
  private static final int BUFFER = 65_536;
  private static final Duration UNLIMITED = Duration.ofDays(365);
  private static final Duration USUAL_TIMEOUT = Duration.ofMinutes(5);

  private final Task task;
  private final Output output;
  private final Options options;
  private final CookieJar cookies;
  private final String target;
  private final CurlTrace trace;
  private long deadline;

  /**
   * A transfer.
   *
   * @param target of the content; {@code -} is standard output
   */
  CurlTransfer(Task task, Output output, Options options, CookieJar cookies, String target) {
    this.task = task;
    this.output = output;
    this.options = options;
    this.cookies = cookies;
    this.target = target;
    this.trace = new CurlTrace(task, output, options.has('v'));
  }

  /** Transfers, and answers curl's exit code. */
  int run(String url) throws IOException {
    int tries = options.has("retry") ? Quantities.small(options.value("retry").orElse("")) : 0;
    Duration most = duration("max-time", "m", UNLIMITED);
    long giveUp = System.nanoTime() + duration("retry-max-time", "", UNLIMITED).toNanos();
    CurlReport report = new CurlReport(url);
    int code = 0;
    Duration pause = duration("retry-delay", "", Duration.ofSeconds(1));
    for (int i = 0; i <= tries; i++) {
      report = new CurlReport(url);
      deadline = System.nanoTime() + most.toNanos();
      boolean last = i == tries || System.nanoTime() + pause.toNanos() > giveUp;
      code = attempt(url, report, last);
      if (last || !isTransient(code, report.status())) {
        break;
      }
      task.sleep(pause);
      pause = options.has("retry-delay") ? pause : pause.multipliedBy(2);
    }
    if (options.value('w').isPresent()) {
      String format = options.value('w').get();
      String read =
          format.startsWith("@")
              ? Text.decode(CurlRequest.read(task, format.substring(1)))
              : format;
      output.print(report.text(read));
    }
    return code;
  }

  private Duration duration(String name, String letter, Duration usual) throws Failure {
    Optional<String> value = options.value(name).or(() -> options.value(letter));
    return value.isPresent() ? Quantities.duration(value.get()) : usual;
  }

  private boolean isTransient(int code, int status) {
    boolean refused = code == CANNOT_CONNECT && options.has("retry-connrefused");
    boolean busy =
        switch (status) {
          case 408, 429, 500, 502, 503, 504 -> true;
          default -> false;
        };
    return code == TIMED_OUT || refused || busy || (code != 0 && options.has("retry-all-errors"));
  }

  private int attempt(String url, CurlReport report, boolean last) throws IOException {
    try {
      transfer(CurlRequest.of(task, options, url), report);
      report.ended(0, "");
      return 0;
    } catch (PosixException e) {
      boolean late = e.errno() == Errno.ETIMEDOUT;
      String words = late ? "Operation timed out" : "Failure when receiving data from the peer";
      return tell(failure(late ? TIMED_OUT : CANNOT_RECEIVE, words, e), report, last);
    } catch (Failure e) {
      return tell(e, report, last);
    }
  }

  private int tell(Failure failure, CurlReport report, boolean last) throws IOException {
    report.ended(failure.code(), failure.getMessage());
    output.flush();
    boolean silent = options.has('s') && !options.has('S');
    if (!silent && last) {
      task.complain("(" + failure.code() + ") " + failure.getMessage());
    }
    return failure.code();
  }

  private static Failure failure(int code, String words, Exception cause) {
    return (Failure) new Failure(code, words).initCause(cause);
  }

  private void transfer(CurlRequest first, CurlReport report) throws IOException {
    int most =
        options.has("max-redirs")
            ? Quantities.small(options.value("max-redirs").orElse(""))
            : USUAL_REDIRECTS;
    CurlRequest request = first;
    while (true) {
      boolean trusted =
          options.has("location-trusted")
              || request.url().authority().equals(first.url().authority());
      try (HttpExchange exchange = open(request, report, trusted)) {
        report.answered(exchange);
        trace.answered(exchange);
        cookies.remember(request.url(), exchange);
        Optional<String> redirect = exchange.redirect();
        dumpHead(exchange);
        if (redirect.isEmpty() || !options.has('L')) {
          finish(request.url(), exchange, report);
          trace.closed();
          return;
        }
        if (report.redirects() == most) {
          throw new Failure(TOO_MANY_REDIRECTS, "Maximum (" + most + ") redirects followed");
        }
        report.redirected();
        Url next =
            request
                .url()
                .resolve(redirect.get())
                .orElseThrow(() -> new Failure(1, "Protocol not supported"));
        request = request.redirected(next, exchange.code(), options.has('X'));
      }
    }
  }

  private HttpExchange open(CurlRequest request, CurlReport report, boolean trusted)
      throws IOException {
    Url url = request.url();
    Duration most = duration("max-time", "m", USUAL_TIMEOUT);
    Duration timeout = duration("connect-timeout", "", most);
    Optional<String> local = options.value("unix-socket");
    String address = local.isPresent() ? local.get() : address(url);
    report.resolved();
    trace.trying(address, local.isPresent() ? 0 : url.port());
    NetworkStack.Socket socket;
    try {
      socket =
          local.isPresent()
              ? LocalSocket.connect(task, address)
              : task.kernel().network().connect(address, url.port(), timeout);
    } catch (PosixException e) {
      boolean late = e.errno() == Errno.ETIMEDOUT;
      throw failure(
          late ? TIMED_OUT : CANNOT_CONNECT,
          late
              ? "Connection timed out"
              : "Failed to connect to "
                  + url.host()
                  + " port "
                  + url.port()
                  + ": "
                  + e.getMessage(),
          e);
    }
    report.connected(request, address);
    trace.connected(url, address);
    HttpExchange.Request sent = request.exchange(task, options, cookies.header(url), trusted);
    report.asked(sent);
    trace.asked(sent);
    try {
      return HttpExchange.send(socket, sent, options.has('k'), () -> deadline - System.nanoTime());
    } catch (SSLException e) {
      throw failure(BAD_CERTIFICATE, "SSL certificate problem: " + e.getMessage(), e);
    }
  }

  /** The address that {@code --resolve host:port:address} gives a host, or its own. */
  private String address(Url url) throws Failure {
    for (String rule : options.values("resolve").reversed()) {
      String[] parts = rule.split(":", 3);
      boolean matches =
          parts.length == 3
              && (parts[0].equals("*") || parts[0].equalsIgnoreCase(url.host()))
              && parts[1].equals(Integer.toString(url.port()));
      if (matches) {
        return parts[2].split(",", 2)[0];
      }
    }
    try {
      return Connecting.address(task, url.host());
    } catch (Failure e) {
      throw failure(UNKNOWN_HOST, "Could not resolve host: " + url.host(), e);
    }
  }

  private void dumpHead(HttpExchange exchange) throws IOException {
    Optional<String> file = options.value('D');
    if (file.isEmpty()) {
      return;
    }
    if (file.get().equals("-")) {
      output.print(head(exchange));
      return;
    }
    try (Output dump =
        new Output(task, task.files().create(file.get(), OpenMode.WRITE, 0666, false))) {
      dump.print(head(exchange));
    } catch (PosixException e) {
      throw failure(CANNOT_WRITE, "Failed to open " + file.get(), e);
    }
  }

  private static String head(HttpExchange exchange) {
    return exchange.statusLine() + "\r\n" + String.join("\r\n", exchange.headers()) + "\r\n\r\n";
  }

  private void finish(Url url, HttpExchange exchange, CurlReport report) throws IOException {
    boolean failed = exchange.code() >= 400 && (options.has('f') || options.has("fail-with-body"));
    if (!failed || options.has("fail-with-body")) {
      save(url, exchange, report);
    }
    if (failed) {
      throw new Failure(HTTP_ERROR, "The requested URL returned error: " + exchange.code());
    }
  }

  private void save(Url url, HttpExchange exchange, CurlReport report) throws IOException {
    String name = options.has('O') ? url.fileName() : target;
    if (name.equals("-")) {
      write(exchange, output, report);
      return;
    }
    String path =
        options.value("output-dir").map(folder -> TreeWalk.join(folder, name)).orElse(name);
    if (options.has("create-dirs") && path.contains("/")) {
      Folders.makeAll(task, Paths.parent(path), 0750);
    }
    try (OpenFile file = task.files().create(path, OpenMode.WRITE, 0666, false)) {
      report.savedTo(path);
      write(exchange, new FileOutput(file), report);
    } catch (PosixException e) {
      throw failure(CANNOT_WRITE, "Failure writing output to destination: " + e.getMessage(), e);
    }
  }

  private void write(HttpExchange exchange, OutputStream to, CurlReport report) throws IOException {
    if (options.has('i') || options.has('I')) {
      to.write(Text.encode(head(exchange)));
    }
    InputStream body = options.has("compressed") ? exchange.plainBody() : exchange.body();
    byte[] buffer = new byte[BUFFER];
    for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
      to.write(buffer, 0, read);
      report.received(read);
    }
  }
}
