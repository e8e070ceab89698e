package io.sockerless.backend.memory.utility.text;

import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.utility.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A format of {@code printf(1)}: text with escapes, and conversions that take arguments.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9799919799/utilities/printf.html">printf</a>
 */
public final class PrintfFormat {

  /**
   * What a format makes of arguments.
   *
   * @param errors what was wrong with arguments, which were printed as far as possible
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Result(byte[] bytes, List<String> errors) {}

  private sealed interface Part {}

  @SuppressWarnings("ArrayRecordComponent")
  private record Literal(byte[] bytes, boolean stop) implements Part {}

  /**
   * One conversion.
   *
   * @param flags of {@code -+ #0}
   * @param width {@code *} for one from the arguments, empty for none
   * @param precision as the width
   */
  private record Conversion(String flags, String width, String precision, char letter)
      implements Part {}

  /** A moment, in seconds since 1970 or -1 for now, by a format of {@code strftime(3)}. */
  private record Moment(String flags, String width, String format) implements Part {}

  /** Tells a moment by a format of {@code strftime(3)}. */
  @FunctionalInterface
  public interface Clock {
    /** The text of a moment, which is in seconds since 1970. */
    String tell(long seconds, String format);
  }

  private static final Pattern MOMENT = Pattern.compile("%([-+ #0]*)(\\d*)\\((.*)\\)T");

  private final List<Part> parts;
  private final Optional<Clock> clock;

  private PrintfFormat(List<Part> parts, Optional<Clock> clock) {
    this.parts = parts;
    this.clock = clock;
  }

  /**
   * Reads a format.
   *
   * @throws Failure if a conversion is none
   */
  public static PrintfFormat parse(byte[] format) throws Failure {
    return parse(format, Optional.empty());
  }

  /**
   * Reads a format of bash's.
   *
   * @param clock what tells moments, if there is anything that does
   * @throws Failure if a conversion is none
   */
  public static PrintfFormat parse(byte[] format, Optional<Clock> clock) throws Failure {
    List<Part> parts = new ArrayList<>();
    int literal = 0;
    int i = 0;
    while (i < format.length) {
      if (format[i] == '\\') {
        i += 2;
        continue;
      }
      if (format[i] != '%') {
        i++;
        continue;
      }
      addLiteral(parts, format, literal, i);
      int end = conversionEnd(format, i + 1);
      if (clock.isPresent() && format[end - 1] == '(') {
        end = momentEnd(format, end);
      }
      parts.add(conversion(new String(format, i, end - i, StandardCharsets.ISO_8859_1)));
      i = end;
      literal = end;
    }
    addLiteral(parts, format, literal, format.length);
    return new PrintfFormat(List.copyOf(parts), clock);
  }

  private static void addLiteral(List<Part> parts, byte[] format, int from, int to) {
    if (from < to) {
      Escapes escapes = Escapes.of(Arrays.copyOfRange(format, from, to), Escapes.Octal.PLAIN);
      parts.add(new Literal(escapes.bytes(), escapes.stop()));
    }
  }

  private static int conversionEnd(byte[] format, int from) {
    int end = from;
    while (end < format.length && "-+ #0123456789.*hlLjzt'".indexOf(format[end]) >= 0) {
      end++;
    }
    return Math.min(end + 1, format.length);
  }

  /** Behind the letter that follows the format of a moment. */
  private static int momentEnd(byte[] format, int from) {
    int end = from;
    while (end < format.length && format[end] != ')') {
      end++;
    }
    return Math.min(end + 2, format.length);
  }

  private static Part conversion(String text) throws Failure {
    Matcher moment = MOMENT.matcher(text);
    if (moment.matches()) {
      return new Moment(moment.group(1), moment.group(2), moment.group(3));
    }
    int i = 1;
    while (i < text.length() && "-+ #0'".indexOf(text.charAt(i)) >= 0) {
      i++;
    }
    String flags = text.substring(1, i);
    int widthStart = i;
    while (i < text.length() && "0123456789*".indexOf(text.charAt(i)) >= 0) {
      i++;
    }
    String width = text.substring(widthStart, i);
    String precision = "";
    if (i < text.length() && text.charAt(i) == '.') {
      int start = ++i;
      while (i < text.length() && "0123456789*".indexOf(text.charAt(i)) >= 0) {
        i++;
      }
      precision = start == i ? "0" : text.substring(start, i);
    }
    while (i < text.length() && "hlLjzt".indexOf(text.charAt(i)) >= 0) {
      i++;
    }
    char letter = i == text.length() - 1 ? text.charAt(i) : '\0';
    if ("%diouxXeEfFgGaAcsbq".indexOf(letter) < 0) {
      throw new Failure(text + ": invalid format");
    }
    return letter == '%'
        ? new Literal(new byte[] {'%'}, false)
        : new Conversion(flags, width, precision, letter);
  }

