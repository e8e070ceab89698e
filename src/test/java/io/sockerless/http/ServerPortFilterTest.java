package io.sockerless.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.engine.Identity;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerPortFilterTest {

  private final EdgePasses passes = new EdgePasses();
  private final ServerPortFilter filter = new ServerPortFilter(passes);

  /** Whether a request comes through, with a pass or none. */
  private boolean passes(String path, String pass) throws Exception {
    AtomicBoolean through = new AtomicBoolean();
    Map<String, Object> request = new HashMap<>();
    request.put("getRequestURI", path);
    request.put("getHeader", pass.isEmpty() ? null : pass);
    filter.doFilter(
        stub(HttpServletRequest.class, request),
        stub(HttpServletResponse.class, Map.of("getWriter", new PrintWriter(new StringWriter()))),
        (_, _) -> through.set(true));
    return through.get();
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
