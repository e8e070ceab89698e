import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A data folder for servers of the memory backend, empty at first and taken away at the end. */
record DataFolder(Path path) implements AutoCloseable {

  static DataFolder make() throws IOException {
    return new DataFolder(Files.createTempDirectory("sockerless-bench-data"));
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> all = Files.walk(path)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
