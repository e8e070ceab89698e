package io.sockerless.backend.memory.utility.calculate;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Charge;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.calculate.DcStack.Item;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;

/** Runs programs of {@code dc}: a character a command. */
final class DcMachine {

  private static final int MAX_BASE = 16;
  private static final int MAX_OUTPUT_BASE = 999;
  private static final int MAX_DEPTH = 1_000;

  private final Task task;
  private final Printer printer;
  private final Lexer.Lines input;
  private final DcStack stack;
  private final DcRegisters registers;
  private int inputBase = 10;
  private int outputBase = 10;
  private int scale;
  private int depth;

  /** How many levels of texts are still to be left; the program ends when they are all. */
  private int leaving;

  DcMachine(Task task, Printer printer, Lexer.Lines input, Charge charge) {
    this.task = task;
    this.printer = printer;
    this.input = input;
    this.stack = new DcStack(charge);
    this.registers = new DcRegisters(charge);
  }

  /** Whether all texts that begin in a program end there. */
  static boolean isComplete(CharSequence program) {
    int open = 0;
    boolean comment = false;
    for (int i = 0; i < program.length(); i++) {
      char c = program.charAt(i);
      comment = c != '\n' && (comment || (c == '#' && open == 0));
      if (!comment) {
        open += c == '[' ? 1 : c == ']' ? -1 : 0;
      }
    }
    return open <= 0;
  }

  /** Runs a program; false if it said to end. */
  boolean run(String program) throws IOException {
    if (depth == MAX_DEPTH) {
      throw new Failure("programs run each other too deep");
    }
    depth++;
    DcSource source = new DcSource(program);
    while (source.hasMore() && leaving == 0) {
      task.checkpoint();
      command(source.next(), source);
    }
    depth--;
    if (leaving == 0) {
      return true;
    }
    leaving--;
    boolean ends = leaving > 0 || depth == 0;
    if (depth == 0) {
      leaving = 0;
    }
    return !ends;
  }

  private void command(char c, DcSource source) throws IOException {
    if (DcSource.isDigit(c) || c == '.') {
      stack.push(Digits.parse(source.number(c), inputBase));
      return;
    }
    switch (c) {
      case ' ', '\t', '\n', '\r' -> {}
      case '#' -> source.skipLine();
      case '_' -> stack.push(Digits.parse(source.number(source.next()), inputBase).negate());
      case '[' -> stack.push(new DcStack.Text(source.bracketed()));
      case '+', '-', '*', '/', '%', '^', '~', '|', 'v' -> calculate(c);
      case 'p', 'n', 'P', 'f' -> print(c);
      case 'c' -> stack.clear();
      case 'd' -> stack.push(stack.peek());
      case 'r' -> stack.swap();
      case 'R' -> stack.pop();
      case 'z' -> stack.push(BigDecimal.valueOf(stack.size()));
      case 'Z' -> stack.push(BigDecimal.valueOf(length(stack.pop())));
      case 'X' ->
          stack.push(
              BigDecimal.valueOf(
                  stack.pop() instanceof DcStack.Numeral it ? it.value().scale() : 0));
      case 'a' -> stack.push(new DcStack.Text(asCharacter(stack.pop())));
      case 'N' -> stack.push(FixedPoint.of(stack.popNumber().signum() == 0));
      case 'k', 'i', 'o', 'K', 'I', 'O' -> setting(c);
      case 's', 'S', 'l', 'L', ':', ';' -> registers.command(c, source.next(), stack);
      case '<', '>', '=' -> runIf(String.valueOf(c), source);
      case '!' -> runUnless(source);
      case 'x' -> execute(stack.pop());
      case '?' -> run(input.next().orElse(""));
      case 'q' -> leaving = 2;
      case 'Q' -> leaving = FixedPoint.small(stack.popNumber());
      default -> throw new Failure("bad character '" + c + "'");
    }
  }

  private static int length(Item item) {
    return switch (item) {
      case DcStack.Numeral it -> FixedPoint.length(it.value());
      case DcStack.Text it -> it.text().length();
    };
  }

  /** The character of a number's last byte, or a text's first. */
  private static String asCharacter(Item item) {
    return switch (item) {
      case DcStack.Numeral it ->
          String.valueOf((char) (it.value().toBigInteger().intValue() & 0xff));
      case DcStack.Text it -> it.text().isEmpty() ? "" : it.text().substring(0, 1);
    };
  }

