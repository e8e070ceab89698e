package io.sockerless.backend.memory.utility.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.FileInput;
import io.sockerless.backend.memory.kernel.FileOutput;
import io.sockerless.backend.memory.kernel.NetworkStack;
import io.sockerless.backend.memory.network.ContainerNetwork;
import io.sockerless.backend.memory.network.Switchboard;
import io.sockerless.backend.memory.support.Sandbox;
import io.sockerless.backend.memory.utility.file.FileUtilities;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reaper, which asks an engine at the socket that is bound into its container. */
@Timeout(60)
class RyukTest {

  private static final String FILTERS = "&filters=%7B%22label%22%3A%5B%22a%3Db%22%5D%7D";

  @TempDir private Path folder;

  private final ContainerNetwork network =
      new ContainerNetwork(new Switchboard(), List.of(), Map.of());
  private final Sandbox sandbox = new Sandbox().with(network);
  private EngineAtSocket engine;

  @BeforeEach
  void start() throws IOException {
    engine = new EngineAtSocket(folder.resolve("docker.sock"));
    engine.answer("GET /_ping", 200, "OK");
    FileUtilities.programs().forEach(sandbox::with);
    sandbox
        .withBind(folder, "/run")
        .withEnvironment("DOCKER_HOST", "unix:///run/docker.sock")
        .withEnvironment("RYUK_RECONNECTION_TIMEOUT", "200ms");
  }

  @AfterEach
  void stop() throws IOException {
    engine.close();
    network.close();
  }

  private NetworkStack.Socket connect() {
    return await()
        .ignoreExceptionsInstanceOf(PosixException.class)
        .until(() -> network.connect("127.0.0.1", 8080, Duration.ofSeconds(1)), it -> true);
  }

  private static void tell(NetworkStack.Socket client, String filter) throws IOException {
    new FileOutput(client.file()).write((filter + "\n").getBytes(StandardCharsets.UTF_8));
    byte[] answer = new FileInput(client.file()).readNBytes(4);
    assertThat(new String(answer, StandardCharsets.UTF_8)).isEqualTo("ACK\n");
  }

  @Test
  void whatTheFiltersMatchIsRemovedOnceTheLastClientHasGone() throws Exception {
    engine.answer(
        "GET /containers/json?all=1" + FILTERS,
        200,
        """
        [{"Id": "c1"}, {"Id": "c2", "Labels": {"org.testcontainers.ryuk": "true"}},
         {"Id": "c3", "Labels": {"a": "b"}}]\
        """);
    engine.answer("DELETE /containers/c1?force=1&v=1", 204, "");
    engine.answer("GET /networks?" + FILTERS, 200, "[{\"Id\": \"n1\"}]");
    engine.answer("DELETE /networks/n1", 204, "");
    engine.answer("GET /volumes?" + FILTERS, 200, "{\"Volumes\": [{\"Name\": \"v1\"}]}");
    engine.answer("DELETE /volumes/v1?force=1", 204, "");
    engine.answer("GET /images/json?" + FILTERS, 200, "[]");
    CompletableFuture<Sandbox.Result> reaper =
        CompletableFuture.supplyAsync(() -> sandbox.run("ryuk"));
    NetworkStack.Socket first = connect();
    tell(first, "label=a%3Db");
    NetworkStack.Socket second = connect();
    tell(second, "label=a%3Db");
    first.file().close();
    assertThat(engine.requests()).containsExactly("GET /_ping");
    second.file().close();
    Sandbox.Result result = reaper.get(30, TimeUnit.SECONDS);
    assertThat(result.code()).as(result.errors()).isZero();
    assertThat(result.output())
        .contains(" Started!\n", "Removed 2 container(s), 1 network(s), 1 volume(s), 0 image(s)\n");
    assertThat(engine.requests())
        .filteredOn(request -> request.startsWith("DELETE"))
        .containsExactly(
            "DELETE /containers/c1?force=1&v=1",
            "DELETE /containers/c3?force=1&v=1",
            "DELETE /networks/n1",
            "DELETE /volumes/v1?force=1");
  }

  @Test
  void whatCannotBeRemovedYetIsTriedAgain() throws Exception {
    engine.answer("GET /containers/json?all=1" + FILTERS, 200, "[{\"Id\": \"c1\"}]");
    engine.answer("DELETE /containers/c1?force=1&v=1", 409, "{}");
    engine.answer("GET /networks?" + FILTERS, 200, "[]");
    engine.answer("GET /volumes?" + FILTERS, 200, "{\"Volumes\": null}");
    engine.answer("GET /images/json?" + FILTERS, 200, "[]");
    CompletableFuture<Sandbox.Result> reaper =
        CompletableFuture.supplyAsync(() -> sandbox.run("ryuk"));
    NetworkStack.Socket client = connect();
    tell(client, "label=a%3Db");
    client.file().close();
    await().until(() -> engine.requests().contains("DELETE /containers/c1?force=1&v=1"));
    engine.answer("DELETE /containers/c1?force=1&v=1", 204, "");
    assertThat(reaper.get(30, TimeUnit.SECONDS).output()).contains("Removed 1 container(s), ");
  }

  @Test
  void itEndsWhereNobodyComes() {
    sandbox.withEnvironment("RYUK_CONNECTION_TIMEOUT", "0.1s");
    Sandbox.Result result = sandbox.run("ryuk");
    assertThat(result.code()).isZero();
    assertThat(result.errors()).isEmpty();
    assertThat(engine.requests()).containsExactly("GET /_ping");
  }

  @Test
  void aTimeThatIsNoneIsAnError() {
    sandbox.withEnvironment("RYUK_CONNECTION_TIMEOUT", "soon");
    Sandbox.Result result = sandbox.run("ryuk");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.errors())
        .isEqualTo("ryuk: RYUK_CONNECTION_TIMEOUT: time: invalid duration \"soon\"\n");
  }

  @Test
  void withoutAnEngineItSaysSo() {
    sandbox.withEnvironment("DOCKER_HOST", "unix:///run/nobody.sock");
    Sandbox.Result result = sandbox.run("ryuk");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.errors())
        .isEqualTo("ryuk: cannot connect to the Docker daemon: No such file or directory\n");
  }

  @Test
  void curlAsksTheEngineAtItsSocketToo() {
    assertThat(sandbox.run("curl", "-s", "--unix-socket", "/run/docker.sock", "http://d/_ping"))
        .extracting(Sandbox.Result::output, Sandbox.Result::code)
        .containsExactly("OK", 0);
    assertThat(sandbox.run("curl", "-sS", "--unix-socket", "/run/no.sock", "http://d/_ping"))
        .extracting(Sandbox.Result::errors, Sandbox.Result::code)
        .containsExactly(
            "curl: (7) Failed to connect to d port 80: No such file or directory\n", 7);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "label=a%3Db|{\"label\":[\"a=b\"]}",
        "label=a=b&label=c|{\"label\":[\"a=b\",\"c\"]}",
        "name=x&label=%|{\"label\":[\"%\"],\"name\":[\"x\"]}",
        "odd|{\"odd\":[\"\"]}"
      })
  void aFilterIsAQuery(String query, String json) {
    assertThat(Pruning.json(query)).isEqualTo(json);
  }
}
