package io.sockerless.backend.memory.network;

import java.util.regex.Pattern;

/** IPv4 addresses in the usual notation. */
final class Subnets {

  private static final Pattern ADDRESS =
      Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}");

  private Subnets() {}

  /** Whether it is an address and no name. */
  static boolean isAddress(String text) {
    return ADDRESS.matcher(text).matches();
  }

  /** Whether both addresses agree in their first bits. */
  static boolean contains(String member, int prefixLength, String address) {
    if (!isAddress(member) || !isAddress(address) || prefixLength <= 0) {
      return false;
    }
    int mask = -1 << (32 - prefixLength);
    return (number(member) & mask) == (number(address) & mask);
  }

  private static int number(String address) {
    int number = 0;
    for (String part : address.split("\\.", -1)) {
      number = number << 8 | Integer.parseInt(part);
    }
    return number;
  }
}
