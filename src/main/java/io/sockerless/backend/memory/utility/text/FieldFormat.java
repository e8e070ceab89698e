package io.sockerless.backend.memory.utility.text;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Locale;

/**
 * Formats one value as the C library's {@code printf} does.
 *
 * @param flags of {@code -+ #0}
 * @param precision -1 for none
 * @see <a href="https://man7.org/linux/man-pages/man3/printf.3.html">printf(3)</a>
 */
public record FieldFormat(String flags, int width, int precision) {

  private static final BigInteger TWO_TO_64 = BigInteger.ONE.shiftLeft(64);
  private static final int MAX_PRECISION = 1_000;

  private boolean has(char flag) {
    return flags.indexOf(flag) >= 0;
  }

  /** Bytes, cut to the precision. */
  public byte[] text(byte[] bytes) {
    int length = precision < 0 ? bytes.length : Math.min(precision, bytes.length);
    return pad(Arrays.copyOf(bytes, length));
  }

  /** The first byte alone. */
  public byte[] character(byte[] bytes) {
    return pad(Arrays.copyOf(bytes, Math.min(1, bytes.length)));
  }

  private byte[] pad(byte[] bytes) {
    if (bytes.length >= width) {
      return bytes;
    }
    byte[] padded = new byte[width];
    Arrays.fill(padded, (byte) ' ');
    System.arraycopy(bytes, 0, padded, has('-') ? 0 : width - bytes.length, bytes.length);
    return padded;
  }

  /** A whole number by one of {@code d i o u x X}; it wraps at 64 bits where it has no sign. */
  public String integer(char letter, BigInteger value) {
    boolean signed = letter == 'd' || letter == 'i';
    BigInteger number = !signed && value.signum() < 0 ? value.add(TWO_TO_64) : value;
    int radix = letter == 'o' ? 8 : letter == 'x' || letter == 'X' ? 16 : 10;
    String digits = number.abs().toString(radix);
    if (precision == 0 && number.signum() == 0) {
      digits = "";
    }
    digits = "0".repeat(Math.max(0, precision - digits.length())) + digits;
    String prefix = signed ? sign(number.signum() < 0) : "";
    if (has('#') && radix == 8 && !digits.startsWith("0")) {
      digits = "0" + digits;
    }
    if (has('#') && radix == 16 && number.signum() != 0) {
      prefix = "0x";
    }
    String result = pad(prefix, digits, precision < 0);
    return letter == 'X' ? result.toUpperCase(Locale.ROOT) : result;
  }

  private String sign(boolean negative) {
    return negative ? "-" : has('+') ? "+" : has(' ') ? " " : "";
  }

  private String pad(String prefix, String digits, boolean zerosAllowed) {
    int missing = Math.max(0, width - prefix.length() - digits.length());
    if (has('-')) {
      return prefix + digits + " ".repeat(missing);
    }
    return has('0') && zerosAllowed
        ? prefix + "0".repeat(missing) + digits
        : " ".repeat(missing) + prefix + digits;
  }

  /** A floating-point number by one of {@code e E f F g G a A}. */
  public String floating(char letter, double value) {
    boolean negative = Double.doubleToRawLongBits(value) < 0 && !Double.isNaN(value);
    double magnitude = Math.abs(value);
    boolean finite = Double.isFinite(value);
    String digits;
    if (!finite) {
      digits = Double.isNaN(value) ? "nan" : "inf";
    } else {
      int digitsAfter = precision < 0 ? 6 : Math.min(precision, MAX_PRECISION);
      digits =
          switch (Character.toLowerCase(letter)) {
            case 'f' -> fixed(new BigDecimal(magnitude), digitsAfter);
            case 'e' -> scientific(new BigDecimal(magnitude), digitsAfter);
            case 'g' -> general(new BigDecimal(magnitude), digitsAfter);
            default ->
                Double.toHexString(magnitude).replace(".0p", "p").replaceFirst("p([0-9])", "p+$1");
          };
    }
    String result = pad(sign(negative), digits, finite);
    return Character.isUpperCase(letter) ? result.toUpperCase(Locale.ROOT) : result;
  }

  private String fixed(BigDecimal value, int digitsAfter) {
    String text = value.setScale(digitsAfter, RoundingMode.HALF_EVEN).toPlainString();
    return has('#') && digitsAfter == 0 ? text + "." : text;
  }

  private String scientific(BigDecimal value, int digitsAfter) {
    BigDecimal rounded = value.round(new MathContext(digitsAfter + 1, RoundingMode.HALF_EVEN));
    String digits = rounded.unscaledValue().toString();
    int exponent = value.signum() == 0 ? 0 : digits.length() - 1 - rounded.scale();
    String padded = digits + "0".repeat(Math.max(0, digitsAfter + 1 - digits.length()));
    String mantissa = padded.substring(0, 1);
    if (digitsAfter > 0) {
      mantissa += "." + padded.substring(1, digitsAfter + 1);
    } else if (has('#')) {
      mantissa += ".";
    }
    String number = Integer.toString(Math.abs(exponent));
    return mantissa + (exponent < 0 ? "e-" : "e+") + (number.length() < 2 ? "0" : "") + number;
  }

  private String general(BigDecimal value, int significant) {
    int digits = Math.max(significant, 1);
    BigDecimal rounded = value.round(new MathContext(digits, RoundingMode.HALF_EVEN));
    int exponent = value.signum() == 0 ? 0 : rounded.precision() - 1 - rounded.scale();
    if (exponent >= -4 && exponent < digits) {
      return withoutZeros(fixed(value, digits - 1 - exponent));
    }
    String text = scientific(value, digits - 1);
    int e = text.indexOf('e');
    return withoutZeros(text.substring(0, e)) + text.substring(e);
  }

  private String withoutZeros(String text) {
    return has('#') || text.indexOf('.') < 0 ? text : text.replaceFirst("\\.?0+$", "");
  }
}
