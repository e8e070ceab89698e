package io.sockerless.backend.memory.utility.awk;

import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.utility.text.FieldFormat;
import java.math.BigDecimal;
import java.util.List;

/** What {@code printf} and {@code sprintf} print, and numbers by {@code CONVFMT}. */
final class Format {

  private final String format;
  private final List<Value> values;
  private final String numberFormat;
  private final StringBuilder out = new StringBuilder();
  private int position;
  private int used;

  private Format(String format, List<Value> values, String numberFormat) {
    this.format = format;
    this.values = values;
    this.numberFormat = numberFormat;
  }

  /**
   * Formats values.
   *
   * @param numberFormat for numbers that are printed as text
   */
  static String format(String format, List<Value> values, String numberFormat) {
    return new Format(format, values, numberFormat).run();
  }

  private String run() {
    while (position < format.length()) {
      char c = format.charAt(position++);
      if (c != '%' || position == format.length()) {
        out.append(c);
      } else if (format.charAt(position) == '%') {
        out.append('%');
        position++;
      } else {
        conversion();
      }
    }
    return out.toString();
  }

  private void conversion() {
    String flags = letters("-+ #0");
    int width = size();
    int precision = -1;
    if (isNext('.')) {
      position++;
      precision = size();
    }
    letters("hlLqjzt");
    char letter = position < format.length() ? format.charAt(position++) : 's';
    String allFlags = width < 0 ? flags + "-" : flags;
    FieldFormat field = new FieldFormat(allFlags, Math.abs(width), precision);
    Value value = used < values.size() ? values.get(used++) : Value.UNSET;
    out.append(convert(field, letter, value, numberFormat));
  }

  private boolean isNext(char c) {
    return position < format.length() && format.charAt(position) == c;
  }

  private String letters(String known) {
    int start = position;
    while (position < format.length() && known.indexOf(format.charAt(position)) >= 0) {
      position++;
    }
    return format.substring(start, position);
  }

  /** A width or a precision; a star takes it from the values. */
  private int size() {
    if (isNext('*')) {
      position++;
      return used < values.size() ? (int) values.get(used++).toNumber() : 0;
    }
    int size = 0;
    while (position < format.length() && Character.isDigit(format.charAt(position))) {
      size = Math.min(size, 100_000) * 10 + format.charAt(position++) - '0';
    }
    return size;
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
