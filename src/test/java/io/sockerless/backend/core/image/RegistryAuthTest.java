package io.sockerless.backend.core.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockerless.backend.core.registry.FakeRegistry;
import io.sockerless.engine.Answer;
import io.sockerless.engine.Call;
import io.sockerless.engine.EngineException;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is shown which credentials. */
class RegistryAuthTest {

  private static final String BASIC =
      "Basic " + Base64.getEncoder().encodeToString("user:secret".getBytes(StandardCharsets.UTF_8));

  @TempDir Path folder;
  private FakeRegistry registry;
  private FakeRegistry other;
  private ImageFixture fixture;

  @BeforeEach
  void open() throws IOException {
    registry = new FakeRegistry();
    other = new FakeRegistry();
    fixture = new ImageFixture(folder);
    byte[] layer = Tars.of("file", "content");
    RegistryImages.put(registry, "1", "linux", layer, Tars.gzip(layer));
  }

  @AfterEach
  void close() {
    fixture.close();
    registry.close();
    other.close();
  }

  private List<JsonObject> pull(String header) {
    Call call =
        ImageFixture.call("fromImage", registry.domain() + "/team/app", "tag", "1")
            .withHeader("X-Registry-Auth", header);
    try (Answer answer = fixture.images.create(call)) {
      return ImageFixture.records(answer);
    }
  }

  private void demand(FakeRegistry from, String challenge, String accepted) {
    from.intercept(exchange -> {
      if (FakeRegistry.header(exchange, "Authorization").equals(accepted)) {
        return false;
      }
      exchange.getResponseHeaders().add("WWW-Authenticate", challenge);
      FakeRegistry.error(exchange, 401, "UNAUTHORIZED", "authentication required");
      return true;
    });
  }

  private void demandToken() {
    demand(
        registry,
        "Bearer realm=\"" + other.url() + "/token\",service=\"the, service\",scope=\"x\"",
        "Bearer t0ken");
    other.intercept(exchange -> {
      String query = exchange.getRequestURI().getRawQuery();
      byte[] body = exchange.getRequestBody().readAllBytes();
      String form = new String(body, StandardCharsets.UTF_8);
      boolean allowed =
          form.isEmpty()
              ? FakeRegistry.header(exchange, "Authorization").equals(BASIC)
                  && query.contains("service=the%2C+service")
              : form.contains("grant_type=refresh_token") && form.contains("refresh_token=refresh");
      FakeRegistry.answer(
          exchange,
          allowed ? 200 : 401,
          "{\"access_token\":\"t0ken\",\"refresh_token\":\"refresh\"}"
              .getBytes(StandardCharsets.UTF_8));
      return true;
    });
  }

  @Test
  void basicCredentialsAreShownWhereTheRegistryAsksForThem() {
    demand(registry, "Basic realm=\"r\"", BASIC);
    assertThat(pull(PullTest.auth("user", "secret")).getLast().containsKey("error")).isFalse();
    assertThat(registry.requests().getFirst()).isEqualTo("GET /v2/");
  }

  @Test
  void withoutCredentialsTheErrorIsDockers() {
    demand(registry, "Basic realm=\"r\"", BASIC);
    assertThatThrownBy(() -> pull(""))
        .isInstanceOf(EngineException.Failure.class)
        .hasMessageContaining("no basic auth credentials");
    assertThatThrownBy(() -> pull(PullTest.auth("user", "wrong")))
        .isInstanceOf(EngineException.Failure.class)
        .hasMessage("unauthorized: authentication required");
  }

  @Test
  void aRegistryThatDeniesIsToldInDockersWords() {
    registry.intercept(exchange -> {
      if (exchange.getRequestURI().getPath().equals("/v2/")) {
        return false;
      }
      FakeRegistry.error(exchange, 403, "DENIED", "requested access to the resource is denied");
      return true;
    });
    assertThatThrownBy(() -> pull(""))
        .isInstanceOf(EngineException.NotFound.class)
        .hasMessage(
            "pull access denied for "
                + registry.domain()
                + "/team/app, repository does not exist or may require 'docker login': denied: requested access to the resource is denied");
  }

