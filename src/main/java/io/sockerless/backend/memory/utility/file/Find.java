package io.sockerless.backend.memory.utility.file;

import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Console;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Finds files by an expression, and does something with them. */
final class Find extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Console console = new Console(task, output);
    List<String> arguments = task.arguments();
    int at = 1;
    TreeWalk.Links links = TreeWalk.Links.NEVER;
    while (at < arguments.size() && arguments.get(at).matches("-[HLP]")) {
      links =
          switch (arguments.get(at++).charAt(1)) {
            case 'H' -> TreeWalk.Links.FIRST;
            case 'L' -> TreeWalk.Links.ALWAYS;
            default -> TreeWalk.Links.NEVER;
          };
    }
    List<String> paths = new ArrayList<>();
    while (at < arguments.size() && !isExpression(arguments.get(at))) {
      paths.add(arguments.get(at++));
    }
    FindParser parser = new FindParser(console, arguments.subList(at, arguments.size()));
    FindParser.Plan plan = parser.parse();
    Search search = new Search(console, plan);
    for (String path : paths.isEmpty() ? List.of(".") : paths) {
      if (!search.isDone()) {
        TreeWalk.walk(task, path, plan.follow() ? TreeWalk.Links.ALWAYS : links, search);
      }
    }
    for (FindCommand command : plan.commands()) {
      command.finish();
      if (command.hasFailed()) {
        console.fail();
      }
    }
    return console.code();
  }

  private static boolean isExpression(String argument) {
    return (argument.startsWith("-") && argument.length() > 1)
        || argument.equals("(")
        || argument.equals("!");
  }

  /** The walk, which the expression looks at each file of. */
  private static final class Search implements TreeWalk.Visitor {
    private final Console console;
    private final FindParser.Plan plan;
    private final FindParser.State state;
    private long device;

    Search(Console console, FindParser.Plan plan) {
      this.console = console;
      this.plan = plan;
      this.state = plan.state();
    }

    @Override
    public boolean enter(TreeWalk.Entry entry) throws IOException {
      if (entry.depth() == 0) {
        device = entry.stat().device();
      }
      boolean inside = entry.depth() >= plan.leastDepth();
      boolean down =
          entry.stat().isDirectory()
              && entry.depth() < plan.mostDepth()
              && (!plan.sameDevice() || entry.stat().device() == device);
      if (plan.depthFirst() && down) {
        return true;
      }
      state.begin();
      if (inside && entry.depth() <= plan.mostDepth()) {
        plan.expression().test(entry);
      }
      return down && !state.isPruned() && !state.isDone();
    }

    @Override
    public void leave(TreeWalk.Entry folder) throws IOException {
      if (plan.depthFirst() && folder.depth() >= plan.leastDepth() && !state.isDone()) {
        plan.expression().test(folder);
      }
    }

    @Override
    public boolean isDone() {
      return state.isDone();
    }

    @Override
    public void failed(String path, PosixException reason) throws IOException {
      console.complain(path, reason);
    }
  }
}
