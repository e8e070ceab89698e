package io.sockerless.engine;

import io.sockerless.wire.Headers;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * One operation's request, kept whole: whatever a client wrote that we have no name for still
 * reaches the backend.
 *
 * @param version the API version that the path asked for, such as {@code 1.41}; none for an
 *     unversioned path
 * @param headers end-to-end fields only
 * @param cancellation tells when the client leaves
 * @param identity whom it is made for, as far as that has been proved
 */
public record Call(
    Optional<String> version,
    Query query,
    Headers headers,
    Body body,
    Cancellation cancellation,
    Identity identity) {

  /** A call of a client that nothing is known of. */
  public Call(
      Optional<String> version,
      Query query,
      Headers headers,
      Body body,
      Cancellation cancellation) {
    this(version, query, headers, body, cancellation, Identity.ANONYMOUS);
  }

  /** A call of our own making, for an operation inside another one. */
  public static Call of(Query query) {
    return new Call(Optional.empty(), query, Headers.empty(), Body.none(), new Cancellation());
  }

  /** The same call with another query. */
  public Call with(Query other) {
    return new Call(version, other, headers, body, cancellation, identity);
  }

  /** The same call with another body. */
  public Call with(Body other) {
    return new Call(version, query, headers, other, cancellation, identity);
  }

  /** The same call with a document, and with the type that Docker's clients give one. */
  public Call with(JsonValue document) {
    return with(Body.of(document.toString().getBytes(StandardCharsets.UTF_8)))
        .withHeader("Content-Type", "application/json");
  }

  /** The same call with one more header field. */
  public Call withHeader(String name, String value) {
    return new Call(
        version, query, headers.without(name).and(name, value), body, cancellation, identity);
  }

  /** The same call, given up when the other cancellation says so. */
  public Call with(Cancellation other) {
    return new Call(version, query, headers, body, other, identity);
  }

  /** The same call, made for somebody else. */
  public Call with(Identity other) {
    return new Call(version, query, headers, body, cancellation, other);
  }

  /**
   * A call that asks for nothing but belongs to this one: its version, its client, its identity.
   */
  public Call follow(Query other) {
    return new Call(version, other, Headers.empty(), Body.none(), cancellation, identity);
  }
}
