package io.sockerless.console;

import io.sockerless.engine.Identity;
import io.sockerless.http.ConsoleLogin;
import io.sockerless.http.EdgePasses;
import io.sockerless.http.Errors;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * Asks the application server who somebody is, by whatever it is configured with, and tells the
 * edge. Groups it cannot tell: Jakarta EE answers only for roles that were named when the
 * application was built. Who was led here by a provider of identities is led on to the console.
 */
@Dependent
@WebFilter(ConsoleLogin.PATH)
public class ConsoleLoginFilter implements Filter {

  private final EdgePasses passes;
  private final ConsoleLogin login;

  /** Tells these passes. */
  @Inject
  public ConsoleLoginFilter(EdgePasses passes, Config config) {
    this.passes = passes;
    this.login = ConsoleLogin.from(config);
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (login == ConsoleLogin.NONE) {
      chain.doFilter(request, response);
      return;
    }
    HttpServletRequest http = (HttpServletRequest) request;
    HttpServletResponse answer = (HttpServletResponse) response;
    answer.setHeader("Cache-Control", "no-store");
    boolean known = http.authenticate(answer);
    Optional<Principal> user = Optional.ofNullable(http.getUserPrincipal());
    if (known && user.isPresent()) {
      passes.loggedIn(
          Optional.ofNullable(http.getHeader(EdgePasses.HEADER)),
          Identity.of(user.get().getName()));
      answer.sendRedirect("/console/");
    } else if (known || answer.getStatus() == HttpServletResponse.SC_OK) {
      refuse(answer);
    }
  }

  /** A server without security lets nobody in, and does not say why. */
  private static void refuse(HttpServletResponse answer) throws IOException {
    Errors.send(
        answer,
        HttpServletResponse.SC_SERVICE_UNAVAILABLE,
        "the application server has nobody who could log in: it needs a registry of users"
            + " (setting SOCKERLESS_SERVER_CONFIG)");
  }
}
