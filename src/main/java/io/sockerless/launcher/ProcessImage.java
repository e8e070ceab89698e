package io.sockerless.launcher;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The program that this process runs. To replace it costs no second JVM, needs no signal forwarded,
 * and shows whoever started the process the server's own end.
 */
final class ProcessImage {
  private ProcessImage() {}

  /** The program that runs this JVM, and others like it. */
  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** Looks the call up and links it, which takes a while; beforehand, where time is short. */
  static void prepare() {
    boolean _ = Execv.FUNCTION.isPresent();
  }

  /** Does not return, unless the platform has no such call or refuses it. */
  static void replace(List<String> command) {
    if (Execv.FUNCTION.isEmpty()) {
      return;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment arguments = arena.allocate(ADDRESS, command.size() + 1L);
      for (int i = 0; i < command.size(); i++) {
        arguments.setAtIndex(ADDRESS, i, arena.allocateFrom(command.get(i)));
      }
      Object refusal = Execv.FUNCTION.get().invoke(arguments.get(ADDRESS, 0), arguments);
      System.err.println("execv returned " + refusal + "; the server runs as a child process");
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** Linked by whichever thread is first; others wait for it. */
  private static final class Execv {
    static final Optional<MethodHandle> FUNCTION = link();

    @SuppressWarnings("restricted")
    private static Optional<MethodHandle> link() {
      if (System.getProperty("os.name").startsWith("Windows")) {
        return Optional.empty();
      }
      Linker linker = Linker.nativeLinker();
      return linker
          .defaultLookup()
          .find("execv")
          .map(function ->
              linker.downcallHandle(function, FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS)));
    }
  }
}
