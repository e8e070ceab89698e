package io.sockerless.backend.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.sockerless.archive.TarEntry;
import io.sockerless.archive.TarReader;
import io.sockerless.engine.Body;
import io.sockerless.support.Daemon;
import io.sockerless.support.DockerCli;
import io.sockerless.support.DockerDaemon;
import io.sockerless.support.Registries;
import io.sockerless.support.SockerlessServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Builds of the same Dockerfiles by dockerd's classic builder and by the memory backend. */
@Timeout(120)
class BuildIT {

  private static final String REPOSITORY = "127.0.0.1:5000/sockerless/buildbase";
  private static final String BASE = REPOSITORY + ":1";

  private static DockerCli real;
  private static DockerCli ours;

  @TempDir private Path context;

  @BeforeAll
  static void start() {
    DockerDaemon.require();
    Registries.require();
    real = new DockerCli(DockerDaemon.host());
    real.ok("tag", "alpine", BASE);
    real.ok("push", "-q", BASE);
    ours = new DockerCli(SockerlessServer.memory().dockerHost());
    ours.ok("pull", "-q", BASE);
  }

  /** What a build printed, and the image that it made. */
  private record Built(String output, Optional<Image> image) {}

  private record Image(JsonObject config, String history, Map<String, String> files) {}

  static List<String> dockerfiles() throws IOException {
    try (InputStream stream = BuildIT.class.getResourceAsStream("dockerfiles.txt")) {
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      return List.of(text.strip().split("\n====\n"));
    }
  }

  @ParameterizedTest
  @MethodSource("dockerfiles")
  void aBuildPrintsAndMakesTheSameAsDockerds(String dockerfile) throws IOException {
    fill();
    Built theirs = build(real, dockerfile);
    Built own = build(ours, dockerfile);
    assertThat(own.output()).isEqualTo(theirs.output());
    assertThat(own.image().map(Image::config)).isEqualTo(theirs.image().map(Image::config));
    assertThat(own.image().map(Image::history)).isEqualTo(theirs.image().map(Image::history));
    assertThat(own.image().map(Image::files)).isEqualTo(theirs.image().map(Image::files));
  }

  /** The first line may begin with two number signs and tell options. */
  private Built build(DockerCli docker, String dockerfile) throws IOException {
    String name = Daemon.freshName();
    List<String> command = new ArrayList<>(List.of("build", "--no-cache", "-t", name));
    String text = dockerfile;
    if (text.startsWith("## ")) {
      int end = text.indexOf('\n');
      command.addAll(List.of(text.substring(3, end).split(" ")));
      text = text.substring(end + 1);
    }
    Files.writeString(
        context.resolve("Dockerfile"),
        text.replace("BASENAME", REPOSITORY).replace("BASE", BASE) + "\n");
    command.add(context.toString());
    DockerCli.Ended ended = docker.run(command.toArray(String[]::new));
    String output = normal(ended.out().replaceFirst("(?s)^Sending [^\n]*\n", "")) + ended.code();
    try {
      return new Built(
          output.replace(name, "NAME") + errors(ended.err()),
          ended.code() == 0 ? Optional.of(image(docker, name)) : Optional.empty());
    } finally {
      docker.run("rmi", "-f", name);
    }
  }

  private static String errors(String text) {
    return normal(
        text.lines()
            .filter(line -> !line.isBlank() && !line.matches("DEPRECATED.*|\\s+(Install|https).*"))
            .reduce("", (all, line) -> all + line + "\n"));
  }

  private static String normal(String text) {
    return text.replaceAll("(Running in|container|--->|built) [0-9a-f]{12}", "$1 ID");
  }

  private static Image image(DockerCli docker, String name) throws IOException {
    String config = docker.ok("inspect", "-f", "{{json .Config}}", name);
    String history =
        docker
            .ok("history", "--no-trunc", "--format", "{{.CreatedBy}}", name)
            .replaceAll("(file|dir|multi):[0-9a-f]{64}", "$1:DIGEST");
    String container = docker.ok("create", name, "x");
    try {
      byte[] tar = docker.run("export", container).out().getBytes(StandardCharsets.ISO_8859_1);
      return new Image(withoutParent(config), history, files(tar));
    } finally {
      docker.run("rm", "-v", container);
    }
  }

