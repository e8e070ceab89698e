package io.sockerless.policy;

import io.sockerless.audit.AuditConfig;
import io.sockerless.audit.AuditEntry;
import io.sockerless.audit.AuditLog;
import io.sockerless.audit.Auditor;
import io.sockerless.engine.Engine;
import io.sockerless.engine.InterceptedEngine;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.eclipse.microprofile.config.Config;

/**
 * Puts rules before an engine, as the settings say. It is the engine itself that is guarded, so
 * there is no way around: not by a hijacked stream, a WebSocket, the internal API or the server's
 * own port.
 */
public final class Governance {

  private static final Logger LOG = System.getLogger(Governance.class.getName());

  private final UnaryOperator<Engine> policy;
  private final Optional<Auditor> auditor;

  private Governance(UnaryOperator<Engine> policy, Optional<Auditor> auditor) {
    this.policy = policy;
    this.auditor = auditor;
  }

  /**
   * Reads the settings and the rules, and opens the audit.
   *
   * @throws IllegalArgumentException if the rules cannot be read or the audit not be written:
   *     nobody is let in without them
   */
  public static Governance from(Config config) {
    AuditConfig audit = AuditConfig.from(config);
    UnaryOperator<Engine> policy = policy(PolicyConfig.from(config), Governance::record);
    return new Governance(
        policy, audit.file().map(file -> new Auditor(AuditLog.open(file, audit))));
  }

  /** Whether the settings name rules at all: without them everything is allowed. */
  public static boolean hasRules(Config config) {
    return PolicyConfig.file(config).isPresent();
  }

  /** The engine behind the rules and the audit; the engine itself if there are neither. */
  public Engine over(Engine engine) {
    Engine ruled = policy.apply(engine);
    return auditor.<Engine>map(it -> new InterceptedEngine(ruled, it)).orElse(ruled);
  }

  private static void record(Decision decision) {
    AuditEntry.current()
        .ifPresent(entry ->
            entry.decided(
                decision.outcome(),
                decision.rule(),
                decision.reason(),
                decision.watched(),
                decision.images()));
  }

  private static UnaryOperator<Engine> policy(PolicyConfig config, Decisions decisions) {
    if (config.file().isEmpty()) {
      return UnaryOperator.identity();
    }
    Path path = config.file().get();
    if (config.mode() == Mode.LEARN) {
      return engine -> new InterceptedEngine(engine, new Learner(engine, path, decisions));
    }
    PolicyFile file = PolicyFile.open(path);
    boolean enforced = config.mode() == Mode.ENFORCE;
    if (!enforced) {
      LOG.log(Level.WARNING, "policy: dry run; nothing is denied");
    }
    return engine ->
        new InterceptedEngine(engine, new Guard(engine, file::current, enforced, decisions));
  }
}
