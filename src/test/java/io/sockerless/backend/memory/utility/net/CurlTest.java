package io.sockerless.backend.memory.utility.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.kernel.Commands;
import io.sockerless.backend.memory.kernel.NetworkStack;
import io.sockerless.backend.memory.kernel.Signal;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.network.ContainerNetwork;
import io.sockerless.backend.memory.network.Switchboard;
import io.sockerless.backend.memory.support.Sandbox;
import io.sockerless.backend.memory.utility.file.FileUtilities;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What curl sends, and what it makes of the answer: a program behind {@code nc} notes each request.
 * The expectations are what curl 7.88 sent to a server that notes alike.
 */
class CurlTest {

  private static final String URL = "http://127.0.0.1:9000/x";

  private final ContainerNetwork network =
      new ContainerNetwork(new Switchboard(), List.of(), Map.of());
  private final Sandbox sandbox = new Sandbox().with(network).asChild();
  private byte[] content = {};
  private String answer =
      """
      HTTP/1.1 200 OK\r
      Set-Cookie: a=1; Path=/; Max-Age=100\r
      Set-Cookie: b=2\r
      Content-Type: text/plain\r
      Content-Length: 2\r
      \r
      ok\
      """;

  @BeforeEach
  void fillTheContainer() {
    FileUtilities.programs().forEach(sandbox::with);
    sandbox.with("note", this::note);
    sandbox.withFile("up.txt", "file\n").withFile("up.json", "{}");
  }

  @AfterEach
  void leave() {
    network.close();
  }

  /** Reads one request, adds it to a file and answers. */
  private int note(Task task) throws IOException {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    int missing = -1;
    while (missing != 0) {
      int next = task.input().read();
      if (next < 0) {
        break;
      }
      request.write(next);
      missing = missing > 0 ? missing - 1 : missing;
      String text = Text.decode(request.toByteArray());
      if (missing < 0 && text.endsWith("\r\n\r\n")) {
        missing = length(text);
      }
    }
    try (OpenFile file = task.files().create("/work/noted", OpenMode.APPEND, 0644, false)) {
      byte[] bytes = request.toByteArray();
      file.write(bytes, 0, bytes.length);
    }
    task.output().write(Text.encode(answer));
    task.output().write(content);
    return 0;
  }

  private static int length(String head) {
    return head.lines()
        .filter(line -> line.startsWith("Content-Length: "))
        .map(line -> Integer.parseInt(line.substring(16)))
        .findFirst()
        .orElse(0);
  }

  private Sandbox.Result curl(String... arguments) {
    List<String> command = new ArrayList<>(List.of("curl", "-s"));
    command.addAll(List.of(arguments));
    return sandbox.run(task -> serveMeanwhile(task, command), "curl");
  }

  private static int serveMeanwhile(Task task, List<String> client) throws IOException {
    List<String> server = List.of("nc", "-lk", "-p", "9000", "-e", "note");
    Task serving =
        task.fork(
            it -> Commands.execute(it, server),
            it -> {
              it.descriptors().set(0, it.files().open("/dev/null", OpenMode.READ));
              return 0;
            });
    awaitListener(task, true);
    int code = Commands.run(task, client);
    serving.signal(Signal.TERM);
    awaitListener(task, false);
    return code;
  }

  /** The next client must not meet the last one's server. */
  private static void awaitListener(Task task, boolean there) throws IOException {
    while (task.kernel().network().entries().stream().anyMatch(NetworkStack.Entry::listening)
        != there) {
      task.sleep(Duration.ofMillis(5));
    }
  }

  /** What was sent, but for lines that tell nothing. */
  private String sent() {
    return sandbox
        .read("/work/noted")
        .replace("\r\n", "\n")
        .replaceAll("(Host|User-Agent|Connection|Accept): .*\n", "")
        .replaceAll("-{24}[0-9a-f]{16}", "BOUNDARY");
  }

  @Test
  void aFormHasItsFieldsAndFiles() {
    curl(
        "-F",
        "a=b",
        "-F",
        "f=@up.txt",
        "-F",
        "g=@up.json;type=text/x;filename=n\"q.z",
        "-F",
        "h=<up.txt",
        URL);
    assertThat(sent())
        .isEqualTo(
            """
            POST /x HTTP/1.1
            Content-Type: multipart/form-data; boundary=BOUNDARY
            Content-Length: 506

            --BOUNDARY
            Content-Disposition: form-data; name="a"

            b
            --BOUNDARY
            Content-Disposition: form-data; name="f"; filename="up.txt"
            Content-Type: text/plain

            file

            --BOUNDARY
            Content-Disposition: form-data; name="g"; filename="n%22q.z"
            Content-Type: text/x

            {}
            --BOUNDARY
            Content-Disposition: form-data; name="h"

            file

            --BOUNDARY--
            """);
  }

  @Test
  void anUploadIsPutUnderItsName() {
    curl("-T", "up.txt", "http://127.0.0.1:9000/folder/");
    assertThat(sent()).isEqualTo("PUT /folder/up.txt HTTP/1.1\nContent-Length: 5\n\nfile\n");
  }

  @Test
  void dataIsEncodedWhereThatIsWished() {
    curl(
        "--data-urlencode",
        "a=b c&d",
        "--data-urlencode",
        "x y",
        "--data-urlencode",
        "=é",
        "--data-urlencode",
        "n@up.txt",
        "--data-urlencode",
        "@up.txt",
        URL);
    assertThat(sent()).endsWith("\n\na=b+c%26d&x+y&%C3%A9&n=file%0A&file%0A");
  }

  @Test
  void dataOfFilesIsJoined() {
    sandbox.withInput("in\nput");
    curl("-d", "@up.txt", "--data-binary", "@up.txt", "--data-binary", "@-", URL);
    assertThat(sent()).endsWith("\n\nfile&file\n&in\nput");
  }

