package io.sockerless.backend.memory.utility.file;

import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.kernel.Commands;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.utility.Console;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Input;
import io.sockerless.backend.memory.utility.Numbers;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs a command with arguments that it reads. */
final class Xargs extends Utility {

  private static final int MOST_BYTES = 32_768;
  private static final int FAILED = 123;
  private static final int ABORTED = 124;
  private static final int KILLED = 125;
  private static final int MAX_PARALLEL = 256;

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options =
        Options.parse(
            task,
            "+0rtpxn:s:P:a:E:e::I:i::L:l::d:",
            "null=0",
            "no-run-if-empty=r",
            "verbose=t",
            "interactive=p",
            "exit=x",
            "max-args=n",
            "max-chars=s",
            "max-procs=P",
            "arg-file=a",
            "replace=I",
            "max-lines=L",
            "delimiter=d");
    Optional<String> file = options.value('a');
    try (Input input = file.isPresent() ? Input.required(task, file.get()) : Input.standard(task)) {
      return new Run(task, output, options, input).run();
    }
  }

  private static int separator(String text) throws Failure {
    byte[] bytes = Text.encode(text.replace("\\n", "\n").replace("\\t", "\t").replace("\\0", "\0"));
    if (bytes.length != 1) {
      throw new Failure("invalid delimiter '" + text + "'");
    }
    return bytes[0] & 0xff;
  }

  private static final class Run {
    private final Task task;
    private final Console console;
    private final Options options;
    private final XargsInput input;
    private final List<String> command;
    private final Optional<String> place;
    private final int mostArguments;
    private final int mostLines;
    private final int mostBytes;
    private final int parallel;
    private final boolean standardInputIsOurs;
    private final List<Task> running = new ArrayList<>();
    private Optional<String> kept = Optional.empty();
    private int code;
    private boolean aborted;

    Run(Task task, Output output, Options options, Input input) throws Failure {
      this.task = task;
      this.console = new Console(task, output);
      this.options = options;
      this.command = options.operands().isEmpty() ? List.of("echo") : options.operands();
      boolean replaces = options.has('I') || options.has('i');
      this.place =
          replaces
              ? options.value('I').or(() -> options.value('i')).or(() -> Optional.of("{}"))
              : Optional.empty();
      this.mostArguments =
          options.value('n').isPresent()
              ? Numbers.integer(options.value('n').get(), 1, Integer.MAX_VALUE)
              : Integer.MAX_VALUE;
      boolean byLine = options.has('L') || options.has('l');
      this.mostLines =
          byLine
              ? Numbers.integer(
                  options.value('L').or(() -> options.value('l')).orElse("1"), 1, Integer.MAX_VALUE)
              : Integer.MAX_VALUE;
      int words = command.stream().mapToInt(word -> Text.encode(word).length + 1).sum();
      int bytes =
          options.value('s').isPresent()
              ? Numbers.integer(options.value('s').get(), 1, Integer.MAX_VALUE)
              : MOST_BYTES;
      this.mostBytes = bytes - words;
      this.standardInputIsOurs = options.value('a').isEmpty();
      int asked =
          options.value('P').isPresent()
              ? Numbers.integer(options.value('P').get(), 0, Integer.MAX_VALUE)
              : 1;
      this.parallel = asked == 0 ? MAX_PARALLEL : Math.min(asked, MAX_PARALLEL);
      boolean zero = options.has('0');
      XargsInput.Style style =
          zero || options.has('d')
              ? XargsInput.Style.SEPARATED
              : replaces ? XargsInput.Style.LINES : XargsInput.Style.WORDS;
      int separator = zero ? 0 : options.has('d') ? separator(options.value('d').orElse("")) : 0;
      Optional<String> end = options.value('E').or(() -> options.value('e'));
      this.input = new XargsInput(input, style, separator, end);
    }

    int run() throws IOException {
      if (mostBytes <= 0) {
        throw new Failure("can't fit single argument within argument list size limit");
      }
      boolean first = true;
      while (!aborted) {
        List<String> arguments = gather();
        if (arguments.isEmpty() && !(first && !options.has('r') && place.isEmpty())) {
          break;
        }
        start(arguments);
        boolean last = arguments.isEmpty();
        first = false;
        if (last) {
          break;
        }
      }
      while (!running.isEmpty()) {
        await();
      }
      return code;
    }

    private List<String> gather() throws IOException {
      List<String> arguments = new ArrayList<>();
      int bytes = 0;
      int lines = 0;
      int most = place.isPresent() ? 1 : mostArguments;
      while (arguments.size() < most && lines < mostLines) {
        Optional<String> next = kept.isPresent() ? kept : input.next();
        kept = Optional.empty();
        if (next.isEmpty()) {
          break;
        }
        bytes += Text.encode(next.get()).length + 1;
        if (bytes > mostBytes) {
          if (arguments.isEmpty()) {
            throw new Failure("argument line too long");
          }
          kept = next;
          break;
        }
        arguments.add(next.get());
        lines += input.isAtLineEnd() ? 1 : 0;
      }
      return arguments;
    }

    private List<String> line(List<String> arguments) {
      List<String> line = new ArrayList<>();
      if (place.isPresent()) {
        command.forEach(word -> line.add(word.replace(place.get(), arguments.getFirst())));
      } else {
        line.addAll(command);
        line.addAll(arguments);
      }
      return line;
    }

    private void start(List<String> arguments) throws IOException {
      List<String> line = line(arguments);
      if (options.has('p')) {
        if (!console.confirm(String.join(" ", line) + " ")) {
          return;
        }
      } else if (options.has('t')) {
        console.remark(String.join(" ", line));
      }
      console.output().flush();
      if (Commands.find(task, line.getFirst()).isEmpty()) {
        task.complain(line.getFirst() + ": No such file or directory");
        code = 127;
        aborted = true;
        return;
      }
      if (running.size() >= parallel) {
        await();
      }
      if (!aborted) {
        running.add(task.fork(child -> Commands.execute(child, line), this::withoutInput));
      }
      if (parallel == 1) {
        await();
      }
    }

    /** What is read for arguments is not the command's to read. */
    private int withoutInput(Task child) throws IOException {
      if (standardInputIsOurs) {
        child.descriptors().set(0, child.files().open("/dev/null", OpenMode.READ));
      }
      return 0;
    }

    private void await() throws IOException {
      Task child = task.waitForChange(running);
      if (child.isStopped() && !child.hasEnded()) {
        child = running.getFirst();
      }
      running.remove(child);
      int ended = task.waitFor(child);
      String name = command.getFirst();
      if (ended == 255) {
        task.complain(name + ": exited with status 255; aborting");
        abort(ABORTED);
      } else if (ended > 128 && ended < 160) {
        task.complain("'" + name + "' terminated by signal " + (ended - 128));
        abort(KILLED);
      } else if (ended == 126 || ended == 127) {
        abort(ended);
      } else if (ended != 0 && !aborted) {
        code = FAILED;
      }
    }

    private void abort(int with) {
      aborted = true;
      code = with;
    }
  }
}
