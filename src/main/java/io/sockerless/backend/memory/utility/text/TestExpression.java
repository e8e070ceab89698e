package io.sockerless.backend.memory.utility.text;

import io.sockerless.backend.memory.fs.FileStat;
import io.sockerless.backend.memory.fs.FileType;
import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.regex.InvalidRegexException;
import io.sockerless.backend.memory.utility.regex.PosixRegex;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Evaluates the words of one {@code test}. */
final class TestExpression {

  private static final String UNARY = "bcdefghknprstuwxzGLNOS";
  private static final Set<String> BINARY =
      Set.of(
          "=", "==", "!=", "<", ">", "=~", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot",
          "-ef");

  private final Task task;
  private final List<String> words;
  private int position;

  TestExpression(Task task, List<String> words) {
    this.task = task;
    this.words = words;
  }

  boolean evaluate() throws Failure {
    switch (words.size()) {
      case 0 -> {
        return false;
      }
      case 1 -> {
        return !words.getFirst().isEmpty();
      }
      case 3 -> {
        if (BINARY.contains(words.get(1))) {
          return binary(words.get(0), words.get(1), words.get(2));
        }
      }
      case 4 -> {
        if (words.getFirst().equals("!") && BINARY.contains(words.get(2))) {
          return !binary(words.get(1), words.get(2), words.get(3));
        }
      }
      default -> {}
    }
    boolean value = or();
    if (position < words.size()) {
      throw new Failure(2, words.get(position) + ": unknown operand");
    }
    return value;
  }

  private boolean accept(String word) {
    if (position < words.size() && words.get(position).equals(word)) {
      position++;
      return true;
    }
    return false;
  }

  private boolean or() throws Failure {
    boolean value = and();
    while (accept("-o")) {
      value |= and();
    }
    return value;
  }

  private boolean and() throws Failure {
    boolean value = not();
    while (accept("-a")) {
      value &= not();
    }
    return value;
  }

  private boolean not() throws Failure {
    boolean operand = position + 1 >= words.size() || isBinaryAt(position + 1);
    if (!operand && accept("!")) {
      return !not();
    }
    return primary();
  }

  private boolean isBinaryAt(int index) {
    return index + 1 < words.size() && BINARY.contains(words.get(index));
  }

  private boolean primary() throws Failure {
    if (position >= words.size()) {
      throw new Failure(2, "argument expected");
    }
    String word = words.get(position++);
    if (isBinaryAt(position)) {
      position += 2;
      return binary(word, words.get(position - 2), words.get(position - 1));
    }
    if (word.equals("(") && position < words.size()) {
      boolean value = or();
      if (!accept(")")) {
        throw new Failure(2, "closing paren expected");
      }
      return value;
    }
    boolean unary =
        word.length() == 2 && word.startsWith("-") && UNARY.indexOf(word.charAt(1)) >= 0;
    if (unary && position < words.size()) {
      return unary(word.charAt(1), words.get(position++));
    }
    return !word.isEmpty();
  }

  private boolean unary(char operator, String operand) throws Failure {
    return switch (operator) {
      case 'z' -> operand.isEmpty();
      case 'n' -> !operand.isEmpty();
      case 't' -> isTerminal(operand);
      case 'r' -> task.files().access(operand, 4);
      case 'w' -> task.files().access(operand, 2);
      case 'x' -> task.files().access(operand, 1);
      case 'h', 'L' -> stat(operand, false).filter(FileStat::isLink).isPresent();
      default -> stat(operand, true).filter(stat -> is(operator, stat)).isPresent();
    };
  }

  private boolean is(char operator, FileStat stat) {
    return switch (operator) {
      case 'b' -> stat.type() == FileType.BLOCK;
      case 'c' -> stat.type() == FileType.CHARACTER;
      case 'd' -> stat.isDirectory();
      case 'f' -> stat.isRegular();
      case 'p' -> stat.type() == FileType.FIFO;
      case 'S' -> stat.type() == FileType.SOCKET;
      case 's' -> stat.size() > 0;
      case 'u' -> (stat.mode() & 04000) != 0;
      case 'g' -> (stat.mode() & 02000) != 0;
      case 'k' -> (stat.mode() & 01000) != 0;
      case 'O' -> stat.uid() == task.files().credentials().uid();
      case 'G' -> stat.gid() == task.files().credentials().gid();
      case 'N' -> stat.modified().isAfter(stat.accessed());
      default -> true;
    };
  }

  private Optional<FileStat> stat(String path, boolean follow) {
    try {
      return Optional.of(follow ? task.files().stat(path) : task.files().lstat(path));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private boolean isTerminal(String descriptor) throws Failure {
    BigInteger number = integer(descriptor);
    return number.bitLength() < 31
        && task.descriptors().find(number.intValue()).filter(OpenFile::isTerminal).isPresent();
  }

  private boolean binary(String left, String operator, String right) throws Failure {
    return switch (operator) {
      case "=", "==" -> left.equals(right);
      case "!=" -> !left.equals(right);
      case "<" -> Arrays.compareUnsigned(Text.encode(left), Text.encode(right)) < 0;
      case ">" -> Arrays.compareUnsigned(Text.encode(left), Text.encode(right)) > 0;
      case "=~" -> matches(left, right);
      case "-nt" -> isNewer(left, right);
      case "-ot" -> isNewer(right, left);
      case "-ef" -> isSameFile(left, right);
      default -> compare(operator, integer(left).compareTo(integer(right)));
    };
  }

  private static boolean compare(String operator, int order) {
    return switch (operator) {
      case "-eq" -> order == 0;
      case "-ne" -> order != 0;
      case "-lt" -> order < 0;
      case "-le" -> order <= 0;
      case "-gt" -> order > 0;
      default -> order >= 0;
    };
  }

  private static boolean matches(String text, String pattern) throws Failure {
    try {
      return PosixRegex.compile(pattern, Set.of(PosixRegex.Flag.EXTENDED)).find(text).isPresent();
    } catch (InvalidRegexException e) {
      throw (Failure) new Failure(2, "bad regex '" + pattern + "'").initCause(e);
    }
  }

  private boolean isNewer(String path, String than) {
    Optional<FileStat> first = stat(path, true);
    Optional<FileStat> second = stat(than, true);
    return first.isPresent()
        && (second.isEmpty() || first.get().modified().isAfter(second.get().modified()));
  }

  private boolean isSameFile(String a, String b) {
    Optional<FileStat> first = stat(a, true);
    Optional<FileStat> second = stat(b, true);
    return first.isPresent() && second.isPresent() && first.get().isSameFile(second.get());
  }

  private static BigInteger integer(String text) throws Failure {
    String trimmed = text.strip();
    if (!trimmed.matches("[+-]?[0-9]+")) {
      throw new Failure(2, text + ": bad number");
    }
    return new BigInteger(trimmed);
  }
}