  private static JsonObject withoutParent(String config) {
    return Json.createObjectBuilder(Body.parse(config.getBytes(StandardCharsets.ISO_8859_1)))
        .remove("Image")
        .build();
  }

  /** All that a build can have made; times only where they are the context's. */
  private static Map<String, String> files(byte[] tar) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (TarReader reader = new TarReader(new ByteArrayInputStream(tar))) {
      for (Optional<TarEntry> next = reader.next(); next.isPresent(); next = reader.next()) {
        TarEntry entry = next.get();
        String name = entry.name().replaceFirst("/$", "");
        if (!name.matches(
            "(\\.dockerenv|etc|dev|proc|sys|dev/.*|etc/(hosts|hostname|resolv.conf|mtab)|)")) {
          boolean dated = entry.kind() == TarEntry.Kind.FILE && name.endsWith("dated");
          files.put(
              name,
              "%s %o %d:%d %d %s %s"
                  .formatted(
                      entry.kind(),
                      entry.mode(),
                      entry.uid(),
                      entry.gid(),
                      entry.size(),
                      entry.linkTarget(),
                      dated ? entry.modified() : ""));
        }
      }
    }
    return files;
  }

  private void fill() throws IOException {
    run(
        "mkdir -p d/e empty src/p/q; echo a>a; echo b>b; echo x>d/x; ln -s a l; echo y>d/e/y;"
            + " ln -s ../a d/up; ln -s e d/le; chmod 750 d/e; chmod 600 b; ln -s d ld;"
            + " echo '#!/bin/sh' > run.sh; chmod 755 run.sh; touch -d '2020-01-02 03:04:05' a d/dated;"
            + " echo 1 > src/1.txt; echo 2 > src/2.md; echo 3 > src/p/3.txt; echo 4 > src/p/q/4.txt;"
            + " tar -C d -cf t.tar --owner=5 --group=6 .; gzip -k t.tar; bzip2 -k t.tar; xz -k t.tar;"
            + " echo 'w s' > 'with space'; : > zero; ln a hard");
  }

  private void run(String script) throws IOException {
    try {
      Process process =
          new ProcessBuilder("sh", "-ec", script)
              .directory(context.toFile())
              .redirectErrorStream(true)
              .start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(output).isZero();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private DockerCli.Ended ours(String dockerfile, String... options) throws IOException {
    Files.writeString(context.resolve("Dockerfile"), dockerfile.replace("BASE", BASE));
    List<String> command = new ArrayList<>(List.of("build"));
    command.addAll(List.of(options));
    command.add(context.toString());
    return ours.run(command.toArray(String[]::new));
  }

  @Test
  void aSecondBuildTakesAllFromTheCacheUntilAFileChanges() throws IOException {
    String dockerfile = "FROM BASE\nRUN echo %s\nCOPY f /\nRUN cat /f\n".formatted(context);
    Files.writeString(context.resolve("f"), "1");
    assertThat(ours(dockerfile).out()).doesNotContain("Using cache");
    String second = ours(dockerfile).out();
    assertThat(second.split("Using cache", -1)).hasSize(4);
    Files.writeString(context.resolve("f"), "2");
    assertThat(ours(dockerfile).out().split("Using cache", -1)).hasSize(2);
    assertThat(ours(dockerfile, "--no-cache").out()).doesNotContain("Using cache");
  }

  @Test
  void aQuietBuildPrintsTheImageAlone() throws IOException {
    assertThat(ours("FROM BASE\nRUN echo loud\n", "-q").out()).matches("sha256:[0-9a-f]{64}\n");
  }

  @Test
  void documentsAreFilesAndScripts() throws IOException {
    DockerCli.Ended ended =
        ours(
            "FROM BASE\nENV V=1\nCOPY <<A <<\"B\" /d/\n$V\nA\n$V\nB\nRUN cat /d/A /d/B\n"
                + "RUN <<E\n#!/bin/cat\nscript\nE\nRUN ls -a /\n",
            "--no-cache");
    assertThat(ended.out()).contains("1\n$V\n").contains("#!/bin/cat\nscript\n");
    assertThat(ended.out().substring(ended.out().lastIndexOf("ls -a"))).doesNotContain("script");
  }

  @Test
  void aModeIsGivenWithTheCopy() throws IOException {
    Files.writeString(context.resolve("f"), "1");
    assertThat(ours("FROM BASE\nCOPY --chmod=4711 f /f\nRUN ls -l /f\n").out())
        .contains("-rws--x--x");
  }

  @Test
  void aBaseThatIsNotHereIsPulledAndTheClientToldHow() throws IOException {
    String base = REPOSITORY + ":pulled";
    real.ok("tag", "alpine", base);
    real.ok("push", "-q", base);
    String status = "Status: Downloaded newer image for " + base;
    for (DockerCli docker : List.of(real, ours)) {
      docker.run("rmi", "-f", base);
      Files.writeString(context.resolve("Dockerfile"), "FROM " + base + "\n");
      try {
        assertThat(docker.ok("build", context.toString()))
            .contains("pulled: Pulling from sockerless/buildbase")
            .contains(status);
        assertThat(docker.ok("build", context.toString())).doesNotContain(status);
      } finally {
        docker.run("rmi", "-f", base);
      }
    }
  }

  @Test
  void aBaseOfAPrivateRegistryIsPulledWithTheBuildsOwnCredentials() throws Exception {
    ours.run("rmi", "-f", Registries.PRIVATE_IMAGE);
    Files.writeString(context.resolve("Dockerfile"), "FROM " + Registries.PRIVATE_IMAGE + "\n");
    assertThat(buildWith("wrong")).doesNotContain("Successfully built");
    assertThat(buildWith(Registries.PASSWORD)).contains("Successfully built");
  }

  private String buildWith(String password) throws Exception {
    String config = "{\"%s\":%s}".formatted(Registries.PRIVATE, Registries.credentials(password));
    Process tar = new ProcessBuilder("tar", "-C", context.toString(), "-c", ".").start();
    byte[] body = tar.getInputStream().readAllBytes();
    try (var client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(
                  URI.create("http://127.0.0.1:" + SockerlessServer.memory().edgePort() + "/build"))
              .header("Content-Type", "application/x-tar")
              .header(
                  "X-Registry-Config",
                  Base64.getUrlEncoder().encodeToString(config.getBytes(StandardCharsets.UTF_8)))
              .POST(HttpRequest.BodyPublishers.ofByteArray(body))
              .build();
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
  }

  @Test
  void aFileOfAnUrlIsAdded() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] content = new byte[100_000];
    server.createContext(
        "/file",
        exchange -> {
          exchange.getResponseHeaders().set("Last-Modified", "Thu, 02 Jan 2020 03:04:05 GMT");
          exchange.sendResponseHeaders(200, content.length);
          exchange.getResponseBody().write(content);
          exchange.close();
        });
    server.start();
    try {
      String url = "http://127.0.0.1:" + server.getAddress().getPort();
      String dockerfile = "FROM BASE\nADD %s/%s /d/\nRUN ls -l /d/file\n";
      String theirs = build(real, dockerfile.formatted(url, "file")).output();
      String own = build(ours, dockerfile.formatted(url, "file")).output();
      assertThat(own).isEqualTo(theirs).contains("-rw-------").contains("100000");
      assertThat(build(ours, dockerfile.formatted(url, "nowhere")).output())
          .contains("ADD failed: failed to GET " + url + "/nowhere with status 404");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aBuildThatIsCancelledEndsItsCommand() throws Exception {
    Files.writeString(
        context.resolve("Dockerfile"), "FROM %s\nRUN echo begun; sleep 1000\n".formatted(BASE));
    Process tar = new ProcessBuilder("tar", "-C", context.toString(), "-c", ".").start();
    byte[] body = tar.getInputStream().readAllBytes();
    int port = SockerlessServer.memory().edgePort();
    try (var client = HttpClient.newHttpClient()) {
      CompletableFuture<HttpResponse<String>> build =
          client.sendAsync(
              HttpRequest.newBuilder(
                      URI.create("http://127.0.0.1:" + port + "/build?nocache=1&buildid=cancelled"))
                  .header("Content-Type", "application/x-tar")
                  .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> {
            SockerlessServer.memory().send("POST", "/build/cancel?id=cancelled", "");
            return build.isDone();
          });
      assertThat(build.get().body()).contains("context canceled");
    }
  }
}
