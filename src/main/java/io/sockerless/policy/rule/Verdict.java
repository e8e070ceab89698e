package io.sockerless.policy.rule;

import java.util.List;

/**
 * What the rules say of a request.
 *
 * @param rule the title of the rule that decided; empty if none did
 * @param reason why it is denied; empty if it is allowed
 * @param watched the titles of the audit rules that speak of it
 */
public record Verdict(boolean allowed, String rule, String reason, List<String> watched) {

  /** Allowed by a rule. */
  static Verdict allow(String rule, List<String> watched) {
    return new Verdict(true, rule, "", watched);
  }

  /** Denied by a rule, or for the want of one. */
  static Verdict deny(String rule, String reason, List<String> watched) {
    return new Verdict(false, rule, reason, watched);
  }
}
