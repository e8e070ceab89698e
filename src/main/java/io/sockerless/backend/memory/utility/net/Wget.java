package io.sockerless.backend.memory.utility.net;

import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.OpenMode;
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
import io.sockerless.backend.memory.utility.Strings;
import io.sockerless.backend.memory.utility.Utility;
import io.sockerless.backend.memory.utility.file.TreeWalk;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Downloads files. */
final class Wget extends Utility {

  private static final int MAX_REDIRECTS = 5;
  private static final int BUFFER = 65_536;
  private static final Duration USUAL_TIMEOUT = Duration.ofMinutes(15);

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options =
        Options.parse(
            task,
            "cqSO:o:P:T:U:Y:t:nvb",
            "continue=c",
            "quiet=q",
            "server-response=S",
            "output-document=O",
            "output-file=o",
            "directory-prefix=P",
            "timeout=T",
            "user-agent=U",
            "tries=t",
            "header:",
            "post-data:",
            "post-file:",
            "spider",
            "no-check-certificate",
            "no-verbose",
            "proxy=Y");
    List<String> urls = options.operands(1, Integer.MAX_VALUE);
    for (String url : urls) {
      Url parsed = Url.parse(url).orElseThrow(() -> new Failure("not an http or ftp url: " + url));
      new Download(task, output, options).run(parsed);
    }
    return 0;
  }

  private static final class Download {
    private final Task task;
    private final Output output;
    private final Options options;
    private final boolean quiet;

    Download(Task task, Output output, Options options) {
      this.task = task;
      this.output = output;
      this.options = options;
      this.quiet = options.has('q');
    }

    void run(Url url) throws IOException {
      try {
        download(url);
      } catch (PosixException e) {
        if (e.errno() == Errno.ETIMEDOUT) {
          throw failure("download timed out", e);
        }
        throw e;
      }
    }

    private static Failure failure(String words, IOException cause) {
      Failure failure = new Failure(words);
      failure.initCause(cause);
      return failure;
    }

    private void download(Url first) throws IOException {
      Url url = first;
      for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
        try (HttpExchange exchange = open(url)) {
          if (options.has('S')) {
            remark("  " + exchange.statusLine());
            for (String header : exchange.headers()) {
              remark("  " + header);
            }
          }
          Optional<String> redirect = exchange.redirect();
          if (redirect.isEmpty()) {
            finish(first, exchange);
            return;
          }
          String location = redirect.get();
          url = url.resolve(location).orElseThrow(() -> new Failure("bad redirect " + location));
        }
      }
      throw new Failure("too many redirections");
    }

    private void remark(String line) throws IOException {
      output.flush();
      task.error().write(Text.encode(line + "\n"));
    }

    private HttpExchange open(Url url) throws IOException {
      String address = Connecting.address(task, url.host());
      if (!quiet) {
        String place = url.host() + ":" + url.port();
        String shown = url.authority().equals(url.host()) ? url.host() : place;
        remark("Connecting to " + shown + " (" + address + ":" + url.port() + ")");
      }
      Duration timeout =
          options.value('T').isPresent()
              ? Quantities.duration(options.value('T').get())
              : USUAL_TIMEOUT;
      NetworkStack.Socket socket = Connecting.connect(task, address, url.port(), timeout);
      try {
        boolean trustAll = options.has("no-check-certificate");
        return HttpExchange.send(socket, request(url), trustAll, timeout::toNanos);
      } catch (SSLException e) {
        throw Failure.of(1, "TLS error from peer", e);
      }
    }

    private HttpExchange.Request request(Url url) throws IOException {
      Map<String, String> headers = new LinkedHashMap<>();
      headers.put("User-Agent", options.value('U').orElse("Wget"));
      if (!url.user().isEmpty()) {
        byte[] user = Text.encode(URLDecoder.decode(url.user(), StandardCharsets.UTF_8));
        headers.put("Authorization", "Basic " + Base64.getEncoder().encodeToString(user));
      }
      Optional<byte[]> body = body();
      if (body.isPresent()) {
        headers.put("Content-Type", "application/x-www-form-urlencoded");
      }
      for (String header : options.values("header")) {
        int colon = header.indexOf(':');
        if (colon > 0) {
          String name = header.substring(0, colon);
          headers.keySet().removeIf(name::equalsIgnoreCase);
          headers.put(name, header.substring(colon + 1).strip());
        }
      }
      long have = resumeAt(url);
      if (have > 0) {
        headers.put("Range", "bytes=" + have + "-");
      }
      String method = body.isPresent() ? "POST" : options.has("spider") ? "HEAD" : "GET";
      return new HttpExchange.Request(method, url, headers, body);
    }

    private Optional<byte[]> body() throws IOException {
      Optional<String> file = options.value("post-file");
      if (file.isEmpty()) {
        return options.value("post-data").map(Text::encode);
      }
      try (Input input = Input.of(task, file.get());
          Charge charge = new Charge(task)) {
        return Optional.of(input.readAll(charge));
      } catch (PosixException e) {
        throw Failure.of(1, "can't open '" + file.get() + "'", e);
      }
    }

    private long resumeAt(Url url) throws IOException {
      if (!options.has('c') || target(url).equals("-") || !task.files().exists(target(url))) {
        return 0;
      }
      return task.files().stat(target(url)).size();
    }

    private String target(Url url) {
      String name = url.fileName().isEmpty() ? "index.html" : url.fileName();
      return options
          .value('O')
          .orElseGet(() -> options.value('P').map(it -> TreeWalk.join(it, name)).orElse(name));
    }

    private void finish(Url url, HttpExchange exchange) throws IOException {
      int code = exchange.code();
      if (code == 416 && options.has('c')) {
        return;
      }
      if (code < 200 || code > 299) {
        throw new Failure("server returned error: " + exchange.statusLine());
      }
      if (options.has("spider")) {
        if (!quiet) {
          remark("remote file exists");
        }
        return;
      }
      String target = target(url);
      boolean printed = target.equals("-");
      if (!quiet) {
        remark(printed ? "writing to stdout" : "saving to '" + target + "'");
      }
      long bytes = printed ? copy(exchange, output) : save(exchange, target, code == 206);
      if (!quiet) {
        String shown = printed ? "-" : Strings.lastName(target);
        String bar = "*".repeat(32);
        remark(
            String.format(Locale.ROOT, "%-20.20s 100%% |%s| %5d  0:00:00 ETA", shown, bar, bytes));
        remark(printed ? "written to stdout" : "'" + target + "' saved");
      }
    }

    private long save(HttpExchange exchange, String target, boolean partly) throws IOException {
      boolean replaces = options.has('O') || options.has('c');
      OpenMode mode = partly ? OpenMode.APPEND : OpenMode.WRITE;
      OpenFile file;
      try {
        file = task.files().create(target, mode, 0666, !replaces);
      } catch (PosixException e) {
        throw Failure.of(1, "can't open '" + target + "'", e);
      }
      try (file) {
        return copy(exchange, new FileOutput(file));
      }
    }

    private long copy(HttpExchange exchange, OutputStream target) throws IOException {
      InputStream body = exchange.body();
      byte[] buffer = new byte[BUFFER];
      long bytes = 0;
      for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
        target.write(buffer, 0, read);
        bytes += read;
      }
      return bytes;
    }
  }
}
