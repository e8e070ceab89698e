package io.sockerless.backend.memory.shell.builtin;

import io.sockerless.backend.memory.kernel.Program;
import io.sockerless.backend.memory.shell.ControlFlow;
import io.sockerless.backend.memory.shell.syntax.Dialect;
import io.sockerless.backend.memory.utility.text.Echo;
import io.sockerless.backend.memory.utility.text.Printf;
import io.sockerless.backend.memory.utility.text.Test;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All commands that the shell runs itself. */
public final class Builtins {

  private static final Map<String, Builtin> ALL = new HashMap<>();
  private static final Map<String, Builtin> BASH = new HashMap<>();
  private static final Set<String> DECLARATIONS = Set.of("export", "readonly", "local");
  private static final Set<String> BASH_DECLARATIONS =
      Set.of("export", "readonly", "local", "declare", "typeset");

  static {
    special(":", call -> 0);
    special("break", Control::leave);
    special("continue", Control::goOn);
    special("return", Control.ending(ControlFlow.Return::new));
    special("exit", Control.ending(ControlFlow.Exit::new));
    special("eval", Evaluation::eval);
    special(".", Evaluation::source);
    special("source", Evaluation::source);
    special("exec", Evaluation::exec);
    special("export", Declarations::export);
    special("readonly", Declarations::readOnly);
    special("unset", Declarations::unset);
    special("local", Declarations::local);
    special("set", Settings::set);
    special("shift", Settings::shift);
    special("times", Resources::times);
    special("trap", Trap::trap);
    regular("true", call -> 0);
    regular("false", call -> 1);
    regular("let", Declarations::let);
    regular("getopts", Getopts::getopts);
    regular("alias", Aliases::alias);
    regular("unalias", Aliases::unalias);
    regular("command", Naming::command);
    regular("type", Naming::type);
    regular("hash", Naming::hash);
    regular("cd", Directories::cd);
    regular("chdir", Directories::cd);
    regular("pwd", Directories::pwd);
    regular("read", Reading::read);
    regular("umask", Resources::umask);
    regular("ulimit", Resources::ulimit);
    regular("jobs", JobControl::jobs);
    regular("fg", JobControl::foreground);
    regular("bg", JobControl::background);
    regular("wait", JobControl::await);
    regular("kill", Kill::kill);
    regular("test", utility(new Test()));
    regular("[", utility(new Test()));
    regular("echo", utility(new Echo()));
    regular("printf", utility(new Printf()));
    ALL.forEach(
        (name, builtin) -> BASH.put(name, new Builtin(name.equals("exec"), builtin.action())));
    for (String name : BASH_DECLARATIONS) {
      bash(name, Declare::declare);
    }
    bash("unset", Declare::unset);
    bash("shopt", Shopt::shopt);
    bash("printf", PrintInto::printf);
    bash("mapfile", MapFile::mapfile);
    bash("readarray", MapFile::mapfile);
    bash("pushd", FolderStack::push);
    bash("popd", FolderStack::pop);
    bash("dirs", FolderStack::list);
    bash("builtin", Naming::builtin);
    bash("caller", Naming::caller);
    bash("compgen", Completions::compgen);
    bash("complete", Completions::complete);
    bash("compopt", Completions::compopt);
    bash("test", SetTest::test);
    bash("[", SetTest::test);
    bash("disown", JobControl::disown);
  }

  private Builtins() {}

  private static void special(String name, Builtin.Action action) {
    ALL.put(name, new Builtin(true, action));
  }

  private static void bash(String name, Builtin.Action action) {
    BASH.put(name, new Builtin(false, action));
  }

  private static void regular(String name, Builtin.Action action) {
    ALL.put(name, new Builtin(false, action));
  }

  /** A utility that runs in the shell's task, for speed. */
  private static Builtin.Action utility(Program program) {
    return call -> {
      List<String> own = call.task().arguments();
      call.task().setArguments(call.words());
      try {
        return program.run(call.task());
      } finally {
        call.task().setArguments(own);
      }
    };
  }

  /** The built-in of a name. */
  public static Optional<Builtin> find(String name, Dialect dialect) {
    return Optional.ofNullable((dialect == Dialect.BASH ? BASH : ALL).get(name));
  }

  /** The names of all that a shell has. */
  public static Set<String> names(Dialect dialect) {
    return Set.copyOf((dialect == Dialect.BASH ? BASH : ALL).keySet());
  }

  /** Whether arguments that are assignments are expanded like ones. */
  public static boolean isDeclaration(String name, Dialect dialect) {
    return (dialect == Dialect.BASH ? BASH_DECLARATIONS : DECLARATIONS).contains(name);
  }
}
