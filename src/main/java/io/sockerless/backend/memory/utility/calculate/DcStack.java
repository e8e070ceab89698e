package io.sockerless.backend.memory.utility.calculate;

import io.sockerless.backend.memory.utility.Charge;
import io.sockerless.backend.memory.utility.Failure;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Numbers and texts, the last one on top. */
final class DcStack {

  /** A value. */
  sealed interface Item {}

  /** A number. */
  record Numeral(BigDecimal value) implements Item {}

  /** A text, which may be run. */
  record Text(String text) implements Item {}

  private static final int ITEM = 64;

  private final Charge charge;
  private final List<Item> items = new ArrayList<>();
  private int most;

  DcStack(Charge charge) {
    this.charge = charge;
  }

  int size() {
    return items.size();
  }

  /** From the top down. */
  List<Item> items() {
    return items.reversed();
  }

  void push(Item item) {
    items.add(item);
    if (items.size() > most) {
      most = items.size();
      charge.add(ITEM);
    }
  }

  void push(BigDecimal value) {
    push(new Numeral(value));
  }

  Item peek() throws Failure {
    require(1);
    return items.getLast();
  }

  Item pop() throws Failure {
    require(1);
    return items.removeLast();
  }

  BigDecimal popNumber() throws Failure {
    if (peek() instanceof Numeral number) {
      items.removeLast();
      return number.value();
    }
    throw new Failure("variable is wrong type");
  }

  void swap() throws Failure {
    require(2);
    Collections.swap(items, items.size() - 1, items.size() - 2);
  }

  void clear() {
    items.clear();
  }

  void require(int count) throws Failure {
    if (items.size() < count) {
      throw new Failure("stack has too few elements");
    }
  }
}
