package io.sockerless.edge.security;

import io.sockerless.engine.Identity;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * Tells whom a bearer token is made out to. It must be signed by one of the keys, with RS256 or
 * ES256 and nothing else that the token itself might name, and be of the right issuer, for us, and
 * of now.
 */
public final class Tokens {

  private static final Logger LOG = System.getLogger(Tokens.class.getName());

  /** By how much clocks may differ. */
  private static final int SKEW_SECONDS = 30;

  /** In the order of MicroProfile JWT. */
  private static final List<String> NAMES = List.of("upn", "preferred_username", "sub");

  private final Supplier<JwtConsumer> consumer;
  private final Runnable refresh;

  /** A token that nobody is let in by; the message says why and nothing of its content. */
  public static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }

    /** What to tell the client. */
    public String text() {
      return String.valueOf(getMessage());
    }
  }

  /**
   * Reads the keys.
   *
   * @throws IllegalArgumentException naming the setting if they cannot be used
   */
  public Tokens(TokenConfig config) {
    Optional<Path> file = config.file();
    if (file.isPresent()) {
      ReloadedFiles<JwtConsumer> read =
          new ReloadedFiles<>(
              List.of(file.get()), () -> consumer(config, VerificationKeys.read(file.get())));
      consumer = read::current;
      refresh = read::refresh;
    } else {
      JwtConsumer published = consumer(config, VerificationKeys.published(config.keys()));
      consumer = () -> published;
      refresh = () -> {};
    }
  }

  /** Takes up keys that have changed in their file; published ones are asked for as tokens come. */
  public void refresh() {
    refresh.run();
  }

  private static JwtConsumer consumer(TokenConfig config, VerificationKeyResolver keys) {
    return new JwtConsumerBuilder()
        .setVerificationKeyResolver(keys)
        .setJwsAlgorithmConstraints(
            ConstraintType.PERMIT,
            AlgorithmIdentifiers.RSA_USING_SHA256,
            AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256)
        .setRequireExpirationTime()
        .setAllowedClockSkewInSeconds(SKEW_SECONDS)
        .setExpectedIssuer(true, config.issuer())
        .setExpectedAudience(true, config.audiences().toArray(String[]::new))
        .build();
  }

  /**
   * Whom a token is made out to.
   *
   * @throws Refused if it is not good
   */
  public Identity verify(String token) throws Refused {
    try {
      JwtClaims claims = consumer.get().processToClaims(token);
      return KnownIdentity.of(name(claims), groups(claims));
    } catch (InvalidJwtException e) {
      if (e.getCause() instanceof UnresolvableKeyException keys
          && keys.getCause() instanceof IOException away) {
        LOG.log(Level.WARNING, "the issuer''s keys cannot be had: {0}", away.getMessage());
        throw new Refused("the issuer's keys cannot be had");
      }
      throw new Refused(reason(e));
    } catch (MalformedClaimException | IllegalArgumentException e) {
      LOG.log(Level.DEBUG, "a signed token without a usable name: {0}", e.getMessage());
      throw new Refused("the token names nobody");
    }
  }

  private static String name(JwtClaims claims) throws MalformedClaimException {
    for (String claim : NAMES) {
      String name = claims.getStringClaimValue(claim);
      if (name != null) {
        return name;
      }
    }
    throw new MalformedClaimException("none of " + NAMES);
  }

  private static Set<String> groups(JwtClaims claims) throws MalformedClaimException {
    return claims.hasClaim("groups")
        ? Set.copyOf(claims.getStringListClaimValue("groups"))
        : Set.of();
  }

  private static String reason(InvalidJwtException error) {
    return Stream.of(
            new Reason(ErrorCodes.EXPIRED, "the token has expired"),
            new Reason(ErrorCodes.NOT_YET_VALID, "the token is not valid yet"),
            new Reason(ErrorCodes.ISSUER_INVALID, "the token is of another issuer"),
            new Reason(ErrorCodes.AUDIENCE_INVALID, "the token is for somebody else"))
        .filter(reason -> error.hasErrorCode(reason.code()))
        .map(Reason::text)
        .findFirst()
        .orElse("the token is not valid");
  }

  private record Reason(int code, String text) {}
}
