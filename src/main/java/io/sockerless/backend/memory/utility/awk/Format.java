package io.sockerless.backend.memory.utility.awk;

import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.utility.text.FieldFormat;
import java.math.BigDecimal;
import java.util.List;

/** What {@code printf} and {@code sprintf} print, and numbers by {@code CONVFMT}. */
final class Format {

  private Format() {}

  /**
   * Formats values.
   *
   * @param numberFormat for numbers that are printed as text
   */
  static String format(String format, List<Value> values, String numberFormat) {
    StringBuilder out = new StringBuilder();
    int next = 0;
    int i = 0;
    while (i < format.length()) {
      char c = format.charAt(i);
      if (c != '%' || i + 1 == format.length()) {
        out.append(c);
        i++;
        continue;
      }
      if (format.charAt(i + 1) == '%') {
        out.append('%');
        i += 2;
        continue;
      }
      int start = ++i;
      while (i < format.length() && "-+ #0".indexOf(format.charAt(i)) >= 0) {
        i++;
      }
      String flags = format.substring(start, i);
      int[] sizes = {0, -1};
      for (int size = 0; size < 2; size++) {
        if (size == 1) {
          if (i >= format.length() || format.charAt(i) != '.') {
            break;
          }
          i++;
          sizes[1] = 0;
        }
        if (i < format.length() && format.charAt(i) == '*') {
          sizes[size] = next < values.size() ? (int) values.get(next++).toNumber() : 0;
          i++;
          continue;
        }
        while (i < format.length() && Character.isDigit(format.charAt(i))) {
          sizes[size] =
              Math.min(sizes[size] < 0 ? 0 : sizes[size], 100_000) * 10 + format.charAt(i++) - '0';
        }
      }
      while (i < format.length() && "hlLqjzt".indexOf(format.charAt(i)) >= 0) {
        i++;
      }
      char letter = i < format.length() ? format.charAt(i++) : 's';
      String allFlags = sizes[0] < 0 ? flags + "-" : flags;
      FieldFormat field = new FieldFormat(allFlags, Math.abs(sizes[0]), sizes[1]);
      Value value = next < values.size() ? values.get(next++) : Value.UNSET;
      out.append(convert(field, letter, value, numberFormat));
    }
    return out.toString();
  }

  private static String convert(FieldFormat field, char letter, Value value, String numberFormat) {
    return switch (letter) {
      case 'd', 'i', 'o', 'u', 'x', 'X' -> integer(field, letter, value.toNumber());
      case 'e', 'E', 'f', 'F', 'g', 'G', 'a', 'A' -> field.floating(letter, value.toNumber());
      case 'c' -> Text.decode(field.text(Text.encode(character(value))));
      case 's' -> Text.decode(field.text(Text.encode(value.toText(numberFormat))));
      default -> "%" + letter;
    };
  }

  private static String integer(FieldFormat field, char letter, double number) {
    if (!Double.isFinite(number)) {
      return field.floating('f', number);
    }
    return field.integer(letter, new BigDecimal(number).toBigInteger());
  }

  private static String character(Value value) {
    if (value.text().isEmpty()) {
      int code = (int) value.toNumber();
      if (code < 0x80 || code > Character.MAX_CODE_POINT) {
        return Text.decode(new byte[] {(byte) code});
      }
      return Character.toString(code);
    }
    String text = value.text().get();
    return text.isEmpty() ? "" : Character.toString(text.codePointAt(0));
  }
}
