package io.sockerless.backend.core.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told of the answers of registries and token servers, and which of them are final. */
class RegistryErrorsTest {

  private static final String JSON = "application/json; charset=utf-8";
  private static final String MANIFEST_TYPE = "application/vnd.oci.image.index.v1+json";
  private static final String MANIFEST =
      "{\"schemaVersion\":2,\"mediaType\":\"" + MANIFEST_TYPE + "\",\"manifests\":[]}";
  private static final URI NOBODY = URI.create("http://127.0.0.1:1");

  private FakeRegistry registry;
  private FakeRegistry tokens;
  private Registries registries;

  @BeforeEach
  void open() throws IOException {
    registry = new FakeRegistry();
    tokens = new FakeRegistry();
    registry.manifest("team/app", "1", MANIFEST_TYPE, MANIFEST);
    registries =
        new Registries(new RegistryConfig(List.of(), false, NOBODY, NOBODY), Duration.ofMillis(1));
  }

  @AfterEach
  void close() {
    registry.close();
    tokens.close();
  }

  private Manifest ask() throws IOException {
    ImageReference image = ImageReference.parse(registry.domain() + "/team/app:1");
    return registries.target(image, Credentials.none()).manifest("1");
  }

  private static boolean answer(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    if (!type.isEmpty()) {
      exchange.getResponseHeaders().add("Content-Type", type);
    }
    FakeRegistry.answer(exchange, status, body.getBytes(StandardCharsets.UTF_8));
    return true;
  }

  private void registryAnswers(int status, String type, String body) {
    registry.intercept(exchange ->
        !exchange.getRequestURI().getPath().equals("/v2/") && answer(exchange, status, type, body));
  }

  /** Has the registry ask for a token from the other server. */
  private void demandTokens(FakeRegistry.Interceptor tokenServer) {
    tokens.intercept(tokenServer);
    registry.intercept(exchange -> {
      if (FakeRegistry.header(exchange, "Authorization").equals("Bearer t0ken")) {
        return false;
      }
      exchange
          .getResponseHeaders()
          .add("WWW-Authenticate", "Bearer realm=\"" + tokens.url() + "/token\",service=\"s\"");
      FakeRegistry.error(exchange, 401, "UNAUTHORIZED", "authentication required");
      return true;
    });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          401 | {"errors":[{"Code":"UNAUTHORIZED","Message":"a message"}]} | unauthorized: a message
          403 | {"ERRORS":[{"code":"DENIED"}]} | denied
          403 | {"errors":[{"message":"odd"}]} | unknown: odd
          401 | {"error":"unauthorized"} | unauthorized: authentication required
          403 | {"details":"the details"} | denied: the details
          403 | {"errors":[]} | error parsing HTTP 403 response body: no error details found in HTTP response body: "{\\"errors\\":[]}"
          403 | {"errors":[ | error parsing HTTP 403 response body: unexpected end of JSON input: "{\\"errors\\":["
          403 | no way | error parsing HTTP 403 response body: invalid character 'o' in literal null (expecting 'u'): "no way"
          403 | <html> | error parsing HTTP 403 response body: invalid character '<' looking for beginning of value: "<html>"
          403 | {} x | error parsing HTTP 403 response body: invalid character 'x' after top-level value: "{} x"
          404 | [1] | error parsing HTTP 404 response body: json: cannot unmarshal array into Go value of type struct { Errors []errcode.Error }: "[1]"
          """)
  void aDocumentIsReadAsGoReadsIt(int status, String body, String told) {
    registryAnswers(status, JSON, body);
    assertThatThrownBy(this::ask).isInstanceOf(RegistryException.class).hasMessage(told);
    demandTokens(exchange -> answer(exchange, status, JSON, body));
    assertThatThrownBy(this::ask).isInstanceOf(RegistryException.class).hasMessage(told);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          401 | unauthorized: <p>go away</p>
          403 | denied: <p>go away</p>
          404 | unknown: <p>go away</p>
          """)
  void whatIsNoJsonIsToldAsItIs(int status, String told) {
    registryAnswers(status, "text/html", "<p>go away</p>\n");
    assertThatThrownBy(this::ask).isInstanceOf(RegistryException.class).hasMessage(told);
  }

  @Test
  void errorsAreReadWhateverTheTypeSays() {
    registryAnswers(403, "text/plain", "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"no\"}]}");
    assertThatThrownBy(this::ask).hasMessage("denied: no");
  }

  @Test
  void aBrokenServerIsToldByItsStatusAlone() {
    registryAnswers(501, JSON, "{\"errors\":[{\"code\":\"UNKNOWN\",\"message\":\"boom\"}]}");
    assertThatThrownBy(this::ask)
        .hasMessage("received unexpected HTTP status: 501 Not Implemented");
  }

  @ParameterizedTest
  @CsvSource({"429", "503"})
  void aTokenServerIsAskedAgainThatIsBusy(int status) throws IOException {
    AtomicInteger asked = new AtomicInteger();
    demandTokens(exchange ->
        asked.incrementAndGet() < 4
            ? answer(exchange, status, JSON, "{}")
            : answer(exchange, 200, JSON, "{\"token\":\"t0ken\"}"));
    assertThat(ask().text()).isEqualTo(MANIFEST);
    assertThat(asked).hasValue(4);
  }

  @Test
  void whatATokenServerSaysAfterItsPauseIsTold() {
    AtomicInteger asked = new AtomicInteger();
    demandTokens(exchange ->
        asked.incrementAndGet() < 4
            ? answer(exchange, 503, JSON, "{}")
            : answer(
                exchange,
                429,
                JSON,
                "{\"errors\":[{\"code\":\"TOOMANYREQUESTS\",\"message\":\"out of tokens\"}]}"));
    assertThatThrownBy(this::ask).hasMessage("toomanyrequests: out of tokens");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"something":"wrong"} | authorization server did not include a token in the response
          <html> | unable to decode token response: invalid character '<' looking for beginning of value
          """)
  void anAnswerWithoutATokenIsFinal(String body, String told) {
    AtomicInteger asked = new AtomicInteger();
    demandTokens(exchange -> {
      asked.incrementAndGet();
      return answer(exchange, 200, JSON, body);
    });
    assertThatThrownBy(this::ask).hasMessage(told);
    assertThat(asked).hasValue(1);
  }
}
