package io.sockerless.policy.rule;

import java.util.List;

/**
 * The rules that are about what one identity does by one operation, and what of them is the same
 * for all such requests: what is asked thousands of times a second is found once.
 *
 * @param allowing the allow rules, in their order
 * @param speaking the deny and audit rules, in their order
 * @param speakingOfPlain those of them that can speak of a request which asks for no power and has
 *     no image, as nearly all requests do and hardly any of such rules
 * @param speakingWithoutPowers those that can speak of a request which asks for no power
 * @param ignoresOwners whether it makes no difference to any whose the objects are
 * @param showsOwnAlone whether one's own objects can be reached, and nobody else's
 * @param showsAll whether everybody's objects can be
 */
record Concerned(
    List<Rule> allowing,
    List<Rule> speaking,
    List<Rule> speakingOfPlain,
    List<Rule> speakingWithoutPowers,
    boolean ignoresOwners,
    boolean showsOwnAlone,
    boolean showsAll) {

  static Concerned of(List<Rule> rules) {
    List<Rule> allowing =
        rules.stream().filter(rule -> rule.effect() == Rule.Effect.ALLOW).toList();
    List<Rule> speaking =
        rules.stream().filter(rule -> rule.effect() != Rule.Effect.ALLOW).toList();
    List<Rule> withoutPowers =
        speaking.stream().filter(rule -> rule.when().powers().isEmpty()).toList();
    return new Concerned(
        allowing,
        speaking,
        withoutPowers.stream().filter(rule -> !rule.when().isAboutImages()).toList(),
        withoutPowers,
        rules.stream().allMatch(rule -> rule.owners().coverAll()),
        allowing.stream().allMatch(rule -> rule.owners().coverOwnAlone())
            && allowing.stream().anyMatch(rule -> rule.owners().coverSelf()),
        allowing.stream().anyMatch(rule -> rule.owners().coverAll()));
  }

  /** The deny and audit rules that may speak of a request. */
  List<Rule> speaking(Facts facts) {
    if (!facts.asksForNoPower()) {
      return speaking;
    }
    return facts.images().isEmpty() ? speakingOfPlain : speakingWithoutPowers;
  }
}
