package io.sockerless.policy;

import java.util.List;
import java.util.Set;

/**
 * What was decided on one request, for the record.
 *
 * @param outcome {@code allow}, {@code deny}, {@code would-deny} or {@code learn}
 * @param rule the rule's title; empty if none decided
 * @param reason why it is denied; empty if it is not
 * @param watched the titles of audit rules that speak of it
 * @param images that it is about
 */
record Decision(
    String outcome, String rule, String reason, List<String> watched, Set<String> images) {}
