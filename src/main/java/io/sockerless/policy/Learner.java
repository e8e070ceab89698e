package io.sockerless.policy;

import io.sockerless.engine.Answer;
import io.sockerless.engine.Engine;
import io.sockerless.engine.HijackedStream;
import io.sockerless.engine.Identity;
import io.sockerless.engine.Interceptor;
import io.sockerless.engine.Invocation;
import io.sockerless.policy.request.Request;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Lets everything through and writes down which rules would have allowed it, so that a team need
 * not guess what its tools do. What is made gets its owner, as it will when the rules hold.
 */
final class Learner implements Interceptor {

  private static final Logger LOG = System.getLogger(Learner.class.getName());

  private final Engine engine;
  private final Ownership ownership;
  private final Path file;
  private final Decisions decisions;
  private final ReentrantLock lock = new ReentrantLock();
  private final LearnedPolicy learned = new LearnedPolicy();

  /**
   * Learns into a file that must not be there yet.
   *
   * @throws IllegalArgumentException if it is, or cannot be written
   */
  Learner(Engine engine, Path file, Decisions decisions) {
    this.engine = engine;
    this.ownership = new Ownership(engine);
    this.file = file.toAbsolutePath();
    this.decisions = decisions;
    if (Files.exists(file)) {
      throw new IllegalArgumentException(
          PolicyConfig.FILE + ": " + file + " is there already, and learning would replace it");
    }
    try {
      write();
    } catch (IOException e) {
      throw new IllegalArgumentException(
          PolicyConfig.FILE + ": " + file + " cannot be written: " + e, e);
    }
    LOG.log(Level.WARNING, "policy: learning into {0}; nothing is denied", file);
  }

  @Override
  public Answer answer(Invocation invocation, Function<Invocation, Answer> operation) {
    return operation.apply(learn(invocation));
  }

  @Override
  public HijackedStream hijack(
      Invocation invocation, Function<Invocation, HijackedStream> operation) {
    return operation.apply(learn(invocation));
  }

  private Invocation learn(Invocation invocation) {
    Identity identity = invocation.call().identity();
    if (identity.isServer()) {
      return invocation;
    }
    Resolution resolution = Resolver.resolve(ownership, Request.read(invocation));
    lock.lock();
    try {
      if (learned.add(
          identity.name(), invocation.operation(), resolution.facts(), resolution.owners())) {
        write();
      }
    } catch (IOException e) {
      LOG.log(Level.ERROR, "policy: {0} cannot be written: {1}", file, e.toString());
    } finally {
      lock.unlock();
    }
    decisions.decided(new Decision("learn", "", "", List.of(), resolution.facts().images()));
    Stamp stamp = new Stamp(ownership, engine, identity.name(), true);
    return stamp.on(resolution.request()).invocation();
  }

  private void write() throws IOException {
    Path written = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(written, learned.text());
    Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
