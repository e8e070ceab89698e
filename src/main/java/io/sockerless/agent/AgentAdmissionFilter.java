package io.sockerless.agent;

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
import java.util.Optional;

/** Asks {@link AgentAdmission} at the server's own port. */
@Dependent
@WebFilter(AgentUpgrade.PATH)
public class AgentAdmissionFilter implements Filter {

  private final AgentAdmission admission;

  /** Asks this registry. */
  @Inject
  public AgentAdmissionFilter(AgentRegistry agents) {
    this.admission = new AgentAdmission(agents);
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest http = (HttpServletRequest) request;
    Optional<AgentAdmission.Refusal> refusal =
        admission.refusal(
            parameter(http, "id"),
            Optional.ofNullable(http.getHeader("Authorization")).orElse(""),
            parameter(http, "token"));
    if (refusal.isPresent()) {
      refuse(response, refusal.get());
    } else {
      chain.doFilter(request, response);
    }
  }

  private static String parameter(HttpServletRequest request, String name) {
    return Optional.ofNullable(request.getParameter(name)).orElse("");
  }

  private static void refuse(ServletResponse response, AgentAdmission.Refusal refusal)
      throws IOException {
    Errors.send((HttpServletResponse) response, refusal.status(), refusal.message());
  }
}
