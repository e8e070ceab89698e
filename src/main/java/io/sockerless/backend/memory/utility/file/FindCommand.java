package io.sockerless.backend.memory.utility.file;

import io.sockerless.backend.memory.kernel.Commands;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Charge;
import io.sockerless.backend.memory.utility.Console;
import io.sockerless.backend.memory.utility.Strings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The command of an {@code -exec}: one for each file, or one for as many as fit. */
final class FindCommand {

  private static final String PLACE = "{}";
  private static final int MOST_BYTES = 32_768;

  private final Console console;
  private final List<String> words;
  private final boolean gathers;
  private final boolean asks;
  private final String folder;
  private final List<String> gathered = new ArrayList<>();
  private final Charge charge;
  private int bytes;
  private boolean failed;

  /**
   * A command.
   *
   * @param gathers one command gets many files
   * @param asks somebody is asked before
   * @param inFolder it is run in the folder of the file
   */
  FindCommand(
      Console console, List<String> words, boolean gathers, boolean asks, boolean inFolder) {
    this.console = console;
    this.words = List.copyOf(words);
    this.gathers = gathers;
    this.asks = asks;
    this.folder = inFolder ? "." : "";
    this.charge = new Charge(console.task());
  }

  /** Runs it for a file, or keeps the file for later; tells whether it succeeded. */
  boolean run(String path) throws IOException {
    boolean inFolder = !folder.isEmpty();
    String shown = inFolder ? "./" + Strings.lastName(path) : path;
    if (gathers) {
      gathered.add(shown);
      charge.add(shown.length() + 64L);
      bytes += shown.length() + 1;
      if (bytes > MOST_BYTES) {
        finish();
      }
      return true;
    }
    List<String> command = words.stream().map(word -> word.replace(PLACE, shown)).toList();
    if (asks && !console.confirm("< " + String.join(" ", command) + " >")) {
      return false;
    }
    return runIn(inFolder ? parent(path) : "", command);
  }

  private static String parent(String path) {
    int slash = Strings.trimSlashes(path).lastIndexOf('/');
    return slash < 0 ? "." : slash == 0 ? "/" : path.substring(0, slash);
  }

  /** Runs it for all files that were kept. */
  void finish() throws IOException {
    if (gathered.isEmpty()) {
      charge.close();
      return;
    }
    List<String> command = new ArrayList<>();
    for (String word : words) {
      if (word.equals(PLACE)) {
        command.addAll(gathered);
      } else {
        command.add(word);
      }
    }
    gathered.clear();
    bytes = 0;
    charge.close();
    if (!runIn("", command)) {
      failed = true;
    }
  }

  /** Whether a command that got many files failed. */
  boolean hasFailed() {
    return failed;
  }

  private boolean runIn(String where, List<String> command) throws IOException {
    Task task = console.task();
    console.output().flush();
    if (Commands.find(task, command.getFirst()).isEmpty()) {
      task.complain(command.getFirst() + ": No such file or directory");
      return false;
    }
    Task child =
        task.fork(
            it -> Commands.execute(it, command),
            it -> {
              if (!where.isEmpty()) {
                it.files().changeDirectory(where);
              }
              return 0;
            });
    return task.waitFor(child) == 0;
  }
}
