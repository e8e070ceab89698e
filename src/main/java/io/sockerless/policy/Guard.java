package io.sockerless.policy;

import io.sockerless.engine.Answer;
import io.sockerless.engine.Engine;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.HijackedStream;
import io.sockerless.engine.Identity;
import io.sockerless.engine.Interceptor;
import io.sockerless.engine.Invocation;
import io.sockerless.policy.request.Request;
import io.sockerless.policy.rule.Facts;
import io.sockerless.policy.rule.Policy;
import io.sockerless.policy.rule.Verdict;
import io.sockerless.wire.Headers;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Holds the rules before the backend: reads each request, finds out what it touches, decides, and
 * shows of the answer what the identity may see. What was decided on is what runs: the body that
 * was read, and the container by its id.
 */
final class Guard implements Interceptor {

  /** How denials begin, in the manner of dockerd's authorization plug-ins. */
  static final String DENIED = "authorization denied by policy: ";

  private static final Logger LOG = System.getLogger(Guard.class.getName());

  /** What a client wrote must not begin a line of its own in the log. */
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private static final Set<String> NOUNS_BY_OWNER =
      Set.of("containers", "execs", "networks", "volumes");

  private final Engine engine;
  private final Supplier<Policy> policies;
  private final boolean enforced;
  private final Ownership ownership;
  private final Decisions decisions;

  /**
   * Guards an engine.
   *
   * @param policies the rules that hold now
   * @param enforced whether what they deny is refused, or only noted
   */
  Guard(Engine engine, Supplier<Policy> policies, boolean enforced, Decisions decisions) {
    this.engine = engine;
    this.policies = policies;
    this.enforced = enforced;
    this.ownership = new Ownership(engine);
    this.decisions = decisions;
  }

  @Override
  public Answer answer(Invocation invocation, Function<Invocation, Answer> operation) {
    Identity identity = invocation.call().identity();
    if (identity.isServer()) {
      return operation.apply(invocation);
    }
    Policy policy = policies.get();
    Resolution resolution = admit(policy, invocation);
    Stamp stamp =
        new Stamp(
            ownership,
            engine,
            identity.name(),
            policy.showsAll(identity, invocation.operation()) || !enforced);
    View view = new View(policy, identity, ownership, invocation.operation());
    Request stamped = stamp.on(resolution.request());
    if (!enforced) {
      return ownership.remembering(stamped, operation.apply(stamped.invocation()));
    }
    try {
      Answer answer =
          resolution.answer().orElseGet(() -> operation.apply(view.narrow(stamped.invocation())));
      return invocation.operation().equals("volumes.create")
          ? stamp.checkVolume(answer)
          : view.filter(ownership.remembering(stamped, answer), invocation.call());
    } catch (EngineException.Conflict e) {
      throw new ConflictView(policy, identity, ownership).of(e, invocation.call());
    }
  }

  @Override
  public HijackedStream hijack(
      Invocation invocation, Function<Invocation, HijackedStream> operation) {
    if (invocation.call().identity().isServer()) {
      return operation.apply(invocation);
    }
    return operation.apply(admit(policies.get(), invocation).request().invocation());
  }

  /**
   * Decides.
   *
   * @throws EngineException 403 for what is denied, 404 for what is not there or not to be seen
   */
  private Resolution admit(Policy policy, Invocation invocation) {
    Identity identity = invocation.call().identity();
    String operation = invocation.operation();
    if (!policy.mayEver(identity, operation)) {
      Verdict verdict = policy.decide(identity, operation, Facts.none(), Set.of());
      refuse(invocation, denial(verdict, verdict.reason(), Facts.none()), forbidden(verdict));
      return unresolved(Request.read(invocation));
    }
    Request request = Request.read(invocation);
    Resolution resolution = resolve(policy, identity, request);
    Verdict verdict = policy.decide(identity, operation, resolution.facts(), resolution.owners());
    Optional<String> hidden = hidden(policy, identity, operation, resolution);
    if (hidden.isPresent()) {
      refuse(
          invocation,
          denial(verdict, hidden.get(), resolution.facts()),
          new EngineException.NotFound(hidden.get()));
    } else if (!verdict.allowed()) {
      refuse(invocation, denial(verdict, verdict.reason(), resolution.facts()), forbidden(verdict));
    } else {
      decisions.decided(
          new Decision(
              "allow", verdict.rule(), "", verdict.watched(), resolution.facts().images()));
    }
    if (enforced && resolution.missing().isPresent()) {
      throw new EngineException.NotFound(resolution.missing().get());
    }
    return resolution;
  }

  /** Nothing need be looked up where it does not matter whose things are. */
  private Resolution resolve(Policy policy, Identity identity, Request request) {
    Invocation invocation = request.invocation();
    boolean owners =
        !NOUNS_BY_OWNER.contains(invocation.noun())
            || invocation.operation().equals("containers.create")
            || !policy.ignoresOwners(identity, invocation.operation());
    return owners ? Resolver.resolve(ownership, request) : unresolved(request);
  }

  private static Resolution unresolved(Request request) {
    return new Resolution(
        request, request.facts(), List.of(), Optional.empty(), true, Optional.empty());
  }

  /** Docker's words for the first thing that the identity is not to know of. */
  private static Optional<String> hidden(
      Policy policy, Identity identity, String operation, Resolution resolution) {
    for (Subject subject : resolution.subjects()) {
      if (!subject.replaced()
          && !View.isVisible(policy, identity, subject.kind(), subject.owner())
          && !policy.shows(identity, operation, subject.owner())) {
        return Optional.of(subject.kind().missing(subject.name()));
      }
    }
    return Optional.empty();
  }

  private static EngineException forbidden(Verdict verdict) {
    return EngineException.of(403, DENIED + verdict.reason(), Headers.empty());
  }

  private Decision denial(Verdict verdict, String reason, Facts facts) {
    return new Decision(
        enforced ? "deny" : "would-deny",
        verdict.rule(),
        reason,
        verdict.watched(),
        facts.images());
  }

  private void refuse(Invocation invocation, Decision decision, EngineException error) {
    decisions.decided(decision);
    if (enforced) {
      throw error;
    }
    LOG.log(
        Level.INFO,
        "policy would deny {0} to {1}: {2}",
        invocation.operation(),
        invocation.call().identity().name(),
        CONTROL.matcher(decision.reason()).replaceAll("?"));
  }
}
