package io.sockerless.http;

import io.sockerless.engine.Identity;
import io.sockerless.wire.Headers;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells at the server's own port which requests the edge has let in, and for whom: each that it
 * relays carries a random pass, good until its answer begins. Nobody else on this machine can make
 * one, so the port, which authenticates nobody, is no way round the edge.
 */
public class EdgePasses {

  /** The header field of the pass. */
  public static final String HEADER = "Sockerless-Pass";

  /** Where agents call, each with a token of its own. */
  public static final String AGENTS = "/internal/v1/agent/connect";

  private static final int BYTES = 24;

  private final SecureRandom random = new SecureRandom();
  private final Map<String, Pass> passes = new ConcurrentHashMap<>();
  private volatile boolean required;

  /** One relayed request's. */
  public final class Pass implements AutoCloseable {
    private final String text;
    private final Identity identity;
    private volatile Optional<Identity> login = Optional.empty();

    private Pass(String text, Identity identity) {
      this.text = text;
      this.identity = identity;
    }

    /** What goes into the header. */
    public String text() {
      return text;
    }

    /** Who has logged in to the application server by this request. */
    public Optional<Identity> login() {
      return login;
    }

    /** It is good no longer. */
    @Override
    public void close() {
      passes.remove(text);
    }
  }

  /** From now on nobody comes in without. */
  public void require() {
    required = true;
  }

  /** Makes one for a request that is made for somebody. */
  public Pass issue(Identity identity) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    String text = HexFormat.of().formatHex(bytes);
    Pass pass = new Pass(text, identity);
    passes.put(text, pass);
    return pass;
  }

  /** Tells the edge who has logged in by a request; nobody without a pass is told of. */
  public void loggedIn(Optional<String> pass, Identity identity) {
    pass.flatMap(text -> Optional.ofNullable(passes.get(text)))
        .ifPresent(it -> it.login = Optional.of(identity));
  }

  /** Whether a request with these fields comes in. */
  boolean admits(Optional<String> pass) {
    return !required || isGood(pass);
  }

  /** Whether the edge has sent a request with these fields. */
  boolean isGood(Optional<String> pass) {
    return pass.filter(passes::containsKey).isPresent();
  }

  /** Whom a request with these fields is made for. */
  Identity identity(Headers headers) {
    return headers
        .first(HEADER)
        .flatMap(pass -> Optional.ofNullable(passes.get(pass)))
        .map(pass -> pass.identity)
        .orElse(Identity.ANONYMOUS);
  }
}
