package io.sockerless.backend.memory.shell.builtin;

import io.sockerless.backend.memory.fs.FileStat;
import io.sockerless.backend.memory.fs.FileType;
import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.Paths;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.shell.expand.ExpansionException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** What {@code test} and double brackets ask of files, texts and numbers. */
public final class FileTests {

  private static final Set<String> UNARY =
      Set.of(
          "-b", "-c", "-d", "-e", "-f", "-g", "-h", "-k", "-L", "-n", "-O", "-G", "-p", "-r", "-s",
          "-S", "-t", "-u", "-w", "-x", "-z");
  private static final Set<String> BINARY =
      Set.of(
          "=", "==", "!=", "<", ">", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef");
  private static final int SET_USER = 04000;
  private static final int SET_GROUP = 02000;
  private static final int STICKY = 01000;

  private final Task task;

  /** Asks as a task. */
  public FileTests(Task task) {
    this.task = task;
  }

  static boolean isUnary(String operator) {
    return UNARY.contains(operator);
  }

  static boolean isBinary(String operator) {
    return BINARY.contains(operator);
  }

  /** Whether a test of one operand holds. */
  public boolean unary(String operator, String operand) throws IOException {
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

  private boolean isTerminal(String operand) throws IOException {
    long number = number(operand);
    return number >= 0
        && number <= Integer.MAX_VALUE
        && task.descriptors().find((int) number).filter(OpenFile::isTerminal).isPresent();
  }

  private Optional<FileStat> stat(String path, boolean follow) {
    try {
      return Optional.of(follow ? task.files().stat(path) : task.files().lstat(path));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Whether a comparison of two operands holds. */
  public boolean binary(String operator, String left, String right) throws IOException {
    return switch (operator) {
      case "=", "==" -> left.equals(right);
      case "!=" -> !left.equals(right);
      case "<" -> Arrays.compareUnsigned(Text.encode(left), Text.encode(right)) < 0;
      case ">" -> Arrays.compareUnsigned(Text.encode(left), Text.encode(right)) > 0;
      case "-nt" -> isNewer(left, right);
      case "-ot" -> isNewer(right, left);
      case "-ef" -> isSame(left, right);
      default -> holds(operator, Long.compare(number(left), number(right)));
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

  /** Whether an operator such as {@code -lt} holds for two numbers of an order. */
  public static boolean holds(String operator, int order) {
    return switch (operator) {
      case "-eq" -> order == 0;
      case "-ne" -> order != 0;
      case "-lt" -> order < 0;
      case "-le" -> order <= 0;
      case "-gt" -> order > 0;
      default -> order >= 0;
    };
  }

  /**
   * The number that a text is, blanks around it aside.
   *
   * @throws ExpansionException if it is none
   */
  public static long number(String text) throws ExpansionException {
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException e) {
      throw new ExpansionException(text + ": bad number");
    }
  }
}
