package io.sockerless.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.engine.Identity;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerPortFilterTest {

  private final EdgePasses passes = new EdgePasses();
  private final ServerPortFilter filter =
      new ServerPortFilter(passes, new Sites(Set.of("dev.example")));

  /** Whether a request comes through, with a pass or none. */
  private boolean passes(String path, String pass) throws Exception {
    return passes("GET", path, pass.isEmpty() ? Map.of() : Map.of(EdgePasses.HEADER, pass));
  }

  private boolean passes(String method, String path, Map<String, String> headers) throws Exception {
    AtomicBoolean through = new AtomicBoolean();
    Map<String, Object> request =
        Map.of(
            "getMethod",
            method,
            "getRequestURI",
            path,
            "getLocalAddr",
            "127.0.0.1",
            "isSecure",
            false);
    filter.doFilter(
        request(request, headers),
        stub(HttpServletResponse.class, Map.of("getWriter", new PrintWriter(new StringWriter()))),
        (_, _) -> through.set(true));
    return through.get();
  }

  private static HttpServletRequest request(
      Map<String, Object> answers, Map<String, String> headers) {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            HttpServletRequest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (_, method, arguments) ->
                switch (method.getName()) {
                  case "getHeader" -> headers.get(arguments[0]);
                  case "getHeaders" ->
                      Collections.enumeration(
                          Optional.ofNullable(headers.get(arguments[0])).stream().toList());
                  default -> answers.get(method.getName());
                });
  }

  private static <T> T stub(Class<T> type, Map<String, Object> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, _) -> answers.get(method.getName())));
  }

  @Test
  void everybodyComesInWhileNobodyMustSayWhoTheyAre() throws Exception {
    assertThat(passes("/containers/json", "")).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "GET,localhost:9080,-,true",
        "GET,[::1]:9080,-,true",
        "GET,dev.example:9080,-,true",
        "GET,evil.example:9080,-,false",
        "POST,evil.example:9080,http://evil.example:9080,false",
        "POST,127.0.0.1:9080,http://evil.example,false",
        "DELETE,127.0.0.1:9080,null,false",
        "POST,127.0.0.1:9080,http://127.0.0.1:9080,true",
        "POST,127.0.0.1:9080,-,true"
      })
  void noPageOfAnotherSiteComesIn(String method, String host, String origin, boolean in)
      throws Exception {
    Map<String, String> headers = new HashMap<>(Map.of("Host", host));
    Optional.ofNullable(origin).ifPresent(it -> headers.put("Origin", it));

    assertThat(passes(method, "/containers/json", headers)).isEqualTo(in);

    try (EdgePasses.Pass pass = passes.issue(Identity.of("alice"))) {
      headers.put(EdgePasses.HEADER, pass.text());
      assertThat(passes(method, "/containers/json", headers)).isTrue();
    }
  }

  @Test
  void aSocketOfAnotherSiteIsNotOpened() throws Exception {
    Map<String, String> headers =
        Map.of("Host", "localhost:9080", "Upgrade", "websocket", "Origin", "http://evil.example");

    assertThat(passes("GET", "/containers/x/attach/ws", headers)).isFalse();
  }

  @Test
  void onlyWhatTheEdgeSendsComesInOnceTheyMust() throws Exception {
    passes.require();

    try (EdgePasses.Pass pass = passes.issue(Identity.of("alice"))) {
      assertThat(passes("/containers/json", pass.text())).isTrue();
    }
    assertThat(passes("/containers/json", "")).isFalse();
    assertThat(passes("/containers/json", "made up")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/health", "/health/live", "/health/ready", "/health/started", EdgePasses.AGENTS})
  void healthAndAgentsNeedNoPass(String path) throws Exception {
    passes.require();

    assertThat(passes(path, "")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/health/../containers/json",
        "/health/..;/containers/json",
        "/health/%2e%2e/containers/json",
        "/health;/../containers/json",
        "//health",
        "/health/",
        EdgePasses.AGENTS + "/../../../../containers/json"
      })
  void noOtherSpellingOfTheirPathsLeadsPast(String path) throws Exception {
    passes.require();

    assertThat(passes(path, "")).isFalse();
  }
}