  @Test
  void aTokenIsFetchedWithThePasswordWhichTheRegistryNeverSees() {
    demandToken();
    assertThat(pull(PullTest.auth("user", "secret")).getLast().containsKey("error")).isFalse();
    assertThat(registry.requests()).noneMatch(request -> request.contains("Basic"));
    assertThat(other.requests()).hasSize(1);
  }

  @Test
  void anIdentityTokenStandsForThePassword() {
    demandToken();
    String header =
        Base64.getUrlEncoder()
            .encodeToString("{\"identitytoken\":\"refresh\"}".getBytes(StandardCharsets.UTF_8));
    assertThat(pull(header).getLast().containsKey("error")).isFalse();
  }

  @Test
  void aTokenServerThatRefusesIsAnError() {
    demandToken();
    assertThatThrownBy(() -> pull(PullTest.auth("user", "wrong")))
        .isInstanceOf(EngineException.class);
  }

  @Test
  void aRedirectToAnotherHostTakesNoCredentialsAlong() throws IOException {
    demand(registry, "Basic realm=\"r\"", BASIC);
    FakeRegistry.Interceptor closed =
        exchange -> {
          if (FakeRegistry.header(exchange, "Authorization").equals(BASIC)
              && exchange.getRequestURI().getPath().contains("/blobs/")) {
            String path = exchange.getRequestURI().getPath();
            exchange.getResponseHeaders().add("Location", other.url() + path);
            FakeRegistry.answer(exchange, 307, new byte[0]);
            return true;
          }
          return false;
        };
    registry.intercept(closed);
    byte[] layer = Tars.of("file", "content");
    RegistryImages.put(other, "1", "linux", layer, Tars.gzip(layer));
    registry.intercept(exchange -> {
      if (closed.handles(exchange)) {
        return true;
      }
      if (FakeRegistry.header(exchange, "Authorization").equals(BASIC)) {
        return false;
      }
      exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"r\"");
      FakeRegistry.answer(exchange, 401, new byte[0]);
      return true;
    });
    assertThat(pull(PullTest.auth("user", "secret")).getLast().containsKey("error")).isFalse();
    assertThat(other.requests())
        .isNotEmpty()
        .allMatch(request -> request.contains("/blobs/") && !request.contains("Basic"));
  }

  @Test
  void aLoginThatIsRightYieldsTheIdentityTokenIfThereIsOne() {
    demand(registry, "Basic realm=\"r\"", BASIC);
    assertThat(fixture.service.login(authConfig("user", "secret"))).isEmpty();
    demandToken();
    assertThat(
            fixture.service.login(
                authConfig("user", "secret", "http://" + registry.domain() + "/v1/")))
        .isEqualTo("refresh");
  }

  @Test
  void aLoginThatIsWrongIsRefusedInDockersWords() {
    demand(registry, "Basic realm=\"r\"", BASIC);
    assertThatThrownBy(() -> fixture.service.login(authConfig("user", "wrong")))
        .isInstanceOfSatisfying(
            EngineException.class, error -> assertThat(error.status()).isEqualTo(401))
        .hasMessage(
            "login attempt to " + registry.url() + "/v2/ failed with status: 401 Unauthorized");
  }

  @Test
  void aSearchAsksTheIndexOfTheRegistryThatIsNamed() {
    registry.intercept(exchange -> {
      FakeRegistry.answer(
          exchange,
          200,
          "{\"results\":[{\"name\":\"a\",\"star_count\":5,\"is_official\":true},{\"name\":\"b\",\"star_count\":1,\"is_official\":false}]}"
              .getBytes(StandardCharsets.UTF_8));
      return true;
    });
    String found =
        fixture
            .images
            .search(
                ImageFixture.call(
                    "term", registry.domain() + "/a", "filters", "{\"stars\":[\"3\"]}"))
            .document()
            .toString();
    assertThat(found).contains("\"name\":\"a\"").doesNotContain("\"name\":\"b\"");
    assertThatThrownBy(() -> fixture.images.search(ImageFixture.call("term", "a")))
        .isInstanceOf(EngineException.Failure.class)
        .hasMessageContaining("connection refused");
  }

  private JsonObject authConfig(String user, String password) {
    return authConfig(user, password, registry.domain());
  }

  private static JsonObject authConfig(String user, String password, String server) {
    return Json.createObjectBuilder()
        .add("username", user)
        .add("password", password)
        .add("serveraddress", server)
        .build();
  }
}
