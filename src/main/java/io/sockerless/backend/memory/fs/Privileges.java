package io.sockerless.backend.memory.fs;

import io.sockerless.backend.core.driver.CapabilitySet;

/**
 * Which of root's powers a process has, and which it can come to have.
 *
 * @param permitted what it may do now
 * @param inheritable what programs that are marked for it could keep; of use with {@code ambient}
 * @param ambient what stays with another user through the start of a program
 * @param bounding what root gets at the start of a program, at most
 * @param frozen whether starting a program can give no more than there was: {@code no_new_privs}
 * @see <a href="https://man7.org/linux/man-pages/man7/capabilities.7.html">capabilities(7)</a>
 */
public record Privileges(
    CapabilitySet permitted,
    CapabilitySet inheritable,
    CapabilitySet ambient,
    CapabilitySet bounding,
    boolean frozen) {

  /** What a program of that user is started with, and can have at most. */
  public static Privileges of(CapabilitySet bounding, boolean root, boolean frozen) {
    return new Privileges(
        root ? bounding : CapabilitySet.NONE,
        CapabilitySet.NONE,
        CapabilitySet.NONE,
        bounding,
        frozen);
  }

  /** What is left of them, or comes back, when a program starts. */
  Privileges atExecution(boolean root) {
    CapabilitySet after = root ? inheritable.with(bounding) : ambient;
    return new Privileges(
        frozen ? after.within(permitted) : after, inheritable, ambient, bounding, frozen);
  }

  /** What is left of them when root becomes somebody else. */
  Privileges withoutRoot() {
    return new Privileges(CapabilitySet.NONE, inheritable, CapabilitySet.NONE, bounding, frozen);
  }

  /** The same, with that much at most from the next program on. */
  public Privileges withBounding(CapabilitySet atMost) {
    return new Privileges(permitted, inheritable, ambient, atMost, frozen);
  }

  /** The same, with others that outlive the start of a program. */
  public Privileges withAmbient(CapabilitySet newInheritable, CapabilitySet newAmbient) {
    return new Privileges(permitted, newInheritable, newAmbient, bounding, frozen);
  }

  /** The same, with nothing to be won by starting a program. */
  public Privileges withNothingNew() {
    return new Privileges(permitted, inheritable, ambient, bounding, true);
  }
}
