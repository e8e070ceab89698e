package io.sockerless.backend.memory.utility.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The ways in which {@code sort} compares two keys. */
enum KeyOrder {
  BYTES {
    @Override
    int compare(String flags, byte[] a, int aStart, int aEnd, byte[] b, int bStart, int bEnd) {
      if (flags.indexOf('d') < 0 && flags.indexOf('f') < 0 && flags.indexOf('i') < 0) {
        return Arrays.compareUnsigned(a, aStart, aEnd, b, bStart, bEnd);
      }
      return Arrays.compareUnsigned(
          reduced(flags, a, aStart, aEnd), reduced(flags, b, bStart, bEnd));
    }
  },
  NUMBER {
    @Override
    int compare(String flags, byte[] a, int aStart, int aEnd, byte[] b, int bStart, int bEnd) {
      return DecimalText.of(a, aStart, aEnd).compareTo(DecimalText.of(b, bStart, bEnd));
    }
  },
  GENERAL_NUMBER {
    @Override
    int compare(String flags, byte[] a, int aStart, int aEnd, byte[] b, int bStart, int bEnd) {
      return Double.compare(floating(a, aStart, aEnd), floating(b, bStart, bEnd));
    }
  },
  HUMAN_NUMBER {
    @Override
    int compare(String flags, byte[] a, int aStart, int aEnd, byte[] b, int bStart, int bEnd) {
      return DecimalText.of(a, aStart, aEnd).compareWithUnit(DecimalText.of(b, bStart, bEnd));
    }
  },
  MONTH {
    @Override
    int compare(String flags, byte[] a, int aStart, int aEnd, byte[] b, int bStart, int bEnd) {
      return Integer.compare(month(text(a, aStart, aEnd)), month(text(b, bStart, bEnd)));
    }
  },
  VERSION {
    @Override
    int compare(String flags, byte[] a, int aStart, int aEnd, byte[] b, int bStart, int bEnd) {
      return VersionOrder.compare(text(a, aStart, aEnd), text(b, bStart, bEnd));
    }
  };

  private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";

  private static final Pattern FLOATING =
      Pattern.compile(
          "\\s*([+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?).*", Pattern.DOTALL);

  /** The order of flags. */
  static KeyOrder of(String flags) {
    for (int i = 0; i < flags.length(); i++) {
      switch (flags.charAt(i)) {
        case 'n' -> {
          return NUMBER;
        }
        case 'g' -> {
          return GENERAL_NUMBER;
        }
        case 'h' -> {
          return HUMAN_NUMBER;
        }
        case 'M' -> {
          return MONTH;
        }
        case 'V' -> {
          return VERSION;
        }
        default -> {}
      }
    }
    return BYTES;
  }

  /** Compares two parts of lines. */
  abstract int compare(
      String flags, byte[] a, int aStart, int aEnd, byte[] b, int bStart, int bEnd);

  private static String text(byte[] line, int start, int end) {
    return new String(line, start, end - start, StandardCharsets.ISO_8859_1);
  }

  /** The bytes that count: letters in one case with f, no others than some with d and i. */
  private static byte[] reduced(String flags, byte[] line, int start, int end) {
    boolean dictionary = flags.indexOf('d') >= 0;
    boolean printable = flags.indexOf('i') >= 0;
    boolean fold = flags.indexOf('f') >= 0;
    byte[] kept = new byte[end - start];
    int count = 0;
    for (int i = start; i < end; i++) {
      byte value = line[i];
      boolean blank = value == ' ' || value == '\t';
      boolean letterOrDigit = value > 0 && Character.isLetterOrDigit(value);
      if ((dictionary && !blank && !letterOrDigit)
          || (printable && (value < ' ' || value == 0x7f))) {
        continue;
      }
      kept[count++] = fold && value >= 'a' && value <= 'z' ? (byte) (value - 32) : value;
    }
    return Arrays.copyOf(kept, count);
  }

  private static double floating(byte[] line, int start, int end) {
    Matcher number = FLOATING.matcher(text(line, start, end));
    return number.matches() ? Double.parseDouble(number.group(1)) : Double.NEGATIVE_INFINITY;
  }

  private static int month(String text) {
    String trimmed = text.stripLeading().toLowerCase(Locale.ROOT);
    int index = trimmed.length() < 3 ? -1 : MONTHS.indexOf(trimmed.substring(0, 3));
    return index < 0 || index % 3 != 0 ? 0 : index / 3 + 1;
  }
}
