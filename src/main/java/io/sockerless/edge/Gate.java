package io.sockerless.edge;

import io.sockerless.edge.Peer.Way;
import io.sockerless.edge.security.Tokens;
import io.sockerless.engine.Answer;
import io.sockerless.engine.Identity;
import io.sockerless.engine.JsonBuilders;
import io.sockerless.http.EdgePasses;
import io.sockerless.http.Errors;
import io.sockerless.wire.Headers;
import io.sockerless.wire.RequestHead;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Lets a request in or not, before any of it is acted on, and says for whom. A token counts more
 * than the certificate that it comes under, which may be a proxy's; a token that is not good is
 * never taken for none.
 */
final class Gate {

  private static final String AUTHORIZATION = "Authorization";
  private static final String BEARER = "Bearer ";

  /** What tells nothing but whether we are well, which a prober without a name must learn. */
  private static final Set<String> OPEN =
      Set.of("/health", "/health/live", "/health/ready", "/health/started");

  private final BrowserGuard browsers;
  private final Optional<Tokens> tokens;
  private final Optional<ServerLogin> login;

  /** Whether a request comes in. */
  sealed interface Admission {
    /** It does, in somebody's name, with the fields that are left for others to read. */
    record Admitted(Identity identity, Headers headers) implements Admission {}

    /** It does not. */
    record Refused(Answer answer) implements Admission {}
  }

  Gate(BrowserGuard browsers, Optional<Tokens> tokens, Optional<ServerLogin> login) {
    this.browsers = browsers;
    this.tokens = tokens;
    this.login = login;
  }

  /** Judges a request by its head. */
  Admission admit(RequestHead head, Target target, Peer peer) {
    Optional<String> objection = browsers.objection(head, peer);
    if (objection.isPresent()) {
      return new Admission.Refused(Errors.answer(403, objection.get()));
    }
    Identity known =
        peer.identity().orElse(peer.way() == Way.UNIX ? Identity.LOCAL : Identity.ANONYMOUS);
    List<String> credentials = head.headers().all(AUTHORIZATION);
    boolean anonymous = known.equals(Identity.ANONYMOUS);
    if (tokens.isEmpty() || credentials.stream().noneMatch(Gate::isBearer)) {
      Optional<ServerLogin> asking =
          login.filter(it -> anonymous && it.isFor(target) && !it.isPartOf(target));
      if (asking.isPresent()) {
        return asking.get().admit(head);
      }
    }
    if (tokens.isEmpty() || provesItselfLater(target)) {
      return new Admission.Admitted(known, head.headers());
    }
    if (!credentials.isEmpty()) {
      return byToken(tokens.get(), credentials, head.headers());
    }
    return anonymous && !OPEN.contains(target.path())
        ? unauthorized("authentication required: a bearer token or a client certificate")
        : new Admission.Admitted(known, head.headers());
  }

  /** An agent comes with its container's token, and who logs in with what the server asks for. */
  private boolean provesItselfLater(Target target) {
    return target.path().equals(EdgePasses.AGENTS)
        || login.filter(it -> it.isPartOf(target)).isPresent();
  }

  private static boolean isBearer(String credentials) {
    return credentials.regionMatches(true, 0, BEARER, 0, BEARER.length());
  }

  private static Admission byToken(Tokens tokens, List<String> credentials, Headers headers) {
    String only = credentials.getFirst();
    if (credentials.size() > 1 || !isBearer(only)) {
      return unauthorized("expected one bearer token");
    }
    try {
      Identity identity = tokens.verify(only.substring(BEARER.length()).strip());
      return new Admission.Admitted(identity, headers.without(AUTHORIZATION));
    } catch (Tokens.Refused e) {
      return unauthorized(e.text());
    }
  }

  private static Admission unauthorized(String message) {
    return new Admission.Refused(
        Answer.json(
            401,
            Headers.of("Content-Type", "application/json", "WWW-Authenticate", "Bearer"),
            JsonBuilders.object().add("message", message).build()));
  }
}
