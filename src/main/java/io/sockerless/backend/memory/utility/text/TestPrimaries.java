package io.sockerless.backend.memory.utility.text;

import io.sockerless.backend.memory.fs.FileStat;
import io.sockerless.backend.memory.fs.FileType;
import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.Paths;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.regex.InvalidRegexException;
import io.sockerless.backend.memory.utility.regex.PosixRegex;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code test} and the shell's double brackets ask of files, texts and numbers, in one place
 * so that both answer alike.
 */
public final class TestPrimaries {

  private static final Set<String> UNARY =
      Set.of(
          "-b", "-c", "-d", "-e", "-f", "-g", "-h", "-k", "-L", "-n", "-O", "-G", "-p", "-r", "-s",
          "-S", "-t", "-u", "-w", "-x", "-z");
  private static final Set<String> BINARY =
      Set.of(
          "=", "==", "!=", "<", ">", "=~", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot",
          "-ef");
  private static final int ERROR = 2;
  private static final int SET_USER = 04000;
  private static final int SET_GROUP = 02000;
  private static final int STICKY = 01000;

  private final Task task;

  /** Asks as a task. */
  public TestPrimaries(Task task) {
    this.task = task;
  }

  static boolean isUnary(String operator) {
    return UNARY.contains(operator);
  }

  static boolean isBinary(String operator) {
    return BINARY.contains(operator);
  }

  /**
   * Whether a test of one operand holds.
   *
   * @throws Failure with exit code 2 if the operand makes no sense
   */
  public boolean unary(String operator, String operand) throws Failure {
    Paths files = task.files();
    return switch (operator) {
      case "-n" -> !operand.isEmpty();
      case "-z" -> operand.isEmpty();
      case "-t" -> isTerminal(operand);
      case "-h", "-L" -> stat(operand, false).filter(FileStat::isLink).isPresent();
      case "-r" -> files.access(operand, 4);
      case "-w" -> files.access(operand, 2);
      case "-x" -> files.access(operand, 1);
      default -> stat(operand, true).filter(stat -> is(operator, stat)).isPresent();
    };
  }

  private boolean is(String operator, FileStat stat) {
    return switch (operator) {
      case "-b" -> stat.type() == FileType.BLOCK;
      case "-c" -> stat.type() == FileType.CHARACTER;
      case "-d" -> stat.isDirectory();
      case "-f" -> stat.isRegular();
      case "-p" -> stat.type() == FileType.FIFO;
      case "-S" -> stat.type() == FileType.SOCKET;
      case "-s" -> stat.size() > 0;
      case "-u" -> (stat.mode() & SET_USER) != 0;
      case "-g" -> (stat.mode() & SET_GROUP) != 0;
      case "-k" -> (stat.mode() & STICKY) != 0;
      case "-O" -> stat.uid() == task.files().credentials().uid();
      case "-G" -> stat.gid() == task.files().credentials().gid();
      default -> true;
    };
  }

  private boolean isTerminal(String operand) throws Failure {
    BigInteger number = number(operand);
    return number.bitLength() < Integer.SIZE
        && task.descriptors().find(number.intValue()).filter(OpenFile::isTerminal).isPresent();
  }

  private Optional<FileStat> stat(String path, boolean follow) {
    try {
      return Optional.of(follow ? task.files().stat(path) : task.files().lstat(path));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Whether a comparison of two operands holds.
   *
   * @throws Failure with exit code 2 if an operand makes no sense
   */
  public boolean binary(String operator, String left, String right) throws Failure {
    return switch (operator) {
      case "=", "==" -> left.equals(right);
      case "!=" -> !left.equals(right);
      case "<" -> Arrays.compareUnsigned(Text.encode(left), Text.encode(right)) < 0;
      case ">" -> Arrays.compareUnsigned(Text.encode(left), Text.encode(right)) > 0;
      case "=~" -> matches(left, right);
      case "-nt" -> isNewer(left, right);
      case "-ot" -> isNewer(right, left);
      case "-ef" -> isSame(left, right);
      default -> holds(operator, number(left).compareTo(number(right)));
    };
  }

  private boolean isNewer(String left, String right) {
    Optional<FileStat> first = stat(left, true);
    Optional<FileStat> second = stat(right, true);
    return first.isPresent()
        && second.isPresent()
        && first.get().modified().isAfter(second.get().modified());
  }

  private boolean isSame(String left, String right) {
    Optional<FileStat> first = stat(left, true);
    Optional<FileStat> second = stat(right, true);
    return first.isPresent() && second.isPresent() && first.get().isSameFile(second.get());
  }

  private static boolean matches(String text, String expression) throws Failure {
    try {
      return PosixRegex.compile(expression, Set.of(PosixRegex.Flag.EXTENDED))
          .find(text)
          .isPresent();
    } catch (InvalidRegexException e) {
      throw (Failure) new Failure(ERROR, "bad regex '" + expression + "'").initCause(e);
    }
  }

  private static boolean holds(String operator, int order) {
    return switch (operator) {
      case "-eq" -> order == 0;
      case "-ne" -> order != 0;
      case "-lt" -> order < 0;
      case "-le" -> order <= 0;
      case "-gt" -> order > 0;
      default -> order >= 0;
    };
  }

  private static BigInteger number(String text) throws Failure {
    String trimmed = text.strip();
    if (!trimmed.matches("[+-]?[0-9]+")) {
      throw new Failure(ERROR, text.isEmpty() ? "bad number" : text + ": bad number");
    }
    BigInteger number = new BigInteger(trimmed);
    if (number.bitLength() >= Long.SIZE) {
      throw new Failure(ERROR, text + ": out of range");
    }
    return number;
  }
}
