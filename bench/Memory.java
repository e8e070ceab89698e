import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** The memory of processes, from {@code /proc}. */
final class Memory {

  private Memory() {}

  /** Resident, in KB; 0 once the process has ended. */
  static long resident(long pid) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
        if (line.startsWith("VmRSS:")) {
          return Long.parseLong(line.replaceAll("\\D", ""));
        }
      }
    } catch (IOException e) {
      // It has ended.
    }
    return 0;
  }

  /** The process that listens on a unix socket, if we may see it. */
  static OptionalLong listener(Path socket) {
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        if (Files.readString(process.resolve("comm")).strip().equals("dockerd")
            && listens(process, socket)) {
          return OptionalLong.of(Long.parseLong(process.getFileName().toString()));
        }
      }
    } catch (IOException e) {
      // Not ours to see.
    }
    return OptionalLong.empty();
  }

  private static boolean listens(Path process, Path socket) throws IOException {
    String inode = "";
    for (String line : Files.readAllLines(process.resolve("net/unix"))) {
      String[] columns = line.split("\\s+");
      if (columns.length == 8
          && columns[5].equals("01")
          && columns[7].endsWith(socket.toString())) {
        inode = columns[6];
      }
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path file : files) {
        if (Files.readSymbolicLink(file).toString().equals("socket:[" + inode + "]")) {
          return true;
        }
      }
    }
    return false;
  }
}
