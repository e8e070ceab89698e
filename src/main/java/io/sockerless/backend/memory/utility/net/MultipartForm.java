package io.sockerless.backend.memory.utility.net;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Strings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A form with files, as curl's {@code -F} describes its parts.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7578">RFC 7578</a>
 */
final class MultipartForm {

  private final Task task;
  private final String boundary;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  private MultipartForm(Task task) {
    this.task = task;
    byte[] random = new byte[8];
    ThreadLocalRandom.current().nextBytes(random);
    this.boundary = "-".repeat(24) + HexFormat.of().formatHex(random);
  }

  /** The form that options describe. */
  static MultipartForm of(Task task, Options options) throws IOException {
    MultipartForm form = new MultipartForm(task);
    for (Options.Given given : options.given()) {
      String text = given.value().orElse("");
      if (given.name().equals("form-string")) {
        form.add(name(text), Optional.empty(), Optional.empty(), Text.encode(content(text)));
      } else if (given.name().equals("F")) {
        form.add(text);
      }
    }
    form.print("--" + form.boundary + "--\r\n");
    return form;
  }

  String contentType() {
    return "multipart/form-data; boundary=" + boundary;
  }

  byte[] body() {
    return body.toByteArray();
  }

  private static String name(String text) throws Failure {
    int equals = text.indexOf('=');
    if (equals < 0) {
      throw new Failure(Curl.BAD_OPTION, "Illegally formatted input field");
    }
    return text.substring(0, equals);
  }

  private static String content(String text) {
    return text.substring(text.indexOf('=') + 1);
  }

  /** {@code name=text}, {@code name=@file}, {@code name=<file}; {@code ;type=} and such follow. */
  private void add(String text) throws IOException {
    String name = name(text);
    List<String> parts = List.of(content(text).split(";(?=(?:type|filename|encoder)=)", -1));
    String value = parts.getFirst();
    Optional<String> type = attribute(parts, "type=");
    if (value.startsWith("@")) {
      String file = value.substring(1);
      String shown = attribute(parts, "filename=").orElse(Strings.lastName(file));
      String usual = type.orElse(type(shown));
      add(name, Optional.of(shown), Optional.of(usual), CurlRequest.read(task, file));
    } else if (value.startsWith("<")) {
      add(name, Optional.empty(), type, CurlRequest.read(task, value.substring(1)));
    } else {
      add(name, attribute(parts, "filename="), type, Text.encode(value));
    }
  }

  private static Optional<String> attribute(List<String> parts, String start) {
    return parts.stream()
        .skip(1)
        .filter(part -> part.startsWith(start))
        .map(part -> part.substring(start.length()))
        .findFirst();
  }

  private void add(String name, Optional<String> file, Optional<String> type, byte[] content) {
    print("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + quoted(name) + "\"");
    file.ifPresent(it -> print("; filename=\"" + quoted(it) + "\""));
    print("\r\n");
    type.ifPresent(it -> print("Content-Type: " + it + "\r\n"));
    print("\r\n");
    body.writeBytes(content);
    print("\r\n");
  }

  private void print(String text) {
    body.writeBytes(Text.encode(text));
  }

  private static String quoted(String text) {
    return text.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String type(String file) {
    return switch (file.substring(file.lastIndexOf('.') + 1)) {
      case "gif" -> "image/gif";
      case "jpg", "jpeg" -> "image/jpeg";
      case "png" -> "image/png";
      case "svg" -> "image/svg+xml";
      case "txt" -> "text/plain";
      case "htm", "html" -> "text/html";
      case "pdf" -> "application/pdf";
      case "xml" -> "application/xml";
      default -> "application/octet-stream";
    };
  }
}
