package io.sockerless.backend.memory.shell.builtin;

import io.sockerless.backend.memory.kernel.Pattern;
import io.sockerless.backend.memory.kernel.Signal;
import io.sockerless.backend.memory.shell.BashOption;
import io.sockerless.backend.memory.shell.Completion;
import io.sockerless.backend.memory.shell.Quoting;
import io.sockerless.backend.memory.shell.ShellOption;
import io.sockerless.backend.memory.shell.ShellState;
import io.sockerless.backend.memory.shell.Variable;
import io.sockerless.backend.memory.shell.syntax.Parser;
import io.sockerless.backend.memory.shell.syntax.Part;
import io.sockerless.backend.memory.shell.syntax.Word;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The names that a completion finds for a text. */
final class Candidates {

  /** In the order that bash has them in. */
  private static final List<String> KEYWORDS =
      List.of(
          ("if then else elif fi case esac for select while until do done in function time"
                  + " { } ! [[ ]] coproc")
              .split(" "));

  private final Invocation call;
  private final ShellState state;
  private final Completion completion;

  Candidates(Invocation call, Completion completion) {
    this.call = call;
    this.state = call.state();
    this.completion = completion;
  }

  List<String> of(String prefix) throws IOException {
    List<String> names = new ArrayList<>();
    for (String action : completion.actions()) {
      named(action, prefix).filter(name -> name.startsWith(prefix)).forEach(names::add);
    }
    String pattern = completion.texts().get('G');
    if (pattern != null) {
      names.addAll(existing(List.of(new Part.Literal(pattern, false)), path -> true));
    }
    String words = completion.texts().get('W');
    if (words != null) {
      WordList.split(call, words).stream().filter(it -> it.startsWith(prefix)).forEach(names::add);
    }
    names.addAll(computed(prefix));
    String filter = completion.texts().get('X');
    if (filter != null) {
      names.removeIf(dropped(filter, prefix));
    }
    String before = completion.texts().getOrDefault('P', "");
    String after = completion.texts().getOrDefault('S', "");
    names.replaceAll(name -> before + name + after);
    boolean folders = names.isEmpty() && completion.options().contains("dirnames");
    if (folders || completion.options().contains("plusdirs")) {
      names.addAll(files(prefix, this::isFolder));
    }
    boolean files = completion.options().contains("default");
    if (names.isEmpty() && (files || completion.options().contains("bashdefault"))) {
      names.addAll(files(prefix, path -> true));
    }
    return names;
  }

  private Stream<String> named(String action, String prefix) throws IOException {
    return switch (action) {
      case "alias" -> state.aliases().keySet().stream().sorted();
      case "arrayvar" -> variables(variable -> variable.array().isPresent());
      case "builtin", "enabled", "helptopic" ->
          new TreeSet<>(Builtins.names(state.dialect())).stream();
      case "command" -> commands(prefix);
      case "directory" -> files(prefix, this::isFolder).stream();
      case "export" -> variables(Variable::exported);
      case "file" -> files(prefix, path -> true).stream();
      case "function" -> new TreeSet<>(state.functions().keySet()).stream();
      case "group" -> firstFields("/etc/group");
      case "hostname" -> hosts();
      case "keyword" -> KEYWORDS.stream();
      case "setopt" -> Arrays.stream(ShellOption.values()).map(ShellOption::longName).sorted();
      case "shopt" -> Arrays.stream(BashOption.values()).map(BashOption::longName);
      case "signal" ->
          Stream.concat(
              Arrays.stream(Signal.values()).map(signal -> "SIG" + signal.name()),
              Stream.of("DEBUG", "ERR", "EXIT", "RETURN"));
      case "user" -> firstFields("/etc/passwd");
      case "variable" -> variables(variable -> variable.value().isPresent());
      default -> Stream.empty();
    };
  }