  /** Formats arguments; the format is used again while there are some left. */
  public Result format(List<String> arguments) throws IOException {
    Formatter formatter = new Formatter(arguments, clock);
    do {
      int before = formatter.next;
      if (!formatter.print(parts) || formatter.next == before) {
        break;
      }
    } while (formatter.next < arguments.size());
    return new Result(formatter.out.toByteArray(), formatter.errors);
  }

  private static final class Formatter {
    private final List<String> arguments;
    private final Optional<Clock> clock;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<String> errors = new ArrayList<>();
    private int next;

    Formatter(List<String> arguments, Optional<Clock> clock) {
      this.arguments = arguments;
      this.clock = clock;
    }

    private String take() {
      return next < arguments.size() ? arguments.get(next++) : "";
    }

    /** Prints all parts once; false if one of them ends all output. */
    boolean print(List<Part> parts) throws IOException {
      for (Part part : parts) {
        switch (part) {
          case Literal(byte[] bytes, boolean stop) -> {
            out.write(bytes);
            if (stop) {
              return false;
            }
          }
          case Moment moment -> print(moment);
          case Conversion conversion -> {
            if (!print(conversion)) {
              return false;
            }
          }
        }
      }
      return true;
    }

    private void print(Moment moment) throws IOException {
      String argument = next < arguments.size() ? take() : "-1";
      long seconds = argument.isEmpty() ? 0 : integer(argument).longValue();
      long instant = seconds < 0 ? System.currentTimeMillis() / 1000 : seconds;
      String format = moment.format().isEmpty() ? "%H:%M:%S" : moment.format();
      String text = clock.map(it -> it.tell(instant, format)).orElse("");
      FieldFormat field = new FieldFormat(moment.flags(), (int) size(moment.width(), 0), -1);
      out.write(field.text(Text.encode(text)));
    }

    private boolean print(Conversion conversion) throws IOException {
      String flags = conversion.flags();
      long width = size(conversion.width(), 0);
      if (width < 0) {
        flags += "-";
        width = -width;
      }
      int precision = (int) size(conversion.precision(), -1);
      FieldFormat field = new FieldFormat(flags, (int) Math.min(width, 1 << 20), precision);
      String argument = take();
      char letter = conversion.letter();
      switch (letter) {
        case 's' -> out.write(field.text(Text.encode(argument)));
        case 'q' -> out.write(field.text(Text.encode(ShellQuoting.quote(argument))));
        case 'c' -> out.write(field.character(Text.encode(argument)));
        case 'b' -> {
          Escapes escapes = Escapes.of(Text.encode(argument), Escapes.Octal.LEADING_ZERO);
          out.write(field.text(escapes.bytes()));
          return !escapes.stop();
        }
        case 'd', 'i', 'o', 'u', 'x', 'X' ->
            out.write(ascii(field.integer(letter, integer(argument))));
        default -> out.write(ascii(field.floating(letter, floating(argument))));
      }
      return true;
    }

    private static byte[] ascii(String text) {
      return text.getBytes(StandardCharsets.US_ASCII);
    }

    private long size(String text, long otherwise) {
      if (text.equals("*")) {
        return integer(take()).longValue();
      }
      return text.isEmpty() ? otherwise : Long.parseLong(text);
    }

    private BigInteger integer(String text) {
      NumberText number = NumberText.integer(text);
      if (!number.complete()) {
        errors.add("invalid number '" + text + "'");
      }
      return number.value().toBigInteger();
    }

    private double floating(String text) {
      OptionalDouble value = NumberText.floating(text);
      if (value.isEmpty()) {
        errors.add("invalid number '" + text + "'");
      }
      return value.orElse(0);
    }
  }
}
