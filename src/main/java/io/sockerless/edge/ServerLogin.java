package io.sockerless.edge;

import io.sockerless.edge.Gate.Admission;
import io.sockerless.edge.security.KnownIdentity;
import io.sockerless.engine.Answer;
import io.sockerless.engine.Identity;
import io.sockerless.http.ConsoleLogin;
import io.sockerless.http.Errors;
import io.sockerless.wire.Headers;
import io.sockerless.wire.RequestHead;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Has the application server say who uses the console, for each request anew, by what the browser
 * keeps for it: a password or a cookie. So the server's own registry, providers of identities and
 * the time for which a log-in holds are all as it is configured, and the edge keeps nothing.
 */
final class ServerLogin {

  private static final Logger LOG = System.getLogger(ServerLogin.class.getName());

  private static final String AUTHORIZATION = "Authorization";
  private static final String COOKIE = "Cookie";

  /** Where Open Liberty has providers of identities lead back to. */
  private static final String PROVIDERS_RETURN = "/oidcclient/";

  private final Server server;

  ServerLogin(Server server) {
    this.server = server;
  }

  /** Whether a request is of the console, and so somebody's who must have logged in. */
  boolean isFor(Target target) {
    return ConsoleLogin.covers(target.path());
  }

  /** Whether a request is itself a step of logging in, which the server must get as it is. */
  boolean isPartOf(Target target) {
    return target.path().equals(ConsoleLogin.PATH) || target.path().startsWith(PROVIDERS_RETURN);
  }

  /** Lets in whom the server knows; all others get what it asks of them. */
  Admission admit(RequestHead head) {
    try {
      return switch (server.logIn(credentials(head.headers()))) {
        case Server.Welcome.Known(Identity identity) -> known(identity, head.headers());
        case Server.Welcome.Challenge(Answer answer) -> new Admission.Refused(asked(head, answer));
      };
    } catch (IOException e) {
      return new Admission.Refused(
          Errors.answer(503, "the application server does not answer: " + e.getMessage()));
    }
  }

  private static Headers credentials(Headers headers) {
    Headers credentials = Headers.of("Host", headers.first("Host").orElse("localhost"));
    for (String name : new String[] {AUTHORIZATION, COOKIE}) {
      for (String value : headers.all(name)) {
        credentials = credentials.and(name, value);
      }
    }
    return credentials;
  }

  /** What proved it is for nobody behind us. */
  private static Admission known(Identity identity, Headers headers) {
    try {
      return new Admission.Admitted(
          KnownIdentity.of(identity.name(), identity.groups()),
          headers.without(AUTHORIZATION).without(COOKIE));
    } catch (IllegalArgumentException e) {
      LOG.log(Level.WARNING, "log-in refused: {0}", e.getMessage());
      return new Admission.Refused(Errors.answer(403, String.valueOf(e.getMessage())));
    }
  }

  /** A script cannot be led to another site, nor log anybody in: only a page that is loaded can. */
  private static Answer asked(RequestHead head, Answer answer) {
    boolean leadsAway = answer.status() >= 300 && answer.status() < 400;
    boolean isPage = head.headers().first("Sec-Fetch-Mode").orElse("navigate").equals("navigate");
    if (!leadsAway || isPage) {
      return answer;
    }
    answer.close();
    return Errors.answer(401, "you are not logged in any more: load the page again");
  }
}