  private void calculate(char operator) throws IOException {
    stack.require(operator == 'v' ? 1 : operator == '|' ? 3 : 2);
    BigDecimal right = stack.popNumber();
    if (operator == 'v') {
      stack.push(FixedPoint.root(right, scale));
      return;
    }
    BigDecimal left = stack.popNumber();
    switch (operator) {
      case '+' -> stack.push(left.add(right));
      case '-' -> stack.push(left.subtract(right));
      case '*' -> stack.push(FixedPoint.multiply(left, right, scale));
      case '/' -> stack.push(FixedPoint.divide(left, right, scale));
      case '%' -> stack.push(FixedPoint.remainder(left, right, scale));
      case '^' -> stack.push(FixedPoint.power(left, right, scale));
      case '|' -> stack.push(modularPower(stack.popNumber(), left, right));
      default -> {
        stack.push(FixedPoint.divide(left, right, scale));
        stack.push(FixedPoint.remainder(left, right, scale));
      }
    }
  }

  private static BigDecimal modularPower(BigDecimal base, BigDecimal exponent, BigDecimal modulus)
      throws Failure {
    if (modulus.signum() == 0) {
      throw new Failure("divide by zero");
    }
    if (exponent.signum() < 0) {
      throw new Failure("negative number");
    }
    BigInteger divisor = modulus.toBigInteger().abs();
    BigInteger power = base.toBigInteger().modPow(exponent.toBigInteger(), divisor);
    return new BigDecimal(power);
  }

  private void print(char command) throws IOException {
    switch (command) {
      case 'p' -> {
        printItem(stack.peek());
        printer.line();
      }
      case 'n' -> printItem(stack.pop());
      case 'f' -> {
        for (Item item : stack.items()) {
          printItem(item);
          printer.line();
        }
      }
      default -> {
        switch (stack.pop()) {
          case DcStack.Numeral it -> printer.bytes(magnitude(it.value()));
          case DcStack.Text it -> printer.text(it.text());
        }
      }
    }
  }

  /** A number's bytes, the most significant first. */
  private static byte[] magnitude(BigDecimal value) {
    byte[] bytes = value.toBigInteger().abs().toByteArray();
    return bytes.length > 1 && bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
  }

  private void printItem(Item item) throws IOException {
    switch (item) {
      case DcStack.Numeral it -> printer.number(it.value(), outputBase);
      case DcStack.Text it -> printer.text(it.text());
    }
  }

  private void setting(char command) throws Failure {
    switch (command) {
      case 'K' -> stack.push(BigDecimal.valueOf(scale));
      case 'I' -> stack.push(BigDecimal.valueOf(inputBase));
      case 'O' -> stack.push(BigDecimal.valueOf(outputBase));
      case 'k' -> {
        int digits = FixedPoint.small(stack.popNumber());
        FixedPoint.requireDigits(digits);
        scale = digits;
      }
      case 'i' -> inputBase = base("ibase", MAX_BASE);
      default -> outputBase = base("obase", MAX_OUTPUT_BASE);
    }
  }

  private int base(String name, int most) throws Failure {
    int base = FixedPoint.small(stack.popNumber());
    if (base < 2 || base > most) {
      throw new Failure("bad " + name + "; must be [2," + most + "]");
    }
    return base;
  }

  private void runUnless(DcSource source) throws IOException {
    char c = source.next();
    if ("<>=".indexOf(c) < 0) {
      throw new Failure("bad character '!'");
    }
    runIf("!" + c, source);
  }

  /** Runs a register's text if the numbers on top compare so, or that of another register. */
  private void runIf(String operator, DcSource source) throws IOException {
    char then = source.next();
    boolean hasElse = source.accept('e');
    char otherwise = hasElse ? source.next() : then;
    BigDecimal top = stack.popNumber();
    int order = top.compareTo(stack.popNumber());
    boolean holds =
        switch (operator) {
          case "<" -> order < 0;
          case ">" -> order > 0;
          case "=" -> order == 0;
          case "!<" -> order >= 0;
          case "!>" -> order <= 0;
          default -> order != 0;
        };
    if (!holds && !hasElse) {
      return;
    }
    if (registers.value(holds ? then : otherwise) instanceof DcStack.Text text) {
      run(text.text());
    } else {
      throw new Failure("variable is wrong type");
    }
  }

  private void execute(Item item) throws IOException {
    switch (item) {
      case DcStack.Numeral it -> stack.push(it);
      case DcStack.Text it -> run(it.text());
    }
  }
}
