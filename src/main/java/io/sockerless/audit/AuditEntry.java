package io.sockerless.audit;

import io.sockerless.engine.EngineException;
import io.sockerless.engine.Identity;
import io.sockerless.engine.Invocation;
import io.sockerless.engine.Query;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * What is recorded of one request. It names what was asked for and by whom, and holds nothing of
 * bodies, credentials, environments or commands, which hold secrets.
 */
public final class AuditEntry {

  private static final ScopedValue<AuditEntry> CURRENT = ScopedValue.newInstance();
  private static final Pattern FIT = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  /** Parameters that say what is done and cannot hold a secret. */
  private static final List<String> PARAMETERS =
      List.of(
          "name", "fromImage", "tag", "repo", "t", "path", "signal", "force", "container", "names");

  private static final int MAX_PARAMETER = 512;

  private final String id;
  private final Invocation invocation;
  private final Instant time;
  private final long started = System.nanoTime();
  private final LongAdder bytesIn = new LongAdder();
  private final LongAdder bytesOut = new LongAdder();
  private volatile Optional<Decided> decided = Optional.empty();

  private record Decided(
      String outcome,
      String rule,
      String reason,
      Collection<String> watched,
      Collection<String> images) {}

  AuditEntry(Invocation invocation, Clock clock) {
    this.invocation = invocation;
    this.time = clock.instant().truncatedTo(ChronoUnit.MICROS);
    this.id =
        invocation
            .call()
            .headers()
            .first("X-Request-Id")
            .filter(own -> FIT.matcher(own).matches())
            .orElseGet(() -> HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()));
  }

  /** The entry of the request that this thread serves, if it is recorded. */
  public static Optional<AuditEntry> current() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
  }

  /** Does work as part of the request. */
  <T> T around(ScopedValue.CallableOp<T, RuntimeException> work) {
    return ScopedValue.where(CURRENT, this).<T, RuntimeException>call(work);
  }

  /**
   * Adds what rules say of the request.
   *
   * @param outcome such as {@code deny}
   * @param rule the title of the rule that decided; empty if none did
   * @param reason why; empty if it is allowed
   * @param watched the titles of audit rules
   * @param images that it is about
   */
  public void decided(
      String outcome,
      String rule,
      String reason,
      Collection<String> watched,
      Collection<String> images) {
    decided = Optional.of(new Decided(outcome, rule, reason, watched, images));
  }

  LongAdder bytesIn() {
    return bytesIn;
  }

  LongAdder bytesOut() {
    return bytesOut;
  }

  /**
   * The line of a stream that begins, which may last for days.
   *
   * @param status of its head
   */
  Supplier<String> begun(int status) {
    return () -> line(status).add("phase", "begun").toString();
  }

  /** The line of a request that has ended now. */
  Supplier<String> ended(int status) {
    long micros = (System.nanoTime() - started) / 1_000;
    return () ->
        line(status)
            .add("phase", "ended")
            .add("durationMicros", micros)
            .add("bytesIn", bytesIn.sum())
            .add("bytesOut", bytesOut.sum())
            .toString();
  }

  private AuditLine line(int status) {
    Identity identity = invocation.call().identity();
    AuditLine line =
        new AuditLine().add("time", time.toString()).add("id", id).add("identity", identity.name());
    if (!identity.groups().isEmpty()) {
      line.add("groups", new TreeSet<>(identity.groups()));
    }
    line.add("operation", invocation.operation());
    if (!invocation.names().isEmpty()) {
      line.add("target", String.join(" ", invocation.names()));
    }
    parameters(line);
    decided.ifPresent(it -> add(line, it));
    return line.add("status", status);
  }

  private void parameters(AuditLine line) {
    Query query = invocation.call().query();
    if (query.raw().isEmpty()) {
      return;
    }
    AuditLine parameters = new AuditLine();
    for (String name : PARAMETERS) {
      String text = String.join(" ", values(query, name));
      if (!text.isEmpty()) {
        parameters.add(name, text.substring(0, Math.min(text.length(), MAX_PARAMETER)));
      }
    }
    line.add("parameters", parameters);
  }

  /** None if the query cannot be read, which the client was told. */
  private static List<String> values(Query query, String name) {
    try {
      return query.all(name);
    } catch (EngineException e) {
      return List.of();
    }
  }

  private static void add(AuditLine line, Decided decided) {
    line.add("decision", decided.outcome());
    if (!decided.rule().isEmpty()) {
      line.add("rule", decided.rule());
    }
    if (!decided.reason().isEmpty()) {
      line.add("reason", decided.reason());
    }
    if (!decided.watched().isEmpty()) {
      line.add("watched", decided.watched());
    }
    if (!decided.images().isEmpty()) {
      line.add("images", decided.images());
    }
  }
}
