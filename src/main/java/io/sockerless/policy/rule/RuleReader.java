package io.sockerless.policy.rule;

import io.sockerless.engine.Operations;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads one rule.
 *
 * @param groups that the policy defines
 */
record RuleReader(Entry rule, Map<String, Set<String>> groups) {

  private static final String GROUP = "group:";
  private static final String AUTHENTICATED = "authenticated";
  private static final Set<String> CONDITIONS = Set.of("images", "registries", "labels");

  Rule read() throws PolicyException {
    rule.allow(Set.of("name", "who", "allow", "deny", "audit", "owners", "may", "when"));
    Rule.Effect effect = effect();
    boolean allows = effect == Rule.Effect.ALLOW;
    if (rule.has("may") && !allows) {
      throw new PolicyException(rule.place() + ": only an allow rule gives powers with may");
    }
    Optional<String> name = rule.text("name");
    Optional<Entry> may = rule.entry("may");
    if (may.isPresent()) {
      may.get().allow(keysOfPowers());
    }
    return new Rule(
        rule.place() + name.map(it -> " (" + it + ")").orElse(""),
        effect,
        who(),
        operations(effect.name().toLowerCase(Locale.ROOT)),
        owners(allows ? Owners.USUAL : Owners.ANY),
        may.isPresent() ? powers(may.get()) : Map.of(),
        conditions(allows));
  }

  private Rule.Effect effect() throws PolicyException {
    List<Rule.Effect> effects =
        Arrays.stream(Rule.Effect.values())
            .filter(effect -> rule.has(effect.name().toLowerCase(Locale.ROOT)))
            .toList();
    if (effects.size() != 1) {
      throw new PolicyException(
          rule.place() + ": exactly one of allow, deny and audit is expected");
    }
    return effects.getFirst();
  }

  private Who who() throws PolicyException {
    List<String> texts = rule.texts("who");
    if (texts.isEmpty()) {
      throw new PolicyException(rule.place() + ": who is missing; everybody is \"*\"");
    }
    return new Who(
        globs(texts.stream().filter(it -> !it.startsWith(GROUP) && !isAuthenticated(it)).toList()),
        globs(
            texts.stream()
                .filter(it -> it.startsWith(GROUP))
                .map(it -> it.substring(GROUP.length()))
                .toList()),
        texts.stream().anyMatch(RuleReader::isAuthenticated),
        groups);
  }

  private static boolean isAuthenticated(String text) {
    return text.equals(AUTHENTICATED);
  }

  private List<Glob> operations(String key) throws PolicyException {
    List<Glob> operations = globs(rule.texts(key));
    for (Glob operation : operations) {
      if (Operations.all().stream().noneMatch(operation::matches)) {
        throw new PolicyException(
            rule.place() + ": there is no operation " + operation + " (docs/policy.md lists them)");
      }
    }
    if (operations.isEmpty()) {
      throw new PolicyException(rule.place() + ": " + key + ": no operation is named");
    }
    return operations;
  }

  private Owners owners(Owners usual) throws PolicyException {
    return rule.has("owners") ? new Owners(globs(rule.texts("owners"))) : usual;
  }

  private static Set<String> keysOfPowers() {
    Set<String> keys = new LinkedHashSet<>();
    for (Power power : Power.values()) {
      keys.add(power.key());
    }
    return keys;
  }

  private Map<Power, List<Glob>> powers(Entry entry) throws PolicyException {
    Map<Power, List<Glob>> powers = new EnumMap<>(Power.class);
    for (Power power : Power.values()) {
      List<String> values = entry.texts(power.key());
      if (power == Power.PRIVILEGED && values.contains("false")) {
        continue;
      }
      check(entry, power, values);
      if (!values.isEmpty()) {
        powers.put(power, globs(values));
      }
    }
    return powers;
  }

  private static void check(Entry entry, Power power, List<String> values) throws PolicyException {
    for (String value : values) {
      boolean right =
          switch (power) {
            case BINDS ->
                value.equals("*") || (value.indexOf('*') < 0 && Path.of(value).isAbsolute());
            case PRIVILEGED -> value.equals("true");
            case CAPABILITIES ->
                value.equals(value.toUpperCase(Locale.ROOT)) && !value.startsWith("CAP_");
            case DEVICES, NAMESPACES, SECURITY, SYSCTLS -> true;
          };
      if (!right) {
        throw new PolicyException(
            entry.place() + ": " + power.key() + ": " + value + " is not of the form it needs");
      }
    }
  }

  private Conditions conditions(boolean allows) throws PolicyException {
    Entry when = rule.entry("when").orElse(new Entry(rule.place() + ": when", Map.of()));
    Set<String> keys = new LinkedHashSet<>(CONDITIONS);
    if (allows) {
      keys.add("limits");
    } else {
      keys.addAll(keysOfPowers());
    }
    when.allow(keys);
    Map<String, Glob> labels = new LinkedHashMap<>();
    Optional<Entry> labelled = when.entry("labels");
    if (labelled.isPresent()) {
      labelled.get().map().forEach((label, value) -> labels.put(label, Glob.of(value)));
    }
    return new Conditions(
        allows ? Map.of() : powers(when),
        globs(when.texts("images")),
        globs(when.texts("registries")),
        limits(when),
        labels);
  }

  private static Map<Limit, Long> limits(Entry when) throws PolicyException {
    Map<Limit, Long> limits = new EnumMap<>(Limit.class);
    Optional<Entry> entry = when.entry("limits");
    if (entry.isPresent()) {
      for (Map.Entry<String, String> each : entry.get().map().entrySet()) {
        Limit limit =
            Limit.of(each.getKey())
                .orElseThrow(() ->
                    new PolicyException(
                        entry.get().place() + ": there is no limit " + each.getKey()));
        try {
          limits.put(limit, limit.parse(each.getValue()));
        } catch (IllegalArgumentException e) {
          throw new PolicyException(entry.get().place() + ": " + e.getMessage(), e);
        }
      }
    }
    return limits;
  }

  private static List<Glob> globs(List<String> texts) {
    return texts.stream().map(Glob::of).toList();
  }
}
