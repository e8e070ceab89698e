package io.sockerless.agent;

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
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Decides whether an agent may come, before there is a WebSocket: without a container's id it is
 * answered 400, for an unknown container 404, with a wrong token 401. The token is best sent as a
 * bearer's; as the query's {@code token} it lands in the logs of whatever is in between.
 */
@Dependent
@WebFilter(AgentAdmissionFilter.PATH)
public class AgentAdmissionFilter implements Filter {

  static final String PATH = "/internal/v1/agent/connect";

  private static final Logger LOG = System.getLogger(AgentAdmissionFilter.class.getName());
  private static final Pattern FIT_FOR_A_LOG = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final String BEARER = "Bearer ";

  private final AgentRegistry agents;

  /** Asks this registry. */
  @Inject
  public AgentAdmissionFilter(AgentRegistry agents) {
    this.agents = agents;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest http = (HttpServletRequest) request;
    String container = Optional.ofNullable(http.getParameter("id")).orElse("");
    if (container.isEmpty()) {
      refuse(http, response, 400, "an agent says whose it is by the parameter id");
      return;
    }
    switch (agents.judge(container, token(http))) {
      case WELCOME -> chain.doFilter(request, response);
      case NO_SUCH_CONTAINER -> refuse(http, response, 404, "No such container: " + container);
      case WRONG_TOKEN -> refuse(http, response, 401, "wrong token");
    }
  }

  private static String token(HttpServletRequest request) {
    String authorization = Optional.ofNullable(request.getHeader("Authorization")).orElse("");
    return authorization.startsWith(BEARER)
        ? authorization.substring(BEARER.length())
        : Optional.ofNullable(request.getParameter("token")).orElse("");
  }

  private static void refuse(
      HttpServletRequest request, ServletResponse response, int status, String message)
      throws IOException {
    String container = Optional.ofNullable(request.getParameter("id")).orElse("");
    LOG.log(
        Level.WARNING,
        "container {0}: an agent is refused: {1}",
        FIT_FOR_A_LOG.matcher(container).matches() ? container : "?",
        Integer.toString(status));
    HttpServletResponse http = (HttpServletResponse) response;
    http.setStatus(status);
    http.setContentType("application/json");
    http.getWriter().println(JsonBuilders.object().add("message", message).build());
  }
}
