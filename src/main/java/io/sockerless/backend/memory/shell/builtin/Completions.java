package io.sockerless.backend.memory.shell.builtin;

import io.sockerless.backend.memory.shell.Completion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What scripts define for the completion of commands at a terminal: nothing here asks for it by
 * itself, but scripts list, change and ask for what they defined.
 */
final class Completions {

  private static final String UNUSUAL = "DEI";

  private Completions() {}

  static int complete(Invocation call) throws IOException {
    CompletionArguments arguments = CompletionArguments.parse(call, "pr" + UNUSUAL);
    Map<String, Completion> all = call.state().bash().completions();
    List<String> names = names(arguments);
    if (arguments.has('p') || (names.isEmpty() && call.arguments().isEmpty())) {
      return list(call, all, names);
    }
    if (arguments.has('r')) {
      return remove(call, all, names);
    }
    if (names.isEmpty()) {
      throw call.abort("usage: complete [-abcdefgjksuv] [-pr] [-DEI] [-o option] [name ...]");
    }
    names.forEach(name -> all.put(name, arguments.completion()));
    return 0;
  }

  /** The commands; one of the letters for what is no command's stands for all others. */
  private static List<String> names(CompletionArguments arguments) {
    for (int i = 0; i < UNUSUAL.length(); i++) {
      if (arguments.has(UNUSUAL.charAt(i))) {
        return List.of("-" + UNUSUAL.charAt(i));
      }
    }
    return arguments.operands();
  }

  private static int list(Invocation call, Map<String, Completion> all, List<String> names)
      throws IOException {
    int status = 0;
    for (String name : names.isEmpty() ? List.copyOf(all.keySet()) : names) {
      Completion completion = all.get(name);
      if (completion == null) {
        status = missing(call, name);
      } else {
        call.print(completion.definition(name) + "\n");
      }
    }
    return status;
  }

  private static int remove(Invocation call, Map<String, Completion> all, List<String> names) {
    if (names.isEmpty()) {
      all.clear();
    }
    int status = 0;
    for (String name : names) {
      status = all.remove(name) == null ? missing(call, name) : status;
    }
    return status;
  }

  private static int missing(Invocation call, String name) {
    call.complain(name + ": no completion specification");
    return 1;
  }

  /** Changes what is done with the names of completions that there are. */
  static int compopt(Invocation call) throws IOException {
    SortedSet<String> on = new TreeSet<>();
    SortedSet<String> off = new TreeSet<>();
    List<String> names = new ArrayList<>();
    List<String> arguments = call.arguments();
    int i = 0;
    while (i < arguments.size() && arguments.get(i).matches("[-+].+")) {
      String argument = arguments.get(i++);
      if (argument.equals("--")) {
        break;
      }
      if (argument.matches("-[DEI]")) {
        names.add(argument);
      } else if (argument.startsWith("o", 1) && (argument.length() > 2 || i < arguments.size())) {
        String option = argument.length() > 2 ? argument.substring(2) : arguments.get(i++);
        (argument.startsWith("-") ? on : off).add(CompletionArguments.option(call, option));
      } else {
        throw call.abort(argument.substring(0, 2) + ": invalid option");
      }
    }
    names.addAll(arguments.subList(i, arguments.size()));
    if (names.isEmpty()) {
      call.complain("not currently executing completion function");
      return 1;
    }
    int status = 0;
    Map<String, Completion> all = call.state().bash().completions();
    for (String name : names) {
      Completion before = all.get(name);
      if (before == null) {
        status = missing(call, name);
        continue;
      }
      SortedSet<String> options = new TreeSet<>(before.options());
      options.addAll(on);
      options.removeAll(off);
      all.put(name, new Completion(before.actions(), options, before.texts()));
    }
    return status;
  }

  /** Lists the names that begin with a text, of the kinds that the options say. */
  static int compgen(Invocation call) throws IOException {
    CompletionArguments arguments = CompletionArguments.parse(call, "");
    String prefix = arguments.operands().isEmpty() ? "" : arguments.operands().getFirst();
    List<String> found = new Candidates(call, arguments.completion()).of(prefix);
    for (String name : found) {
      call.print(name + "\n");
    }
    return found.isEmpty() ? 1 : 0;
  }
}
