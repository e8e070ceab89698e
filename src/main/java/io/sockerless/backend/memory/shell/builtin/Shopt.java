package io.sockerless.backend.memory.shell.builtin;

import io.sockerless.backend.memory.shell.BashOption;
import io.sockerless.backend.memory.shell.ShellOption;
import io.sockerless.backend.memory.shell.ShellState;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Bash's options beside those of {@code set}. */
final class Shopt {

  private Shopt() {}

  static int shopt(Invocation call) throws IOException {
    OptionLetters letters = OptionLetters.parse(call, "supqo");
    Options options = letters.has('o') ? new OfSet(call.state()) : new OfShopt(call.state());
    boolean sets = letters.has('s');
    boolean unsets = letters.has('u');
    if (letters.operands().isEmpty()) {
      for (String name : options.names()) {
        boolean on = options.isSet(name).orElse(false);
        if (on ? sets || !unsets : unsets || !sets) {
          call.print(letters.has('q') ? "" : options.line(name, on, letters.has('p')));
        }
      }
      return 0;
    }
    int status = 0;
    for (String name : letters.operands()) {
      Optional<Boolean> before = options.isSet(name);
      if (before.isEmpty()) {
        call.complain(name + ": invalid " + options.kind() + " name");
        status = 1;
      } else if (!sets && !unsets) {
        status |= before.get() ? 0 : 1;
        call.print(letters.has('q') ? "" : options.line(name, before.get(), letters.has('p')));
      } else if (!options.set(name, sets)) {
        call.complain(name + ": cannot be switched " + (sets ? "on" : "off") + " here");
        status = 1;
      }
    }
    return status;
  }

  /** Options by their names. */
  private interface Options {
    List<String> names();

    String kind();

    /** Whether one is on; nothing if there is none of that name. */
    Optional<Boolean> isSet(String name);

    /** Switches one, or tells that it cannot be. */
    boolean set(String name, boolean on);

    String line(String name, boolean on, boolean reusable);
  }

  private record OfShopt(ShellState state) implements Options {
    @Override
    public List<String> names() {
      return Arrays.stream(BashOption.values()).map(BashOption::longName).toList();
    }

    @Override
    public String kind() {
      return "shell option";
    }

    @Override
    public Optional<Boolean> isSet(String name) {
      return BashOption.of(name).map(state.bash().options()::contains);
    }

    @Override
    public boolean set(String name, boolean on) {
      BashOption option = BashOption.of(name).orElseThrow();
      if (option.canBe(on) && on) {
        state.bash().options().add(option);
      } else if (option.canBe(on)) {
        state.bash().options().remove(option);
      }
      return option.canBe(on);
    }

    @Override
    public String line(String name, boolean on, boolean reusable) {
      return reusable ? "shopt " + (on ? "-s " : "-u ") + name + "\n" : column(name, on);
    }
  }

  private record OfSet(ShellState state) implements Options {
    @Override
    public List<String> names() {
      return Arrays.stream(ShellOption.values())
          .filter(option -> option != ShellOption.INTERACTIVE && option != ShellOption.STDIN)
          .map(ShellOption::longName)
          .sorted()
          .toList();
    }

    @Override
    public String kind() {
      return "option";
    }

    @Override
    public Optional<Boolean> isSet(String name) {
      return ShellOption.of(name).map(state::has);
    }

    @Override
    public boolean set(String name, boolean on) {
      ShellOption option = ShellOption.of(name).orElseThrow();
      if (on) {
        state.options().add(option);
      } else {
        state.options().remove(option);
      }
      return true;
    }

    @Override
    public String line(String name, boolean on, boolean reusable) {
      return reusable ? "set " + (on ? "-o " : "+o ") + name + "\n" : column(name, on);
    }
  }

  private static String column(String name, boolean on) {
    return "%-15s\t%s\n".formatted(name, on ? "on" : "off");
  }
}
