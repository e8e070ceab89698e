package io.sockerless.backend.core.network;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of IPv4 addresses.
 *
 * @param base the first address, as a number of 32 bits
 * @param prefix how many leading bits all addresses share, 0 to 32
 */
record Subnet(long base, int prefix) {

  private static final Pattern ADDRESS =
      Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
  private static final Pattern BLOCK = Pattern.compile("([0-9.]+)/(\\d{1,2})");

  /** Reads {@code 10.0.0.0/24}, whatever the bits behind the prefix are; none if it is no block. */
  static Optional<Subnet> parse(String text) {
    Matcher block = BLOCK.matcher(text);
    if (!block.matches() || Integer.parseInt(block.group(2)) > 32) {
      return Optional.empty();
    }
    int prefix = Integer.parseInt(block.group(2));
    return address(block.group(1)).map(base -> new Subnet(base, prefix));
  }

  /** Reads an address; none if it is no IPv4 address. */
  static Optional<Long> address(String text) {
    Matcher parts = ADDRESS.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    long address = 0;
    for (int i = 1; i <= 4; i++) {
      int part = Integer.parseInt(parts.group(i));
      if (part > 255) {
        return Optional.empty();
      }
      address = address << 8 | part;
    }
    return Optional.of(address);
  }

  /** Writes an address. */
  static String text(long address) {
    return "%d.%d.%d.%d"
        .formatted(address >> 24 & 0xff, address >> 16 & 0xff, address >> 8 & 0xff, address & 0xff);
  }

  /** How many addresses there are. */
  long size() {
    return 1L << (32 - prefix);
  }

  /** The block with nothing behind the prefix. */
  Subnet masked() {
    return new Subnet(base & -size(), prefix);
  }

  /** The last address. */
  long last() {
    return masked().base + size() - 1;
  }

  boolean contains(long address) {
    return address >= masked().base && address <= last();
  }

  boolean overlaps(Subnet other) {
    return contains(other.masked().base) || other.contains(masked().base);
  }

  @Override
  public String toString() {
    return text(base) + "/" + prefix;
  }
}
