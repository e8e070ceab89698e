package io.sockerless.policy.rule;

import io.sockerless.engine.Identity;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whom a rule is about.
 *
 * @param names of identities; {@code *} is everybody, also who is not known
 * @param groups of which one is enough
 * @param authenticated whether everybody is meant who has proved who they are
 * @param members of groups that the policy defines itself
 */
record Who(
    List<Glob> names, List<Glob> groups, boolean authenticated, Map<String, Set<String>> members) {

  boolean includes(Identity identity) {
    return names.stream().anyMatch(name -> name.matches(identity.name()))
        || (authenticated && isKnown(identity))
        || groups.stream().anyMatch(group -> isMember(group, identity));
  }

  private static boolean isKnown(Identity identity) {
    return !identity.name().equals(Identity.ANONYMOUS.name());
  }

  private boolean isMember(Glob group, Identity identity) {
    return identity.groups().stream().anyMatch(group::matches)
        || members.entrySet().stream()
            .anyMatch(entry ->
                group.matches(entry.getKey()) && entry.getValue().contains(identity.name()));
  }
}
