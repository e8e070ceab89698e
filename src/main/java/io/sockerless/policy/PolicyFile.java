package io.sockerless.policy;

import io.sockerless.policy.rule.Policy;
import io.sockerless.policy.rule.PolicyException;
import io.sockerless.policy.rule.PolicyReader;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The rules as they stand in their file. A change is seen within a second of the next request; if
 * the new rules cannot be read, the last good ones stay, since no rules at all would either let
 * everybody in or lock everybody out.
 */
final class PolicyFile {

  private static final Logger LOG = System.getLogger(PolicyFile.class.getName());
  private static final long LOOK_AGAIN = TimeUnit.SECONDS.toNanos(1);

  private final Path file;
  private final long lookAgain;
  private final ReentrantLock reading = new ReentrantLock();
  private volatile Policy policy;
  private volatile String version;
  private volatile long looked = System.nanoTime();

  private PolicyFile(Path file, long lookAgain, Policy policy, String version) {
    this.file = file;
    this.lookAgain = lookAgain;
    this.policy = policy;
    this.version = version;
  }

  /**
   * Reads the rules for the first time.
   *
   * @throws IllegalArgumentException if that cannot be done: a server must not start without them
   */
  static PolicyFile open(Path file) {
    return open(file, LOOK_AGAIN);
  }

  /** The same, looking for changes once in so many nanoseconds. */
  static PolicyFile open(Path file, long lookAgain) {
    try {
      String version = version(file);
      Policy policy = PolicyReader.read(Files.readString(file));
      LOG.log(Level.INFO, "policy: {0} rules from {1}", policy.size(), file);
      return new PolicyFile(file, lookAgain, policy, version);
    } catch (IOException | PolicyException e) {
      throw new IllegalArgumentException(
          PolicyConfig.FILE + ": " + file + " cannot be read: " + reason(e), e);
    }
  }

  /** The rules that hold now. */
  Policy current() {
    if (System.nanoTime() - looked >= lookAgain && reading.tryLock()) {
      try {
        refresh();
        looked = System.nanoTime();
      } finally {
        reading.unlock();
      }
    }
    return policy;
  }

  private void refresh() {
    String found = "";
    try {
      found = version(file);
      if (found.equals(version)) {
        return;
      }
      policy = PolicyReader.read(Files.readString(file));
      LOG.log(Level.INFO, "policy: {0} rules from {1}, which has changed", policy.size(), file);
    } catch (IOException | PolicyException e) {
      if (!found.equals(version)) {
        LOG.log(
            Level.ERROR,
            "policy: {0} cannot be read, the last good rules stay: {1}",
            file,
            reason(e));
      }
    }
    version = found;
  }

  /** Tells one content from another; a file that was replaced within a second, too. */
  private static String version(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    return attributes.lastModifiedTime() + " " + attributes.size() + " " + attributes.fileKey();
  }

  private static String reason(Exception error) {
    return error instanceof PolicyException ? String.valueOf(error.getMessage()) : error.toString();
  }
}
