package io.sockerless.backend.memory.utility.archive;

import io.sockerless.archive.TarEntry;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Console;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Input;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveInputStream;

/** Lists, prints and unpacks ar archives, which packages of Debian and libraries are. */
final class Ar extends Utility {

  private static final String MAGIC = "!<arch>\n";
  private static final String SHORT = "short read";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("MMM ppd HH:mm yyyy", Locale.ROOT).withZone(ZoneOffset.UTC);

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(withMinus(task.arguments()), 1, "xptov");
    List<String> operands = options.operands();
    if (options.given().stream().filter(it -> "xpt".contains(it.name())).count() != 1) {
      throw new Failure("missing operand: exactly one of x, p, t");
    }
    if (operands.isEmpty()) {
      throw new Failure("missing operand: an archive");
    }
    Console console = new Console(task, output);
    Selection selection = new Selection(operands.subList(1, operands.size()), List.of());
    SafeNames safeNames = new SafeNames(console);
    try (Input source = Input.required(task, operands.getFirst());
        ArArchiveInputStream archive = new ArArchiveInputStream(checked(source))) {
      for (ArArchiveEntry entry = archive.getNextEntry();
          entry != null;
          entry = archive.getNextEntry()) {
        task.checkpoint();
        String name = safeNames.of(entry.getName());
        if (!name.isEmpty() && selection.takes(name)) {
          member(console, options, archive, entry, name);
        }
      }
    } catch (PosixException | Failure e) {
      throw e;
    } catch (IOException e) {
      throw (Failure) new Failure(SHORT).initCause(e);
    }
    return console.code();
  }

  /** What is read of a file that begins as archives do. */
  private static InputStream checked(Input source) throws IOException {
    InputStream whole = new BufferedInputStream(source);
    whole.mark(MAGIC.length());
    String magic = new String(whole.readNBytes(MAGIC.length()), StandardCharsets.US_ASCII);
    if (magic.length() < MAGIC.length()) {
      throw new Failure(SHORT);
    }
    if (!magic.equals(MAGIC)) {
      throw new Failure("invalid ar magic");
    }
    whole.reset();
    return whole;
  }

  /** The first word is of options, though it have no minus. */
  private static List<String> withMinus(List<String> arguments) {
    List<String> words = new ArrayList<>(arguments.subList(1, arguments.size()));
    if (!words.isEmpty() && !words.getFirst().startsWith("-")) {
      words.set(0, "-" + words.getFirst());
    }
    return words;
  }

  private static void member(
      Console console,
      Options options,
      ArArchiveInputStream archive,
      ArArchiveEntry entry,
      String name)
      throws IOException {
    TarEntry member =
        new TarEntry(
            name,
            TarEntry.Kind.FILE,
            entry.getMode() & 07777,
            entry.getUserId(),
            entry.getGroupId(),
            Instant.ofEpochSecond(entry.getLastModified()),
            "",
            0,
            0,
            entry.getSize());
    if (options.has('v')) {
      console.output().printLine(described(member));
    } else if (options.has('t')) {
      console.output().printLine(name);
    }
    if (options.has('p')) {
      archive.transferTo(console.output());
    } else if (options.has('x')) {
      Unpacking.Rules rules = new Unpacking.Rules(true, false, false, options.has('o'), false);
      Unpacking unpacking = new Unpacking(console, rules);
      unpacking.unpack(member, "", archive);
      unpacking.finish();
    }
  }

  private static String described(TarEntry member) {
    return String.format(
        Locale.ROOT,
        "%s %d/%d %6d %s %s",
        Unpacking.letters(member).substring(1),
        member.uid(),
        member.gid(),
        member.size(),
        TIME.format(member.modified()),
        member.name());
  }
}
