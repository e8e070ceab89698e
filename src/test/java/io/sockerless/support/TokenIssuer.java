package io.sockerless.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jose4j.jwt.JwtClaims;

/** Somebody who makes bearer tokens, and the settings of a server that trusts them. */
public final class TokenIssuer {

  private static final String NAME = "https://issuer.example";
  private static final String AUDIENCE = "sockerless";

  private final SigningKey key = new SigningKey();
  private final Path keys;

  /** One with a key of its own. */
  public TokenIssuer() {
    try {
      keys = Scratch.file("keys", ".json");
      Files.writeString(keys, key.published());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Names and values in turn. */
  public String[] settings() {
    return new String[] {
      "mp.jwt.verify.publickey.location", keys.toString(),
      "mp.jwt.verify.issuer", NAME,
      "mp.jwt.verify.audiences", AUDIENCE
    };
  }

  /** A token that is good for some minutes. */
  public String token(String name, String... groups) {
    return token(name, 5, groups);
  }

  /** A token that was good some minutes ago. */
  public String expired(String name) {
    return token(name, -5);
  }

  private String token(String name, int minutes, String... groups) {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(NAME);
    claims.setAudience(AUDIENCE);
    claims.setExpirationTimeMinutesInTheFuture(minutes);
    claims.setSubject(name);
    claims.setStringListClaim("groups", List.of(groups));
    return key.sign(claims);
  }
}