  private Stream<String> variables(Predicate<Variable> which) {
    return state.variables().all().entrySet().stream()
        .filter(entry -> which.test(entry.getValue()))
        .map(Map.Entry::getKey)
        .sorted();
  }

  private Stream<String> commands(String prefix) throws IOException {
    List<String> names = new ArrayList<>(new TreeSet<>(state.aliases().keySet()));
    names.addAll(KEYWORDS);
    names.addAll(new TreeSet<>(state.functions().keySet()));
    names.addAll(new TreeSet<>(Builtins.names(state.dialect())));
    if (prefix.indexOf('/') >= 0) {
      return files(prefix, this::isProgram).stream();
    }
    for (String folder : state.variables().get("PATH", "").split(":", -1)) {
      String start = folder.isEmpty() ? "" : folder + "/";
      for (String path : files(start + prefix, this::isProgram)) {
        names.add(path.substring(start.length()));
      }
    }
    return names.stream();
  }

  private Stream<String> firstFields(String file) throws IOException {
    if (!call.task().files().exists(file)) {
      return Stream.empty();
    }
    return lines(file).map(line -> line.split(":", 2)[0]).filter(name -> !name.isEmpty());
  }

  private Stream<String> hosts() throws IOException {
    if (!call.task().files().exists("/etc/hosts")) {
      return Stream.empty();
    }
    return lines("/etc/hosts")
        .map(line -> line.replaceFirst("#.*", "").strip())
        .flatMap(line -> Arrays.stream(line.split("\\s+")).skip(1));
  }

  private Stream<String> lines(String file) throws IOException {
    return expanded("$(< " + file + ")").lines();
  }

  /** What a function or a program answers. */
  private List<String> computed(String prefix) throws IOException {
    List<String> names = new ArrayList<>();
    String arguments = " compgen " + Quoting.quote(prefix) + " ''";
    String function = completion.texts().get('F');
    if (function != null) {
      call.complain("warning: -F option may not work as you expect");
      call.shell().evaluateHere(Quoting.quote(function) + arguments);
      names.addAll(state.variables().variable("COMPREPLY").values());
    }
    String program = completion.texts().get('C');
    if (program != null) {
      call.complain("warning: -C option may not work as you expect");
      expanded("$(" + program + arguments + ")").lines().forEach(names::add);
    }
    return names;
  }

  private String expanded(String text) throws IOException {
    return call.shell().expander().document(Parser.prompt(text, state.dialect()));
  }

  /** Files that begin so, hidden ones too. */
  private List<String> files(String prefix, Predicate<String> which) throws IOException {
    Part start = new Part.Literal(prefix, true);
    List<String> paths =
        new ArrayList<>(existing(List.of(start, new Part.Literal("*", false)), which));
    if (prefix.isEmpty() || prefix.endsWith("/")) {
      paths.addAll(existing(List.of(start, new Part.Literal(".[!.]*", false)), which));
    }
    return paths;
  }

  private List<String> existing(List<Part> pattern, Predicate<String> which) throws IOException {
    List<String> paths = new ArrayList<>();
    for (String path : call.shell().expander().fields(List.of(new Word(pattern)))) {
      if (call.shell().search().isThere(path) && which.test(path)) {
        paths.add(path);
      }
    }
    return paths;
  }

  private boolean isFolder(String path) {
    return call.shell().search().isFolder(path);
  }

  private boolean isProgram(String path) {
    return !isFolder(path) && call.shell().search().isExecutable(path);
  }

  /** Whether a pattern takes a name away, in which an ampersand stands for the text. */
  private Predicate<String> dropped(String filter, String prefix) {
    boolean keeps = filter.startsWith("!");
    String text = (keeps ? filter.substring(1) : filter).replace("&", prefix);
    Pattern pattern =
        state.bash().options().contains(BashOption.EXTGLOB)
            ? Pattern.extended(text)
            : Pattern.of(text);
    return name -> pattern.matches(name) != keeps;
  }
}
