package io.sockerless.backend.memory.utility.net;

import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.FileStat;
import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.FileInput;
import io.sockerless.backend.memory.kernel.FileOutput;
import io.sockerless.backend.memory.kernel.NetworkStack;
import io.sockerless.backend.memory.kernel.Signal;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import io.sockerless.backend.memory.utility.file.TreeWalk;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Serves the files of a folder over HTTP. */
final class Httpd extends Utility {

  private static final int MAX_LINE = 8_192;
  private static final int BUFFER = 65_536;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html",
          "htm", "text/html",
          "txt", "text/plain",
          "css", "text/css",
          "js", "text/javascript",
          "json", "application/json",
          "png", "image/png",
          "jpg", "image/jpeg",
          "gif", "image/gif",
          "svg", "image/svg+xml");

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, "ivfp:h:u:c:r:e:d:m:");
    String place = options.value('p').orElse("80");
    int colon = place.lastIndexOf(':');
    String address = colon < 0 ? "0.0.0.0" : place.substring(0, colon);
    int port = Connecting.port(place.substring(colon + 1));
    String home = options.value('h').orElse(".");
    try {
      task.files().changeDirectory(home);
    } catch (PosixException e) {
      throw Failure.of(1, "can't change directory to '" + home + "'", e);
    }
    NetworkStack.Listener listener;
    try {
      listener = task.kernel().network().listen(address, port);
    } catch (PosixException e) {
      throw Failure.of(1, "bind", e);
    }
    if (options.has('f')) {
      return serve(task, listener);
    }
    task.fork(it -> serve(it, listener), Httpd::leaveTerminal);
    return 0;
  }

  private static int leaveTerminal(Task task) throws IOException {
    task.startSession();
    for (int descriptor = 0; descriptor <= 2; descriptor++) {
      task.descriptors().set(descriptor, task.files().open("/dev/null", OpenMode.READ_WRITE));
    }
    return 0;
  }

  private static int serve(Task task, NetworkStack.Listener listener) throws IOException {
    task.setDisposition(Signal.CHLD, Task.Disposition.IGNORE);
    List<Task> children = new ArrayList<>();
    try (listener) {
      while (true) {
        NetworkStack.Socket socket = listener.accept();
        for (Task child : List.copyOf(children)) {
          if (child.hasEnded()) {
            task.waitFor(child);
            children.remove(child);
          }
        }
        children.add(task.fork(it -> answer(it, socket.file())));
      }
    }
  }

  private static int answer(Task task, OpenFile connection) throws IOException {
    try (OpenFile file = connection) {
      if (!file.awaitReadable(PATIENCE.toNanos())) {
        return 1;
      }
      InputStream input = new BufferedInputStream(new FileInput(file));
      String[] request = line(input).split(" ", 3);
      while (!line(input).isEmpty()) {
        task.checkpoint();
      }
      OutputStream output = new FileOutput(file);
      if (request.length < 2) {
        error(output, 400, "Bad Request", true);
      } else if (!request[0].equals("GET") && !request[0].equals("HEAD")) {
        error(output, 501, "Not Implemented", true);
      } else {
        file(task, output, request[1], request[0].equals("GET"));
      }
      return 0;
    }
  }

  private static String line(InputStream input) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next = input.read();
    while (next >= 0 && next != '\n' && line.size() < MAX_LINE) {
      line.write(next);
      next = input.read();
    }
    return Text.decode(line.toByteArray()).strip();
  }

  private static void file(Task task, OutputStream output, String target, boolean withContent)
      throws IOException {
    String path = path(target);
    if (("/" + path + "/").contains("/../")) {
      error(output, 400, "Bad Request", withContent);
      return;
    }
    try {
      boolean folder = task.files().stat(path).isDirectory();
      if (folder && !target.split("\\?", 2)[0].endsWith("/")) {
        String location = target.split("\\?", 2)[0] + "/";
        output.write(
            Text.encode(
                "HTTP/1.1 302 Found\r\nConnection: close\r\nLocation: " + location + "\r\n\r\n"));
        return;
      }
      send(task, output, folder ? TreeWalk.join(path, "index.html") : path, withContent);
    } catch (PosixException e) {
      boolean denied = e.errno() == Errno.EACCES;
      error(output, denied ? 403 : 404, denied ? "Forbidden" : "Not Found", withContent);
    }
  }

  private static String path(String target) {
    String bare = target.split("\\?", 2)[0];
    String decoded;
    try {
      decoded = URLDecoder.decode(bare.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "..";
    }
    return "./" + decoded.replaceFirst("^/+", "");
  }

  private static void send(Task task, OutputStream output, String path, boolean withContent)
      throws IOException {
    try (OpenFile file = task.files().open(path, OpenMode.READ)) {
      FileStat stat = file.stat();
      String extension = path.substring(path.lastIndexOf('.') + 1);
      String type = TYPES.getOrDefault(extension, "application/octet-stream");
      output.write(
          Text.encode(
              "HTTP/1.1 200 OK\r\nContent-type: "
                  + type
                  + "\r\nConnection: close\r\nContent-Length: "
                  + stat.size()
                  + "\r\n\r\n"));
      if (withContent) {
        byte[] buffer = new byte[BUFFER];
        for (int read = file.read(buffer, 0, BUFFER);
            read > 0;
            read = file.read(buffer, 0, BUFFER)) {
          output.write(buffer, 0, read);
        }
      }
    }
  }

  private static void error(OutputStream output, int code, String reason, boolean withContent)
      throws IOException {
    String page =
        "<HTML><HEAD><TITLE>%d %s</TITLE></HEAD><BODY><H1>%d %s</H1></BODY></HTML>\n"
            .formatted(code, reason, code, reason);
    String head =
        "HTTP/1.1 %d %s\r\nContent-type: text/html\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
            .formatted(code, reason, page.length());
    output.write(Text.encode(withContent ? head + page : head));
  }
}
