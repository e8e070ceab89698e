package io.sockerless.backend.memory.utility.sed;

import io.sockerless.backend.memory.kernel.Text;
import java.util.Locale;

/** A line as {@code l} shows it: escapes, octal numbers, and a dollar sign at its end. */
final class Listing {

  private Listing() {}

  static byte[] of(byte[] line) {
    StringBuilder listing = new StringBuilder();
    for (byte signed : line) {
      int value = signed & 0xff;
      int control = "\\\7\b\f\n\r\t\013".indexOf(value);
      if (control >= 0) {
        listing.append('\\').append("\\abfnrtv".charAt(control));
      } else if (value >= ' ' && value < 0x7f) {
        listing.append((char) value);
      } else {
        listing.append(String.format(Locale.ROOT, "\\%03o", value));
      }
    }
    return Text.encode(listing.append('$').toString());
  }
}
