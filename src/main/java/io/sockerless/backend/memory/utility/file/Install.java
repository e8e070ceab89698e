package io.sockerless.backend.memory.utility.file;

import io.sockerless.backend.memory.fs.Paths;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Accounts;
import io.sockerless.backend.memory.utility.Console;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;

/** Copies files to where they are used, with their mode and owner. */
final class Install extends Utility {

  private static final int USUAL_MODE = 0755;

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options =
        Options.parse(
            task,
            "cdDpsg:m:o:t:v",
            "directory=d",
            "preserve-timestamps=p",
            "strip=s",
            "group=g",
            "mode=m",
            "owner=o",
            "target-directory=t",
            "verbose=v");
    Console console = new Console(task, output);
    Settings settings = Settings.of(task, options);
    List<String> operands = options.operands(1, Integer.MAX_VALUE);
    if (options.has('d')) {
      for (String folder : operands) {
        makeFolder(console, settings, folder);
      }
      return console.code();
    }
    if (options.has('D')) {
      String target = operands.getLast();
      String folder = Paths.parent(target.startsWith("/") ? target : "./" + target);
      Folders.makeAll(task, options.value('t').orElse(folder), USUAL_MODE);
    }
    Destination destination = Destination.of(task, options, source -> false);
    FileCopy copy = new FileCopy(console, rules(options), TreeWalk.Links.ALWAYS);
    for (String source : destination.sources()) {
      String target = destination.of(source);
      if (copy.copy(source, target)) {
        settings.apply(console, target);
      }
    }
    return console.code();
  }

  private static EnumSet<FileCopy.Rule> rules(Options options) {
    EnumSet<FileCopy.Rule> rules = EnumSet.of(FileCopy.Rule.FORCE);
    if (options.has('p')) {
      rules.add(FileCopy.Rule.PRESERVE);
    }
    if (options.has('v')) {
      rules.add(FileCopy.Rule.VERBOSE);
    }
    return rules;
  }

  private static void makeFolder(Console console, Settings settings, String folder)
      throws IOException {
    try {
      Folders.makeAll(console.task(), folder, USUAL_MODE);
      settings.apply(console, folder);
    } catch (Failure e) {
      console.complain(e);
    }
  }

  private record Settings(int mode, int uid, int gid) {

    static Settings of(Task task, Options options) throws Failure {
      Accounts accounts = Accounts.of(task.files());
      int mode = USUAL_MODE;
      if (options.value('m').isPresent()) {
        mode = ModeChange.parse(options.value('m').get()).apply(0, false, 0);
      }
      int uid = options.value('o').isPresent() ? accounts.uid(options.value('o').get()) : -1;
      int gid = options.value('g').isPresent() ? accounts.gid(options.value('g').get()) : -1;
      return new Settings(mode, uid, gid);
    }

    void apply(Console console, String path) throws IOException {
      Task task = console.task();
      try {
        if (uid >= 0 || gid >= 0) {
          task.files().setOwner(path, uid, gid, true);
        }
        task.files().setMode(path, mode);
      } catch (PosixException e) {
        console.complain("can't change mode or ownership of '" + path + "'", e);
      }
    }
  }
}
