package io.sockerless.policy;

import io.sockerless.engine.Call;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.Identity;
import io.sockerless.policy.rule.Policy;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What an identity reads of a conflict: that a name is taken shows, but not the id of whose it is
 * if that is not to be seen.
 */
record ConflictView(Policy policy, Identity identity, Ownership ownership) {

  private static final Pattern ID = Pattern.compile("\\b[0-9a-f]{12,64}\\b");
  private static final String HIDDEN = "<hidden>";

  /** The same error without the ids of containers that one may not know of. */
  EngineException of(EngineException.Conflict conflict, Call call) {
    String text = ID.matcher(conflict.text()).replaceAll(id -> shown(id, call));
    return EngineException.of(conflict.status(), text, conflict.headers());
  }

  private String shown(MatchResult id, Call call) {
    Optional<Ownership.Found> found = ownership.find(Kind.CONTAINER, id.group(), call);
    boolean hidden =
        found
            .filter(it -> !View.isVisible(policy, identity, Kind.CONTAINER, it.owner()))
            .isPresent();
    return hidden ? HIDDEN : id.group();
  }
}
