package io.sockerless.policy.rule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads a policy from YAML 1.2, of which JSON is a part. Whatever it does not know is an error: a
 * misspelt condition that was passed over would let through what it was to stop.
 */
public final class PolicyReader {

  private static final int MAX_CHARACTERS = 8 * 1024 * 1024;

  /** Aliases make documents that are larger than they look; rules need none. */
  private static final LoadSettings SETTINGS =
      LoadSettings.builder()
          .setLabel("policy")
          .setAllowDuplicateKeys(false)
          .setAllowRecursiveKeys(false)
          .setMaxAliasesForCollections(0)
          .setCodePointLimit(MAX_CHARACTERS)
          .build();

  private PolicyReader() {}

  /**
   * Reads the text of a policy.
   *
   * @throws PolicyException naming the rule and the key that is wrong
   */
  public static Policy read(String text) throws PolicyException {
    Object document;
    try {
      document = new Load(SETTINGS).loadFromString(text);
    } catch (YamlEngineException e) {
      throw new PolicyException(String.valueOf(e.getMessage()).strip().replaceAll("\\s+", " "), e);
    } catch (StackOverflowError e) {
      throw new PolicyException("too deeply nested", e);
    }
    Entry policy = Entry.of("policy", document);
    policy.allow(Set.of("groups", "rules"));
    Map<String, Set<String>> groups = new HashMap<>();
    if (policy.has("groups")) {
      Entry defined = Entry.of("groups", policy.values().get("groups"));
      for (Object name : defined.values().keySet()) {
        groups.put(String.valueOf(name), Set.copyOf(defined.texts(String.valueOf(name))));
      }
    }
    List<Rule> rules = new ArrayList<>();
    for (Object rule : policy.list("rules")) {
      String place = "rule " + (rules.size() + 1);
      rules.add(new RuleReader(Entry.of(place, rule), groups).read());
    }
    return new Policy(rules);
  }
}
