package io.sockerless.backend.memory.shell;

import io.sockerless.backend.memory.fs.Credentials;
import io.sockerless.backend.memory.kernel.Task;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The variables that bash makes up when they are asked for.
 *
 * @see <a href="https://www.gnu.org/software/bash/manual/html_node/Bash-Variables.html">Bash
 *     Variables</a>
 */
public record BashParameters(Task task, ShellState state) {

  /** The version that it is like, which scripts ask for before they use what it has. */
  public static final List<String> VERSION =
      List.of("5", "2", "0", "1", "release", "x86_64-pc-linux-gnu");

  /** The same in one text. */
  public static final String VERSION_TEXT = "5.2.0(1)-release";

  /** The values of an array of that name; nothing if it is none of these. */
  Optional<List<String>> array(String name) {
    return switch (name) {
      case "FUNCNAME" ->
          Optional.of(
              state.functionDepth() == 0
                  ? List.of()
                  : state.bash().frames().stream().map(BashState.Frame::function).toList());
      case "BASH_SOURCE" -> Optional.of(sources());
      case "BASH_LINENO" -> Optional.of(lines());
      case "PIPESTATUS" ->
          Optional.of(state.bash().pipeline().stream().map(String::valueOf).toList());
      case "BASH_VERSINFO" -> Optional.of(VERSION);
      case "GROUPS" -> Optional.of(groups());
      default -> Optional.empty();
    };
  }

  /** Outside of functions a script's commands were called from nowhere. */
  private List<String> lines() {
    List<BashState.Frame> frames = state.bash().frames();
    return frames.isEmpty() && !state.bash().script().isEmpty()
        ? List.of("0")
        : frames.stream().map(frame -> Integer.toString(frame.line())).toList();
  }

  private List<String> sources() {
    String script = state.bash().script();
    List<BashState.Frame> frames = state.bash().frames();
    return frames.isEmpty()
        ? (script.isEmpty() ? List.of() : List.of(script))
        : frames.stream().map(BashState.Frame::source).toList();
  }

  private List<String> groups() {
    Credentials user = task.files().credentials();
    return List.of(Integer.toString(user.gid()));
  }

  private String options() {
    Stream<String> set = state.options().stream().map(ShellOption::longName);
    return Stream.concat(set, Stream.of("braceexpand", "interactive-comments"))
        .sorted()
        .collect(Collectors.joining(":"));
  }

  /** The value of a variable of that name; nothing if it is none of these. */
  Optional<String> value(String name) {
    Optional<List<String>> array = array(name);
    if (array.isPresent()) {
      return array.get().stream().findFirst();
    }
    return switch (name) {
      case "BASH_VERSION" -> Optional.of(VERSION_TEXT);
      case "BASHPID" -> Optional.of(Integer.toString(task.pid()));
      case "SHELLOPTS" -> Optional.of(options());
      case "BASH" -> Optional.of("/bin/bash");
      case "UID", "EUID" -> Optional.of(Integer.toString(task.files().credentials().uid()));
      case "SECONDS" -> Optional.of(Long.toString(state.bash().age().toSeconds()));
      case "EPOCHSECONDS" -> Optional.of(Long.toString(Instant.now().getEpochSecond()));
      case "EPOCHREALTIME" -> {
        Instant now = Instant.now();
        yield Optional.of("%d.%06d".formatted(now.getEpochSecond(), now.getNano() / 1000));
      }
      case "BASH_COMMAND" -> Optional.of(state.bash().command());
      case "BASH_SUBSHELL" -> Optional.of(Integer.toString(state.bash().subshells()));
      case "HOSTNAME" -> Optional.of(task.kernel().hostname());
      case "SRANDOM" ->
          Optional.of(Integer.toUnsignedString(ThreadLocalRandom.current().nextInt()));
      case "HOSTTYPE" -> Optional.of("x86_64");
      case "MACHTYPE" -> Optional.of(VERSION.getLast());
      case "OSTYPE" -> Optional.of("linux-gnu");
      default -> Optional.empty();
    };
  }
}
