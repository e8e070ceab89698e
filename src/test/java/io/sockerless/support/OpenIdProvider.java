package io.sockerless.support;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jose4j.jwt.JwtClaims;

/**
 * A provider of identities that knows one person, whom it asks for nothing: OpenID Connect's flow
 * by an authorization code, as far as a client needs it.
 */
public final class OpenIdProvider implements AutoCloseable {

  private final HttpServer server;
  private final SigningKey key = new SigningKey();
  private final String person;
  private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();

  /** One that knows this person. */
  public OpenIdProvider(String person) {
    this.person = person;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/authorize", this::authorize);
    server.createContext("/token", this::token);
    server.createContext("/keys", exchange -> answer(exchange, key.published()));
    server.start();
  }

  /** Its name, and where it is. */
  public String issuer() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void authorize(HttpExchange exchange) throws IOException {
    Map<String, String> asked = parameters(exchange.getRequestURI().getRawQuery());
    String code = UUID.randomUUID().toString();
    codes.put(code, asked);
    exchange
        .getResponseHeaders()
        .add(
            "Location",
            asked.get("redirect_uri")
                + "?code="
                + code
                + "&state="
                + URLEncoder.encode(asked.get("state"), StandardCharsets.UTF_8));
    exchange.sendResponseHeaders(302, -1);
    exchange.close();
  }

  /** A code is good once. */
  private void token(HttpExchange exchange) throws IOException {
    String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Map<String, String> asked = codes.remove(parameters(form).get("code"));
    if (asked == null) {
      exchange.sendResponseHeaders(400, -1);
      exchange.close();
      return;
    }
    answer(
        exchange,
        "{\"access_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":300,\"id_token\":\"%s\"}"
            .formatted(UUID.randomUUID(), idToken(asked)));
  }

  private String idToken(Map<String, String> asked) {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(issuer());
    claims.setAudience(asked.get("client_id"));
    claims.setIssuedAtToNow();
    claims.setExpirationTimeMinutesInTheFuture(5);
    claims.setSubject(person);
    if (asked.containsKey("nonce")) {
      claims.setClaim("nonce", asked.get("nonce"));
    }
    return key.sign(claims);
  }

  private static Map<String, String> parameters(String text) {
    return Arrays.stream(text.split("&", -1))
        .map(parameter -> parameter.split("=", 2))
        .collect(
            Collectors.toMap(
                parts -> parts[0], parts -> URLDecoder.decode(parts[1], StandardCharsets.UTF_8)));
  }

  private static void answer(HttpExchange exchange, String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
