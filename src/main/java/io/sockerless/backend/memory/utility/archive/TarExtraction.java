package io.sockerless.backend.memory.utility.archive;

import io.sockerless.archive.Decompression;
import io.sockerless.archive.TarEntry;
import io.sockerless.archive.TarReader;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Accounts;
import io.sockerless.backend.memory.utility.Console;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Input;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Quantities;
import io.sockerless.backend.memory.utility.TimeZones;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** Lists and unpacks a tar archive. */
final class TarExtraction {

  private static final int BUFFER = 65_536;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  private final Console console;
  private final Task task;
  private final Options options;
  private final Selection selection;
  private final SafeNames safeNames;
  private final Accounts accounts;

  TarExtraction(Console console, Options options, Selection selection) {
    this.console = console;
    this.task = console.task();
    this.options = options;
    this.selection = selection;
    this.safeNames = new SafeNames(console);
    this.accounts = Accounts.of(task.files());
  }

  /** Goes through the archive, and complains of what was named and is not in it. */
  void run() throws IOException {
    int strip =
        options.value("strip-components").isPresent()
            ? Quantities.small(options.value("strip-components").get())
            : 0;
    try (Input input = Tar.openInput(task, options)) {
      Tar.enterFolder(task, options);
      BufferedInputStream buffered = new BufferedInputStream(input, BUFFER);
      checkFormat(buffered);
      try (TarReader reader = new TarReader(Decompression.of(buffered))) {
        Unpacking unpacking = new Unpacking(console, rules());
        Optional<TarEntry> next = reader.next();
        while (next.isPresent()) {
          task.checkpoint();
          member(reader, next.get(), strip, unpacking);
          next = reader.next();
        }
        unpacking.finish();
      } catch (EOFException e) {
        Failure failure = new Failure("short read");
        failure.initCause(e);
        throw failure;
      }
    }
    for (String name : selection.missing()) {
      console.complain(name + ": not found in archive");
    }
  }

  private Unpacking.Rules rules() {
    return new Unpacking.Rules(
        options.has('k'),
        options.has("overwrite"),
        !options.has('o'),
        !options.has('m'),
        options.has("no-same-permissions"));
  }

  private void checkFormat(BufferedInputStream input) throws IOException {
    input.mark(1);
    if (input.read() < 0) {
      throw new Failure("short read");
    }
    input.reset();
    Optional<Format> told = options.has('a') ? Optional.empty() : Tar.format(options);
    if (told.isPresent() && !Format.of(input).equals(told)) {
      throw new Failure("invalid magic");
    }
  }

  private void member(TarReader reader, TarEntry entry, int strip, Unpacking unpacking)
      throws IOException {
    String name = safeNames.of(entry.name());
    if (!selection.takes(name)) {
      return;
    }
    if (options.has('t')) {
      console.output().printLine(options.has('v') ? describe(entry, name) : name);
      return;
    }
    Optional<String> stripped = strip(name, strip);
    if (stripped.isEmpty()) {
      return;
    }
    if (options.has('v')) {
      boolean toOutput = options.has('O');
      if (toOutput) {
        console.remark(name);
      } else {
        console.output().printLine(name);
      }
    }
    InputStream content = reader.content();
    if (options.has('O')) {
      if (entry.kind() == TarEntry.Kind.FILE) {
        content.transferTo(console.output());
      }
      return;
    }
    TarEntry member = entry.withName(stripped.get());
    String target = entry.linkTarget();
    if (entry.kind() == TarEntry.Kind.HARD_LINK) {
      target = strip(safeNames.of(target), strip).orElse("");
    }
    unpacking.unpack(member, target, content);
  }

  private static Optional<String> strip(String name, int components) {
    String rest = name;
    for (int i = 0; i < components; i++) {
      int slash = rest.indexOf('/');
      if (slash < 0) {
        return Optional.empty();
      }
      rest = rest.substring(slash + 1);
    }
    return rest.isEmpty() ? Optional.empty() : Optional.of(rest);
  }

  private String describe(TarEntry entry, String name) {
    boolean numeric = options.has("numeric-owner");
    String user = numeric ? Long.toString(entry.uid()) : accounts.userName((int) entry.uid());
    String group = numeric ? Long.toString(entry.gid()) : accounts.groupName((int) entry.gid());
    String arrow = entry.linkTarget().isEmpty() ? "" : " -> " + entry.linkTarget();
    return String.format(
        Locale.ROOT,
        "%s %s/%s %9d %s %s%s",
        Unpacking.letters(entry),
        user,
        group,
        entry.size(),
        TIME.format(entry.modified().atZone(TimeZones.of(task))),
        name,
        arrow);
  }
}
