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
  private final Map<Question, List<Rule>> concerning = new ConcurrentHashMap<>();

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
    List<Rule> concerned = concerning(identity, operation);
    List<String> watched = new ArrayList<>(0);
    for (Rule rule : concerned) {
      if (rule.effect() != Rule.Effect.ALLOW && rule.describes(identity, facts, touched)) {
        if (rule.effect() == Rule.Effect.DENY) {
          return Verdict.deny(rule.title(), rule.title() + " denies " + operation, watched);
        }
        watched.add(rule.title());
      }
    }
    Optional<Verdict> nearest = Optional.empty();
    for (Rule rule : concerned) {
      if (rule.effect() == Rule.Effect.ALLOW) {
        Optional<String> objection = rule.objection(identity, facts, touched);
        if (objection.isEmpty()) {
          return Verdict.allow(rule.title(), watched);
        }
        String reason = rule.title() + " does not cover this: " + objection.get();
        nearest = nearest.or(() -> Optional.of(Verdict.deny(rule.title(), reason, watched)));
      }
    }
    return nearest.orElseGet(
        () -> Verdict.deny("", "no rule allows " + operation + " to " + identity.name(), watched));
  }

  /** Whether one may do this at all, to whatever it may be. */
  public boolean mayEver(Identity identity, String operation) {
    return concerning(identity, operation).stream()
        .anyMatch(rule -> rule.effect() == Rule.Effect.ALLOW);
  }

  /** Whether one may see objects of that owner, by an operation that shows them. */
  public boolean shows(Identity identity, String operation, Owner owner) {
    return concerning(identity, operation).stream()
        .anyMatch(
            rule -> rule.effect() == Rule.Effect.ALLOW && rule.owners().cover(owner, identity));
  }

  /** Whether whose objects they are makes no difference to anything that rules say of it. */
  public boolean ignoresOwners(Identity identity, String operation) {
    return concerning(identity, operation).stream().allMatch(rule -> rule.owners().coverAll());
  }

  /** Whether one may reach no objects by an operation but one's own. */
  public boolean showsOwnAlone(Identity identity, String operation) {
    return concerning(identity, operation).stream()
        .filter(rule -> rule.effect() == Rule.Effect.ALLOW)
        .allMatch(rule -> rule.owners().coverOwnAlone());
  }

  /** Whether one may reach everybody's objects by an operation. */
  public boolean showsAll(Identity identity, String operation) {
    return concerning(identity, operation).stream()
        .anyMatch(rule -> rule.effect() == Rule.Effect.ALLOW && rule.owners().coverAll());
  }

  private List<Rule> concerning(Identity identity, String operation) {
    Question question = new Question(identity, operation);
    List<Rule> known = concerning.get(question);
    if (known != null) {
      return known;
    }
    List<Rule> found = rules.stream().filter(rule -> rule.concerns(identity, operation)).toList();
    if (concerning.size() < REMEMBERED) {
      concerning.put(question, found);
    }
    return found;
  }
}
