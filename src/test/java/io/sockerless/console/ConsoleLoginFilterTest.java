package io.sockerless.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.engine.Identity;
import io.sockerless.http.ConsoleLogin;
import io.sockerless.http.EdgePasses;
import io.sockerless.support.Settings;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What the edge learns of a log-in, by what the application server answers. */
class ConsoleLoginFilterTest {

  private static final Principal BOB = () -> "bob";

  private final EdgePasses passes = new EdgePasses();
  private final EdgePasses.Pass pass = passes.issue(Identity.ANONYMOUS);
  private final StringWriter body = new StringWriter();
  private final List<String> passedOn = new ArrayList<>();
  private int status = 200;
  private String location = "";

  private void filter(String login, Map<String, Object> server) throws Exception {
    Map<String, Function<Object[], Object>> request =
        Map.of(
            "getHeader", _ -> pass.text(),
            "authenticate", _ -> server.get("known"),
            "getUserPrincipal", _ -> server.get("user"));
    Map<String, Function<Object[], Object>> response =
        Map.of(
            "getStatus", _ -> server.getOrDefault("status", status),
            "setStatus", it -> status = (int) it[0],
            "sendRedirect", it -> location = (String) it[0],
            "getWriter", _ -> new PrintWriter(body));
    FilterChain chain = (_, _) -> passedOn.add("on");
    new ConsoleLoginFilter(passes, Settings.of(ConsoleLogin.SETTING, login))
        .doFilter(
            fake(HttpServletRequest.class, request),
            fake(HttpServletResponse.class, response),
            chain);
  }

  private static <T> T fake(Class<T> type, Map<String, Function<Object[], Object>> methods) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) ->
                methods.getOrDefault(method.getName(), _ -> null).apply(arguments)));
  }

  @Test
  void whomTheServerKnowsTheEdgeLearnsOfAndTheBrowserIsLedOn() throws Exception {
    filter("server", Map.of("known", true, "user", BOB));

    assertThat(pass.login()).contains(Identity.of("bob"));
    assertThat(location).isEqualTo("/console/");
  }

  @Test
  void whomTheServerAsksForMoreIsNobodyYet() throws Exception {
    filter("server", Map.of("known", false, "status", 401));

    assertThat(pass.login()).isEmpty();
    assertThat(body.toString()).isEmpty();
    assertThat(location).isEmpty();
  }

  @Test
  void aServerWithoutUsersIsNamedAsTheReason() throws Exception {
    filter("server", Map.of("known", false));

    assertThat(pass.login()).isEmpty();
    assertThat(status).isEqualTo(503);
    assertThat(body.toString()).contains("SOCKERLESS_SERVER_CONFIG");
  }

  @Test
  void aServerThatLetsEverybodyInNamesNobody() throws Exception {
    filter("server", Map.of("known", true));

    assertThat(pass.login()).isEmpty();
    assertThat(status).isEqualTo(503);
  }

  @Test
  void withoutTheSettingNobodyIsAsked() throws Exception {
    filter("none", Map.of("known", true, "user", BOB));

    assertThat(pass.login()).isEmpty();
    assertThat(passedOn).containsExactly("on");
  }
}
