package io.sockerless.backend.memory.shell.builtin;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Folders to come back to. */
final class FolderStack {

  private FolderStack() {}

  static int push(Invocation call) throws IOException {
    Deque<String> folders = call.state().bash().folders();
    String here = Directories.current(call);
    List<String> operands = new ArrayList<>(call.operands());
    operands.remove("-n");
    String target;
    if (operands.isEmpty()) {
      if (folders.isEmpty()) {
        call.complain("no other directory");
        return 1;
      }
      target = folders.pop();
    } else {
      target = operands.getFirst();
    }
    int status = change(call, target);
    if (status == 0) {
      folders.push(here);
      return list(call);
    }
    return status;
  }

  static int pop(Invocation call) throws IOException {
    Deque<String> folders = call.state().bash().folders();
    if (folders.isEmpty()) {
      call.complain("directory stack empty");
      return 1;
    }
    int status = change(call, folders.pop());
    return status == 0 ? list(call) : status;
  }

  static int list(Invocation call) throws IOException {
    Deque<String> folders = call.state().bash().folders();
    if (call.name().equals("dirs") && call.arguments().contains("-c")) {
      folders.clear();
      return 0;
    }
    List<String> all = new ArrayList<>();
    all.add(Directories.current(call));
    all.addAll(folders);
    String home = call.state().variables().get("HOME", "");
    all.replaceAll(folder ->
        !home.isEmpty() && (folder.equals(home) || folder.startsWith(home + "/"))
            ? "~" + folder.substring(home.length())
            : folder);
    call.print(String.join(" ", all) + "\n");
    return 0;
  }

  private static int change(Invocation call, String target) throws IOException {
    return Directories.cd(new Invocation(call.shell(), List.of("cd", target)));
  }
}
