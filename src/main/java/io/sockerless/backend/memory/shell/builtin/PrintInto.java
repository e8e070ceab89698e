package io.sockerless.backend.memory.shell.builtin;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.shell.syntax.Parser;
import io.sockerless.backend.memory.shell.syntax.Part;
import io.sockerless.backend.memory.shell.syntax.Word;
import io.sockerless.backend.memory.utility.TimeFormat;
import io.sockerless.backend.memory.utility.TimeZones;
import io.sockerless.backend.memory.utility.text.Printf;
import io.sockerless.backend.memory.utility.text.PrintfFormat;
import java.io.IOException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;

/** Bash's {@code printf}, which can print into a variable. */
final class PrintInto {

  private PrintInto() {}

  private static PrintfFormat.Clock clock(Task task) {
    return (seconds, format) -> {
      ZonedDateTime time = Instant.ofEpochSecond(seconds).atZone(TimeZones.of(task));
      return new TimeFormat(time, TimeZones.nameOf(task, time)).format(format);
    };
  }

  static int printf(Invocation call) throws IOException {
    List<String> arguments = call.arguments();
    if (arguments.size() < 3 || !arguments.getFirst().equals("-v")) {
      List<String> own = call.task().arguments();
      call.task().setArguments(call.words());
      try {
        return new Printf(task -> Optional.of(clock(task))).run(call.task());
      } finally {
        call.task().setArguments(own);
      }
    }
    String name = arguments.get(1);
    int bracket = name.endsWith("]") ? name.indexOf('[') : -1;
    if (!Parser.isName(bracket > 0 ? name.substring(0, bracket) : name)) {
      call.complain("`" + name + "': not a valid identifier");
      return 2;
    }
    int format = arguments.get(2).equals("--") ? 3 : 2;
    PrintfFormat.Result result =
        PrintfFormat.parse(Text.encode(arguments.get(format)), Optional.of(clock(call.task())))
            .format(arguments.subList(format + 1, arguments.size()));
    result.errors().forEach(call::complain);
    String value = Text.decode(result.bytes());
    if (bracket > 0) {
      String array = name.substring(0, bracket);
      Word word =
          new Word(List.of(new Part.Literal(name.substring(bracket + 1, name.length() - 1), true)));
      String key = call.shell().expander().subscript(array, word);
      call.shell().assignments().element(array, key, value, false);
    } else {
      call.shell().assignments().assign(name, value, false);
    }
    return result.errors().isEmpty() ? 0 : 1;
  }
}
