package io.sockerless.http;

import io.sockerless.engine.Call;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The exchanges under way, by an id that only the edge can know, since anybody can send a header to
 * the server's own port.
 */
@Singleton
public class Exchanges {

  /** Names the exchange in the request to the server's own port. */
  public static final String HEADER = "X-Sockerless-Exchange";

  private final String secret;
  private final AtomicLong counter = new AtomicLong();
  private final Map<String, Exchange> open = new ConcurrentHashMap<>();

  /** Draws the secret part of this server's ids. */
  public Exchanges() {
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    secret = HexFormat.of().formatHex(random);
  }

  /** An exchange and the id that leads to it until {@link #close}. */
  public record Opened(String id, Exchange exchange) {}

  /** Registers a call. */
  public Opened open(Call call) {
    String id = secret + Long.toHexString(counter.incrementAndGet());
    Exchange exchange = new Exchange(call);
    open.put(id, exchange);
    return new Opened(id, exchange);
  }

  /** The exchange of that id, once. */
  public Optional<Exchange> take(String id) {
    return Optional.ofNullable(open.remove(id));
  }
}
