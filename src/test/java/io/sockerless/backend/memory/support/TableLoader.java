package io.sockerless.backend.memory.support;

import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.FileStat;
import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.fs.Paths;
import io.sockerless.backend.memory.kernel.Program;
import io.sockerless.backend.memory.kernel.ProgramLoader;
import io.sockerless.backend.memory.kernel.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Runs the programs of a table, which it knows by their paths, and scripts by their first line. */
final class TableLoader implements ProgramLoader {

  private final Map<String, Program> programs = new ConcurrentHashMap<>();

  void add(String path, Program program) {
    programs.put(path, program);
  }

  @Override
  public Loaded load(Paths files, String path, List<String> arguments) throws IOException {
    FileStat stat = files.stat(path);
    if (!stat.isRegular() || !files.credentials().may(stat, 1)) {
      throw Errno.EACCES.exception();
    }
    Program program = programs.get(files.realPath(path));
    if (program != null) {
      return new Loaded(program, arguments, files.realPath(path));
    }
    String line = firstLine(files, path);
    if (!line.startsWith("#!")) {
      throw Errno.ENOEXEC.exception();
    }
    List<String> command = new ArrayList<>(List.of(line.substring(2).strip().split("\\s+", 2)));
    String interpreter = command.getFirst();
    command.add(path);
    command.addAll(arguments.subList(1, arguments.size()));
    return load(files, interpreter, command);
  }

  private static String firstLine(Paths files, String path) throws IOException {
    try (OpenFile file = files.open(path, OpenMode.READ)) {
      byte[] start = new byte[256];
      int count = Math.max(file.read(start, 0, start.length), 0);
      return Text.decode(start, 0, count).lines().findFirst().orElse("");
    }
  }
}
