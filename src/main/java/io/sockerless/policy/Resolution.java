package io.sockerless.policy;

import io.sockerless.engine.Answer;
import io.sockerless.policy.request.Request;
import io.sockerless.policy.rule.Facts;
import io.sockerless.policy.rule.Owner;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A request whose names have been looked up.
 *
 * @param request on ids in place of names that could come to mean something else
 * @param missing Docker's words for the first thing that is not there
 * @param unconfined whether it reaches what everybody has
 * @param answer what the backend has answered already, where looking it up was all that was asked
 */
record Resolution(
    Request request,
    Facts facts,
    List<Subject> subjects,
    Optional<String> missing,
    boolean unconfined,
    Optional<Answer> answer) {

  /** The owners of all that it is about. */
  Set<Owner> owners() {
    Set<Owner> owners = new LinkedHashSet<>();
    subjects.forEach(subject -> owners.add(subject.owner()));
    if (unconfined) {
      owners.add(new Owner.Everybody());
    }
    return owners;
  }
}
