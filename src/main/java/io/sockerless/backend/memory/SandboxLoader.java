package io.sockerless.backend.memory;

import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.FileStat;
import io.sockerless.backend.memory.fs.Location;
import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.fs.Paths;
import io.sockerless.backend.memory.kernel.FileInput;
import io.sockerless.backend.memory.kernel.Program;
import io.sockerless.backend.memory.kernel.ProgramLoader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Finds out what a file runs in the sandbox: a script's interpreter, a WebAssembly module, or one
 * of the sandbox's own utilities in place of the Linux binary of that name.
 */
final class SandboxLoader implements ProgramLoader {

  private static final byte[] UTILITY =
      "\0sockerless-utility\n".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] MODULE = {0, 'a', 's', 'm'};
  private static final byte[] BINARY = {0x7f, 'E', 'L', 'F'};
  private static final Set<String> FOLDERS =
      Set.of("/bin", "/sbin", "/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin");
  private static final int HEAD = 256;
  private static final int MAX_INTERPRETERS = 5;
  private static final String MULTI_CALL = "busybox";

  /** Makes a program of a module's file. */
  interface Modules {
    Program program(OpenFile module) throws IOException;
  }

  private final Function<String, Optional<Program>> utilities;
  private final Modules modules;

  /**
   * Loads with these.
   *
   * @param utilities by name, the shell among them
   */
  SandboxLoader(Function<String, Optional<Program>> utilities, Modules modules) {
    this.utilities = utilities;
    this.modules = modules;
  }

  @Override
  public Loaded load(Paths files, String path, List<String> arguments) throws IOException {
    return load(files, path, arguments, 0);
  }

  private Loaded load(Paths files, String path, List<String> arguments, int depth)
      throws IOException {
    if (depth > MAX_INTERPRETERS) {
      throw Errno.ELOOP.exception();
    }
    Location file = executable(files, path);
    byte[] head = head(file);
    if (startsWith(head, UTILITY)) {
      return utility(name(path), files.realPath(path), arguments);
    }
    if (startsWith(head, MODULE)) {
      try (OpenFile module = file.node().open(OpenMode.READ)) {
        return new Loaded(modules.program(module), arguments, files.realPath(path));
      }
    }
    if (startsWith(head, BINARY)) {
      boolean isCustomary = FOLDERS.contains(files.realPath(folder(path)));
      if (isCustomary && hasUtility(name(path))) {
        return utility(name(path), files.realPath(path), arguments);
      }
      throw notRunnable(path);
    }
    if (head.length > 2 && head[0] == '#' && head[1] == '!') {
      return script(files, head, path, arguments, depth);
    }
    throw Errno.ENOEXEC.exception();
  }

  private static Location executable(Paths files, String path) throws IOException {
    Location file = files.locate(path);
    FileStat stat = file.node().stat();
    if (!stat.isRegular() || !files.credentials().may(stat, 1)) {
      throw Errno.EACCES.exception();
    }
    return file;
  }

  private static byte[] head(Location file) throws IOException {
    try (OpenFile open = file.node().open(OpenMode.READ)) {
      return new FileInput(open).readNBytes(HEAD);
    }
  }

  private Loaded script(Paths files, byte[] head, String path, List<String> arguments, int depth)
      throws IOException {
    String first =
        new String(head, StandardCharsets.UTF_8).lines().findFirst().orElse("").substring(2);
    String[] words = first.strip().split("[ \\t]+", 2);
    if (words[0].isEmpty()) {
      throw Errno.ENOEXEC.exception();
    }
    List<String> all = new ArrayList<>(List.of(words));
    all.add(path);
    all.addAll(arguments.subList(Math.min(1, arguments.size()), arguments.size()));
    return load(files, words[0], all, depth + 1);
  }

  private boolean hasUtility(String name) {
    return name.equals(MULTI_CALL) || utilities.apply(name).isPresent();
  }

  private Loaded utility(String name, String file, List<String> arguments) throws IOException {
    if (name.equals(MULTI_CALL)) {
      return multiCall(arguments, file);
    }
    Program program = utilities.apply(name).orElseThrow(() -> notRunnable(file));
    return new Loaded(program, arguments, file);
  }

  /** {@code busybox NAME …} is {@code NAME …}. */
  private Loaded multiCall(List<String> arguments, String file) {
    if (arguments.size() < 2) {
      return new Loaded(task -> 1, arguments, file);
    }
    String name = arguments.get(1);
    Optional<Program> program = utilities.apply(name);
    if (program.isEmpty()) {
      return new Loaded(
          task -> {
            task.complain("applet not found");
            return 127;
          },
          arguments.subList(1, arguments.size()),
          file);
    }
    return new Loaded(program.get(), arguments.subList(1, arguments.size()), file);
  }

  private static ExecFormatException notRunnable(String path) {
    return new ExecFormatException(
        "exec format error: "
            + path
            + " is a Linux binary; the memory backend runs WASM and shell scripts");
  }

  private static boolean startsWith(byte[] head, byte[] magic) {
    return head.length >= magic.length
        && Arrays.equals(head, 0, magic.length, magic, 0, magic.length);
  }

  private static String folder(String path) {
    return path.indexOf('/') < 0 ? "." : Paths.parent(path);
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
