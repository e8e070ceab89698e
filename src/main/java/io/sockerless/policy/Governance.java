package io.sockerless.policy;

import io.sockerless.engine.Engine;
import io.sockerless.engine.InterceptedEngine;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
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

  private Governance(UnaryOperator<Engine> policy) {
    this.policy = policy;
  }

  /**
   * Reads the settings, and the rules.
   *
   * @throws IllegalArgumentException if the rules cannot be read: nobody is let in without them
   */
  public static Governance from(Config config) {
    return new Governance(policy(PolicyConfig.from(config), decision -> {}));
  }

  /** The engine behind the rules; the engine itself if there are none. */
  public Engine over(Engine engine) {
    return policy.apply(engine);
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