  @Test
  void dataBecomesTheQuery() {
    curl("-G", "-d", "a=1", "--data-urlencode", "q=x y", "--url-query", "p=1 2", URL + "?z=0");
    assertThat(sent()).startsWith("GET /x?z=0&p=1+2&a=1&q=x+y HTTP/1.1\n");
  }

  @Test
  void headersAreSetLeftOutAndReadFromFiles() {
    sandbox.withFile("headers", "X-File: 1\nX-File2: 2\n");
    curl("-H", "X-A: 1", "-H", "X-B;", "-H", "User-Agent:", "-H", "@headers", "-X", "DELETE", URL);
    assertThat(sent()).isEqualTo("DELETE /x HTTP/1.1\nX-A: 1\nX-B: \nX-File: 1\nX-File2: 2\n\n");
    assertThat(sandbox.read("/work/noted")).doesNotContain("User-Agent");
  }

  @Test
  void whoAsksIsTold() {
    curl("-u", "me:pw", URL);
    curl("--oauth2-bearer", "tok", "-r", "0-1", URL);
    assertThat(sent())
        .contains("Authorization: Basic bWU6cHc=\n")
        .contains("Authorization: Bearer tok\nRange: bytes=0-1\n");
  }

  @Test
  void cookiesAreKeptAndSentAgain() {
    curl("-c", "jar", "-b", "k=v", URL);
    assertThat(sandbox.read("jar")).contains("127.0.0.1\tFALSE\t/\tFALSE\t0\tb\t2\n");
    curl("-b", "jar", URL);
    assertThat(sent()).contains("Cookie: k=v\n").contains("Cookie: a=1; b=2\n");
  }

  @Test
  void aNameIsResolvedAsTold() {
    assertThat(curl("--resolve", "foo.test:9000:127.0.0.1", "http://foo.test:9000/").output())
        .isEqualTo("ok");
    assertThat(sandbox.read("/work/noted")).contains("Host: foo.test:9000\r\n");
  }

  @Test
  void theReportTellsWhatHappened() {
    String format =
        "%{http_code} %{size_upload} %{size_download} %{method} %{url} %{remote_ip}"
            + " %{remote_port} %{scheme} %{exitcode} %{filename_effective} %{num_connects}"
            + " %{content_type} %%{x}\\n";
    assertThat(curl("-w", format, "-o", "out", "-d", "abc", URL).output())
        .isEqualTo("200 3 2 POST " + URL + " 127.0.0.1 9000 HTTP 0 out 1 text/plain %{x}\n");
    assertThat(sandbox.read("out")).isEqualTo("ok");
  }

  @Test
  void theHeadIsDumped() {
    curl("-D", "head", "-o", "/dev/null", URL);
    assertThat(sandbox.read("head")).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\n");
  }

  @Test
  void eachUrlHasItsFile() {
    curl("-o", "one", "-o", "two", URL, URL);
    assertThat(sandbox.read("one") + sandbox.read("two")).isEqualTo("okok");
  }

  @Test
  void aBusyServerIsAskedAgain() {
    answer = "HTTP/1.1 503 Busy\r\nContent-Length: 4\r\n\r\nbusy";
    Sandbox.Result result = curl("--retry", "2", "--retry-delay", "0.01", "--fail-with-body", URL);
    assertThat(result.code()).isEqualTo(22);
    assertThat(sandbox.read("/work/noted").split("GET /x", -1)).hasSize(4);
    assertThat(result.output()).endsWith("busy");
    assertThat(curl("-f", URL).output()).isEmpty();
  }

  @Test
  void whatCannotBeReadIsTold() {
    assertThat(curl("-S", "-F", "f=@nofile", URL).errors())
        .isEqualTo("curl: (26) Failed to open nofile\n");
    assertThat(curl("-T", "nofile", URL).code()).isEqualTo(26);
    assertThat(curl("-F", "bad", URL).code()).isEqualTo(2);
  }

  @Test
  void aVerboseTransferTellsWhatIsAskedAndAnswered() {
    answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
    Sandbox.Result result = curl("-v", "-A", "me", URL);
    assertThat(result.output()).isEqualTo("hi");
    assertThat(result.errors())
        .contains("*   Trying 127.0.0.1:9000...\n")
        .contains("> GET /x HTTP/1.1\r\n> Host: ")
        .contains("> User-Agent: me\r\n")
        .contains("> \r\n< HTTP/1.1 200 OK\r\n< Content-Length: 2\r\n< \r\n");
  }

  @Test
  void aCompressedAnswerIsAskedForAndExpanded() throws IOException {
    answer = "HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\n\r\n";
    content = deflated("hi");
    assertThat(curl("--compressed", URL).output()).isEqualTo("hi");
    assertThat(sent()).contains("Accept-Encoding: deflate, gzip\n");
  }

  private static byte[] deflated(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(bytes)) {
      deflater.write(Text.encode(text));
    }
    return bytes.toByteArray();
  }

  @Test
  void credentialsAreForTheHostThatTheyWereGivenFor() {
    answer = "HTTP/1.1 302 Found\r\nLocation: http://localhost:9000/\r\nContent-Length: 0\r\n\r\n";
    curl("-L", "--max-redirs", "1", "-u", "a:b", "http://127.0.0.1:9000/");
    assertThat(sent().split("Authorization: Basic YTpi", -1)).hasSize(2);
  }

  @Test
  void sizesOfHeadsAreTold() {
    answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
    assertThat(curl("-o", "/dev/null", "-w", "%{size_header} %{size_download}", URL).output())
        .isEqualTo("38 2");
  }
}
