package io.sockerless.policy.rule;

import io.sockerless.engine.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All rules. A deny rule that speaks of a request refuses it, whatever else is said and wherever it
 * stands; else one allow rule must let through all of it; else it is denied. So the order of rules
 * means nothing, and adding a deny rule can only take away.
 */
public final class Policy {

  /** How many pairs of an identity and an operation have their rules found beforehand. */
  private static final int REMEMBERED = 10_000;

  private final List<Rule> rules;
  private final Map<Question, Concerned> concerning = new ConcurrentHashMap<>();

  private record Question(Identity identity, String operation) {}

  Policy(List<Rule> rules) {
    this.rules = List.copyOf(rules);
  }

  /** How many rules there are. */
  public int size() {
    return rules.size();
  }

  /** Decides on a request. */
  public Verdict decide(Identity identity, String operation, Facts facts, Set<Owner> touched) {
    Concerned concerned = concerning(identity, operation);
    List<String> watched = new ArrayList<>(0);
    List<Spellings> spelt = Spellings.of(facts.images());
    for (Rule rule : concerned.speaking(facts)) {
      if (rule.describes(identity, facts, spelt, touched)) {
        if (rule.effect() == Rule.Effect.DENY) {
          return Verdict.deny(rule.title(), rule.title() + " denies " + operation, watched);
        }
        watched.add(rule.title());
      }
    }
    Optional<Verdict> nearest = Optional.empty();
    for (Rule rule : concerned.allowing()) {
      Optional<String> objection = rule.objection(identity, facts, touched);
      if (objection.isEmpty()) {
        return Verdict.allow(rule.title(), watched);
      }
      String reason = rule.title() + " does not cover this: " + objection.get();
      nearest = nearest.or(() -> Optional.of(Verdict.deny(rule.title(), reason, watched)));
    }
    return nearest.orElseGet(
        () -> Verdict.deny("", "no rule allows " + operation + " to " + identity.name(), watched));
  }

  /** Whether one may do this at all, to whatever it may be. */
  public boolean mayEver(Identity identity, String operation) {
    return !concerning(identity, operation).allowing().isEmpty();
  }

  /** Whether one may see objects of that owner, by an operation that shows them. */
  public boolean shows(Identity identity, String operation, Owner owner) {
    for (Rule rule : concerning(identity, operation).allowing()) {
      if (rule.owners().cover(owner, identity)) {
        return true;
      }
    }
    return false;
  }

  /** Whether whose objects they are makes no difference to anything that rules say of it. */
  public boolean ignoresOwners(Identity identity, String operation) {
    return concerning(identity, operation).ignoresOwners();
  }

  /** Whether one may reach one's own objects by an operation, and nobody else's. */
  public boolean showsOwnAlone(Identity identity, String operation) {
    return concerning(identity, operation).showsOwnAlone();
  }

  /** Whether one may reach everybody's objects by an operation. */
  public boolean showsAll(Identity identity, String operation) {
    return concerning(identity, operation).showsAll();
  }

  private Concerned concerning(Identity identity, String operation) {
    Question question = new Question(identity, operation);
    Concerned known = concerning.get(question);
    if (known != null) {
      return known;
    }
    Concerned found =
        Concerned.of(rules.stream().filter(rule -> rule.concerns(identity, operation)).toList());
    if (concerning.size() < REMEMBERED) {
      concerning.put(question, found);
    }
    return found;
  }
}
