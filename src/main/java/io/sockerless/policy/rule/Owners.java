package io.sockerless.policy.rule;

import io.sockerless.engine.Identity;
import java.util.List;

/**
 * Whose objects a rule is about.
 *
 * @param entries {@code self}, {@code shared}, {@code none}, {@code *} for all, or owners' names
 */
public record Owners(List<Glob> entries) {

  private static final String SELF = "self";
  private static final String SHARED = "shared";
  private static final String NONE = "none";
  private static final String ALL = "*";

  /** What an allow rule is about that does not say: one's own objects, and those for all. */
  static final Owners USUAL = new Owners(List.of(Glob.of(SELF), Glob.of(SHARED)));

  /** What a deny rule is about that does not say. */
  static final Owners ANY = new Owners(List.of(Glob.of(ALL)));

  /** Whether an object of that owner is among them, for a request of {@code who}. */
  public boolean cover(Owner owner, Identity who) {
    return entries.stream().anyMatch(entry -> covers(entry, owner, who));
  }

  /** Whether all objects are, whoever asks. */
  public boolean coverAll() {
    for (Glob entry : entries) {
      if (entry.toString().equals(ALL)) {
        return true;
      }
    }
    return false;
  }

  /** Whether whoever asks is named as such, by which name it may be. */
  boolean coverSelf() {
    return entries.stream().anyMatch(entry -> entry.toString().equals(SELF));
  }

  /** Whether nothing is that somebody else, or nobody, has. */
  boolean coverOwnAlone() {
    return entries.stream()
        .allMatch(entry -> entry.toString().equals(SELF) || entry.toString().equals(SHARED));
  }

  private static boolean covers(Glob entry, Owner owner, Identity who) {
    String text = entry.toString();
    return switch (owner) {
      case Owner.Named(String name) ->
          switch (text) {
            case SELF -> name.equals(who.name());
            case SHARED, NONE -> false;
            default -> entry.matches(name);
          };
      case Owner.Shared() -> text.equals(SHARED) || text.equals(ALL);
      case Owner.None() -> text.equals(NONE) || text.equals(ALL);
      case Owner.Everybody() -> text.equals(ALL);
    };
  }
}
