package io.sockerless.http;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * Turns away what comes to the server's own port by itself once clients must say who they are,
 * which only the edge can ask them. Health stays open, which Open Liberty has in an application of
 * its own and Payara in this one; agents come with tokens of their own. {@code web.xml} puts it
 * before all other filters.
 */
@Dependent
public class ServerPortFilter implements Filter {

  /** Compared as they were written, so that no other spelling leads past the filter. */
  private static final Set<String> OPEN =
      Set.of(EdgePasses.AGENTS, "/health", "/health/live", "/health/ready", "/health/started");

  private final EdgePasses passes;

  /** Asks these passes. */
  @Inject
  public ServerPortFilter(EdgePasses passes) {
    this.passes = passes;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest http = (HttpServletRequest) request;
    if (OPEN.contains(http.getRequestURI())
        || passes.admits(Optional.ofNullable(http.getHeader(EdgePasses.HEADER)))) {
      chain.doFilter(request, response);
      return;
    }
    Errors.send(
        (HttpServletResponse) response,
        HttpServletResponse.SC_FORBIDDEN,
        "clients must say who they are, which this port cannot ask: use an address of the edge"
            + " (setting sockerless.listen)");
  }
}
