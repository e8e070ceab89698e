package io.sockerless.backend.memory.shell.builtin;

import io.sockerless.backend.memory.fs.FileStat;
import io.sockerless.backend.memory.fs.Paths;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.shell.Variables;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The working directory, as the way that led there names it. */
final class Directories {

  private Directories() {}

  static int cd(Invocation call) throws IOException {
    OptionLetters options = OptionLetters.parse(call, "LPe");
    List<String> operands = options.operands();
    Variables variables = call.state().variables();
    Optional<String> home = variables.get("HOME");
    if (operands.isEmpty() && home.isEmpty()) {
      return 0;
    }
    String target = operands.isEmpty() ? home.get() : operands.getFirst();
    boolean shown = target.equals("-");
    if (shown) {
      target = variables.get("OLDPWD", variables.get("PWD", "/"));
    }
    if (target.isEmpty()) {
      target = ".";
    }
    boolean absolute = target.startsWith("/") || target.matches("\\.\\.?(/.*)?");
    String folders = absolute ? "" : variables.get("CDPATH", "");
    for (String folder : (folders.isEmpty() ? "" : folders + ":").split(":", -1)) {
      String candidate = folder.isEmpty() ? target : folder + "/" + target;
      if (change(call, candidate, options.has('P'))) {
        if (shown || !folder.isEmpty()) {
          call.print(variables.get("PWD", "") + "\n");
        }
        return 0;
      }
    }
    String reason = reason(call, target);
    throw call.failure("can't cd to " + target + ": " + reason, target + ": " + reason);
  }

  private static String reason(Invocation call, String target) throws IOException {
    try {
      call.task().files().copy().changeDirectory(target);
      return "";
    } catch (PosixException e) {
      return e.errno().text();
    }
  }

  private static boolean change(Invocation call, String target, boolean physical)
      throws IOException {
    Paths files = call.task().files();
    String before = current(call);
    String logical = physical ? target : normalize(before, target);
    try {
      files.changeDirectory(logical);
    } catch (PosixException e) {
      return false;
    }
    Variables variables = call.state().variables();
    boolean exported = variables.all().containsKey("PWD") && variables.all().get("PWD").exported();
    variables.set("OLDPWD", before);
    variables.set("PWD", physical ? files.directory() : logical);
    if (exported) {
      variables.export("OLDPWD", Optional.empty());
    }
    return true;
  }

  /** The variable's value if it is true, else what the file system says. */
  static String current(Invocation call) {
    Paths files = call.task().files();
    String variable = call.state().variables().get("PWD", "");
    try {
      if (variable.startsWith("/")) {
        FileStat named = files.stat(variable);
        if (named.isSameFile(files.stat("."))) {
          return variable;
        }
      }
    } catch (IOException e) {
      return files.directory();
    }
    return files.directory();
  }

  private static String normalize(String from, String target) {
    Deque<String> names = new ArrayDeque<>();
    String whole = target.startsWith("/") ? target : from + "/" + target;
    for (String name : whole.split("/+", -1)) {
      if (name.equals("..")) {
        names.pollLast();
      } else if (!name.isEmpty() && !name.equals(".")) {
        names.addLast(name);
      }
    }
    return "/" + String.join("/", names);
  }

  static int pwd(Invocation call) throws IOException {
    OptionLetters options = OptionLetters.parse(call, "LP");
    String directory = options.has('P') ? call.task().files().directory() : current(call);
    call.print(directory + "\n");
    return 0;
  }
}
