package io.sockerless.agent.program;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What {@code java -jar sockerless-agent.jar} runs: the agent, in front of a container's command
 * and in its place as process 1.
 */
public final class Main {

  private static final int WRONG_USAGE = 125;
  private static final int LAST_WORDS_SECONDS = 10;
  private static final int KILL = 9;

  private Main() {}

  /** Runs until the command has ended, and takes over its exit code. */
  public static void main(String[] arguments) {
    Options options;
    try {
      List<String> given = OwnProcess.arguments(arguments.length);
      if (List.of("--help").equals(given)) {
        System.err.println(Options.USAGE);
        return;
      }
      options = Options.parse(given, OwnProcess.environment()).checked();
    } catch (IllegalArgumentException e) {
      Log.say(String.valueOf(e.getMessage()));
      System.err.println(Options.USAGE);
      System.exit(WRONG_USAGE);
      return;
    }
    try (Reaper _ = new Reaper()) {
      System.exit(run(options));
    } catch (IllegalArgumentException e) {
      Log.say(String.valueOf(e.getMessage()));
      System.exit(WRONG_USAGE);
    } catch (InterruptedException e) {
      System.exit(1);
    }
  }

  private static int run(Options options) throws InterruptedException {
    WrappedCommand command = new WrappedCommand(options);
    CompletableFuture<Integer> stopped = new CompletableFuture<>();
    Sessions sessions = new Sessions(command, () -> stopped.complete(0));
    if (!options.keepAlive()) {
      var _ = command.ended().thenAccept(stopped::complete);
    }
    Connections connections = new Connections(options, sessions.link());
    connections.start(() -> stopped.complete(1));
    int code = stopped.join();
    ProcessTable.signalAll(KILL);
    try {
      if (!sessions.link().awaitConfirmed(LAST_WORDS_SECONDS)) {
        Log.say("the server does not know of the end");
      }
    } finally {
      connections.close();
    }
    return code;
  }
}
