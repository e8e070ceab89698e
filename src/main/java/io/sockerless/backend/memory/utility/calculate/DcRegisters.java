package io.sockerless.backend.memory.utility.calculate;

import io.sockerless.backend.memory.utility.Charge;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.calculate.DcStack.Item;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The registers of {@code dc}: each is a stack of its own, and has an array beside it. */
final class DcRegisters {

  private static final int ELEMENT = 96;

  private final Charge charge;
  private final Map<Character, DcStack> stacks = new HashMap<>();
  private final Map<Character, Map<Integer, Item>> arrays = new HashMap<>();

  DcRegisters(Charge charge) {
    this.charge = charge;
  }

  private DcStack register(char name) {
    return stacks.computeIfAbsent(name, it -> new DcStack(charge));
  }

  /** What a register holds, 0 if nothing was stored there. */
  Item value(char name) throws Failure {
    DcStack register = register(name);
    return register.size() == 0 ? new DcStack.Numeral(BigDecimal.ZERO) : register.peek();
  }

  /** Moves a value between the main stack and a register, or its array. */
  void command(char command, char name, DcStack stack) throws Failure {
    DcStack register = register(name);
    switch (command) {
      case 's' -> {
        Item value = stack.pop();
        if (register.size() > 0) {
          register.pop();
        }
        register.push(value);
      }
      case 'S' -> register.push(stack.pop());
      case 'l' -> stack.push(value(name));
      case 'L' -> stack.push(register.pop());
      case ':' -> store(name, FixedPoint.small(stack.popNumber()), stack.pop());
      default -> {
        int index = FixedPoint.small(stack.popNumber());
        stack.push(
            arrays
                .getOrDefault(name, Map.of())
                .getOrDefault(index, new DcStack.Numeral(BigDecimal.ZERO)));
      }
    }
  }

  private void store(char name, int index, Item value) {
    Map<Integer, Item> array = arrays.computeIfAbsent(name, it -> new HashMap<>());
    if (Optional.ofNullable(array.put(index, value)).isEmpty()) {
      charge.add(ELEMENT);
    }
  }
}
