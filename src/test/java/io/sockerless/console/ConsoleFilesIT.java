package io.sockerless.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.support.DockerDaemon;
import io.sockerless.support.SockerlessServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The console's files, as the edge hands them out. */
class ConsoleFilesIT {

  private final SockerlessServer server = SockerlessServer.memory();

  @BeforeAll
  static void needsTheRegistriesBesideADaemon() {
    DockerDaemon.require();
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.edgePort() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/console/, text/html",
    "/console/console.css, text/css",
    "/console/js/app.js, text/javascript",
    "/console/lib/xterm.js, text/javascript",
    "/console/lib/uPlot.esm.js, text/javascript",
    "/console/icon.svg, image/svg+xml"
  })
  void eachFileHasItsTypeAndThePolicy(String path, String type) throws Exception {
    HttpResponse<String> answer = get(path);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValueSatisfying(it -> assertThat(it).startsWith(type));
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
    assertThat(answer.headers().firstValue("Content-Security-Policy"))
        .hasValueSatisfying(it ->
            assertThat(it)
                .contains(
                    "default-src 'none'", "frame-ancestors 'none'", "require-trusted-types-for")
                .doesNotContain("unsafe", "http:", "*"));
  }

  @Test
  void thePathWithoutItsSlashLeadsThere() throws Exception {
    HttpResponse<String> answer = get("/console");

    assertThat(answer.statusCode()).isEqualTo(301);
    assertThat(answer.headers().firstValue("Location")).contains("/console/");
  }

  @Test
  void whoHasTheFileIsToldSo() throws Exception {
    String tag = get("/console/console.css").headers().firstValue("ETag").orElseThrow();

    HttpResponse<String> again = get("/console/console.css", "If-None-Match", tag);

    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/console/nope.js",
        "/console/lib/",
        "/console/WEB-INF/beans.xml",
        "/WEB-INF/beans.xml",
        "/console//..//WEB-INF/beans.xml"
      })
  void nothingElseIsAFile(String path) throws Exception {
    assertThat(get(path).statusCode()).isIn(400, 404);
    assertThat(get(path).body()).doesNotContain("<beans");
  }

  @Test
  void noLibraryOfTheConsoleIsOnTheServersClassPath() throws Exception {
    try (JarFile war = new JarFile("target/sockerless.war")) {
      assertThat(war.stream().map(ZipEntry::getName))
          .contains("console/lib/uPlot.esm.js")
          .noneMatch(it -> it.startsWith("WEB-INF/lib/uplot"));
    }
  }
}
