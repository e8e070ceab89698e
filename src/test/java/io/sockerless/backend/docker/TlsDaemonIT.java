package io.sockerless.backend.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockerless.engine.Answer;
import io.sockerless.engine.Call;
import io.sockerless.engine.Engine;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.HijackedStream;
import io.sockerless.engine.Query;
import io.sockerless.support.Certificates;
import io.sockerless.support.DockerDaemon;
import io.sockerless.support.Scratch;
import io.sockerless.support.Settings;
import io.sockerless.support.TlsFront;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsDaemonIT {

  private static final Certificates AUTHORITY = new Certificates();

  @BeforeAll
  static void needsADaemon() {
    DockerDaemon.require();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aDaemonBehindTlsAnswers(String protocol) throws Exception {
    try (TlsFront front = new TlsFront(AUTHORITY.folder(), protocol)) {
      assertThat(new String(ping(engine(front, AUTHORITY.folder())), StandardCharsets.UTF_8))
          .isEqualTo("OK");
    }
  }

  /**
   * In TLS 1.2 the JDK's server ends both directions at once, as RFC 5246 has it; dockerd speaks
   * 1.3.
   */
  @Test
  void theEndOfStandardInputPassesTlsAndOutputGoesOn() throws Exception {
    byte[] sent = new byte[1_000_000];
    new Random(1).nextBytes(sent);
    try (TlsFront front = new TlsFront(AUTHORITY.folder(), "TLSv1.3")) {
      Engine engine = engine(front, AUTHORITY.folder());
      String id = create(engine);
      try (HijackedStream stream = engine.containers().attach(id, attach())) {
        engine.containers().start(id, Call.of(Query.none())).close();
        Thread.ofVirtual()
            .start(() -> {
              try {
                stream.input().write(sent);
                stream.closeInput();
              } catch (IOException e) {
                stream.close();
              }
            });
        byte[] counted = stream.output().readAllBytes();
        assertThat(
                new String(Arrays.copyOfRange(counted, 8, counted.length), StandardCharsets.UTF_8))
            .isEqualTo("1000000\n");
      } finally {
        engine.containers().remove(id, Call.of(new Query("force=1"))).close();
      }
    }
  }

  @Test
  void aDaemonOfAnotherAuthorityIsNotTrusted() throws Exception {
    try (TlsFront front = new TlsFront(AUTHORITY.folder(), "TLSv1.3")) {
      Engine engine = engine(front, new Certificates().folder());
      assertThatThrownBy(() -> ping(engine)).isInstanceOf(EngineException.Unavailable.class);
    }
  }

  @Test
  void aDaemonThatWantsACertificateRefusesAClientWithoutOne() throws Exception {
    Path folder = AUTHORITY.folder();
    Files.delete(folder.resolve("cert.pem"));
    try (TlsFront front = new TlsFront(AUTHORITY.folder(), "TLSv1.3")) {
      Engine engine = engine(front, folder);
      assertThatThrownBy(() -> ping(engine)).isInstanceOf(EngineException.Unavailable.class);
    }
  }

  @Test
  void aFolderWithoutAnAuthorityIsRefusedByName() throws Exception {
    Path folder = Scratch.folder("empty");
    assertThatThrownBy(() ->
            DockerEngine.from(
                Settings.of(
                    "sockerless.docker.host",
                    "tcp://127.0.0.1:1",
                    "sockerless.docker.cert.path",
                    folder.toString())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sockerless.docker.cert.path")
        .hasMessageContaining("ca.pem");
  }

  private static Engine engine(TlsFront front, Path certificates) {
    return DockerEngine.from(
        Settings.of(
            "sockerless.docker.host", front.host(),
            "sockerless.docker.cert.path", certificates.toString()));
  }

  private static byte[] ping(Engine engine) {
    return engine.system().ping(Call.of(Query.none())).bytes();
  }

  private static String create(Engine engine) {
    JsonObject spec =
        Json.createObjectBuilder()
            .add("Image", "alpine:latest")
            .add("Cmd", Json.createArrayBuilder().add("wc").add("-c"))
            .add("OpenStdin", true)
            .add("StdinOnce", true)
            .build();
    Call call = Call.of(Query.none()).with(spec);
    try (Answer answer = engine.containers().create(call)) {
      return answer.document().asJsonObject().getString("Id");
    }
  }

  private static Call attach() {
    return Call.of(new Query("stream=1&stdin=1&stdout=1&stderr=1"))
        .withHeader("Connection", "Upgrade")
        .withHeader("Upgrade", "tcp");
  }
}
