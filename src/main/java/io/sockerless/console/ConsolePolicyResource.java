package io.sockerless.console;

import io.sockerless.audit.AuditConfig;
import io.sockerless.audit.AuditTrail;
import io.sockerless.engine.Answer;
import io.sockerless.engine.Identity;
import io.sockerless.engine.JsonBuilders;
import io.sockerless.http.ApiResource;
import io.sockerless.http.Operation;
import io.sockerless.policy.Governance;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/** What the policy decided, from the record of it. */
@Dependent
@Path("/console/api")
public class ConsolePolicyResource implements ApiResource {

  /** Who sees everybody's decisions: names, and {@code group:NAME}. */
  static final String AUDITORS = "sockerless.console.auditors";

  private static final String GROUP = "group:";
  private static final int COUNT = 300;

  private final boolean policy;
  private final List<String> auditors;
  private final Optional<AuditTrail> trail;

  /** Reads the settings of the policy and the audit. */
  @Inject
  public ConsolePolicyResource(Config config) {
    this.policy = Governance.hasRules(config);
    this.auditors = config.getOptionalValues(AUDITORS, String.class).orElse(List.of());
    this.trail = AuditConfig.from(config).file().map(AuditTrail::new);
  }

  /**
   * Whether there is a policy and a record of it, and the last decisions: those on the client's own
   * requests, or all for whom {@link #AUDITORS} names.
   */
  @GET
  @Path("decisions")
  public Operation decisions() {
    return call -> Answer.json(200, document(call.identity()));
  }

  private JsonObject document(Identity identity) {
    boolean all = seesAll(identity);
    JsonArrayBuilder decisions = JsonBuilders.array();
    trail.ifPresent(it ->
        it.newest(entry -> isDecision(entry) && (all || isBy(entry, identity)), COUNT)
            .forEach(decisions::add));
    return JsonBuilders.object()
        .add("Policy", policy)
        .add("Recorded", trail.isPresent())
        .add("All", all)
        .add("Decisions", decisions)
        .build();
  }

  private boolean seesAll(Identity identity) {
    return auditors.contains(identity.name())
        || identity.groups().stream().anyMatch(group -> auditors.contains(GROUP + group));
  }

  private static boolean isDecision(JsonObject entry) {
    return entry.containsKey("decision") && entry.getString("phase", "").equals("ended");
  }

  private static boolean isBy(JsonObject entry, Identity identity) {
    return entry.getString("identity", "").equals(identity.name());
  }
}
