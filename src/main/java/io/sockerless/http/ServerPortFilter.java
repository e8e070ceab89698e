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
import java.net.InetAddress;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;

/**
 * Turns away what comes to the server's own port by itself once clients must say who they are,
 * which only the edge can ask them. Health stays open, which Open Liberty has in an application of
 * its own and Payara in this one; agents come with tokens of their own. Before that, everybody on
 * this machine comes in, but not the pages that their browsers show. {@code web.xml} puts it before
 * all other filters.
 */
@Dependent
public class ServerPortFilter implements Filter {

  /** Compared as they were written, so that no other spelling leads past the filter. */
  private static final Set<String> OPEN =
      Set.of(EdgePasses.AGENTS, "/health", "/health/live", "/health/ready", "/health/started");

  private final EdgePasses passes;
  private final Sites sites;

  /** Asks these passes, and keeps the pages of other sites away as the edge does. */
  @Inject
  public ServerPortFilter(EdgePasses passes, Config config) {
    this(passes, Sites.from(config));
  }

  ServerPortFilter(EdgePasses passes, Sites sites) {
    this.passes = passes;
    this.sites = sites;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest http = (HttpServletRequest) request;
    Optional<String> objection =
        OPEN.contains(http.getRequestURI()) ? Optional.empty() : objection(http);
    if (objection.isEmpty()) {
      chain.doFilter(request, response);
    } else {
      Errors.send(
          (HttpServletResponse) response, HttpServletResponse.SC_FORBIDDEN, objection.get());
    }
  }

  /** The edge has judged what it sends, and for the name by which a client called it. */
  private Optional<String> objection(HttpServletRequest request) {
    Optional<String> pass = Optional.ofNullable(request.getHeader(EdgePasses.HEADER));
    if (passes.admits(pass)) {
      return passes.isGood(pass) ? Optional.empty() : sites.objection(head(request));
    }
    return Optional.of(
        "clients must say who they are, which this port cannot ask: use an address of the edge"
            + " (setting sockerless.listen)");
  }

  private static Sites.Request head(HttpServletRequest request) {
    return new Sites.Request(
        request.getMethod(),
        Optional.ofNullable(request.getHeader("Host")).orElse(""),
        Collections.list(request.getHeaders("Origin")),
        request.getHeader("Upgrade") != null,
        request.isSecure(),
        InetAddress.ofLiteral(request.getLocalAddr()).isLoopbackAddress());
  }
}
