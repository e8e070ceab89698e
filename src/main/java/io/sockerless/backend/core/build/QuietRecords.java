package io.sockerless.backend.core.build;

import io.sockerless.backend.core.image.Progress;
import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonReader;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps the records of a build that is to be quiet, and shows them if it fails. */
final class QuietRecords implements AutoCloseable {

  private final Path file;
  private final BufferedWriter writer;

  /** Keeps them in a file, since a command may print without end. */
  QuietRecords(Path file) throws IOException {
    this.file = file;
    writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
  }

  /** What the build tells its records to. */
  Progress progress() {
    return new Progress(record -> {
      synchronized (writer) {
        writer.write(record.toString());
        writer.newLine();
      }
    });
  }

  /** Shows all so far. */
  void show(Progress progress) throws IOException {
    writer.flush();
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        try (JsonReader json = JsonBuilders.reader(new StringReader(line))) {
          progress.record(json.readObject());
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
