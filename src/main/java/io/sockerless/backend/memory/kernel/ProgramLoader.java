package io.sockerless.backend.memory.kernel;

import io.sockerless.backend.memory.fs.Paths;
import java.io.IOException;
import java.util.List;

/** Finds out what a file runs. */
public interface ProgramLoader {

  /**
   * The program in a file.
   *
   * @param files as the task sees them that is to run it
   * @param path as it was called
   * @param arguments the name that it was called by first
   * @throws io.sockerless.backend.memory.fs.PosixException {@code ENOENT}, {@code EACCES}, {@code
   *     ENOEXEC} and the like
   * @throws ExecFormatException for a program of another kind of machine
   */
  Loaded load(Paths files, String path, List<String> arguments) throws IOException;

  /**
   * A program and what it is called with: the interpreter's arguments, for a script.
   *
   * @param file that the program is really in, the interpreter's for a script
   */
  record Loaded(Program program, List<String> arguments, String file) {
    /** Copies the list. */
    public Loaded {
      arguments = List.copyOf(arguments);
    }
  }

  /** A program that is there and cannot run here; the message says why. */
  final class ExecFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Says why. */
    public ExecFormatException(String message) {
      super(message);
    }
  }
}
