package io.sockerless.http;

import io.sockerless.engine.JsonBuilders;
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
import java.util.Optional;

/**
 * Turns away what comes to the server's own port by itself once clients must say who they are,
 * which only the edge can ask them. Health is an application of its own and stays open; agents come
 * with tokens of their own.
 */
@Dependent
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class ServerPortFilter implements Filter {

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
    if (http.getRequestURI().equals(EdgePasses.AGENTS)
        || passes.admits(Optional.ofNullable(http.getHeader(EdgePasses.HEADER)))) {
      chain.doFilter(request, response);
      return;
    }
    HttpServletResponse answer = (HttpServletResponse) response;
    answer.setStatus(HttpServletResponse.SC_FORBIDDEN);
    answer.setContentType("application/json");
    answer
        .getWriter()
        .println(
            JsonBuilders.object()
                .add(
                    "message",
                    "clients must say who they are, which this port cannot ask: use an address of"
                        + " the edge (setting sockerless.listen)")
                .build());
  }
}
