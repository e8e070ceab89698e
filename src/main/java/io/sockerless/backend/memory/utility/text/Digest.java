package io.sockerless.backend.memory.utility.text;

import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Input;
import io.sockerless.backend.memory.utility.LineReader;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code md5sum} and its like: a file's digest, or whether files still have the digests of a list.
 */
public final class Digest extends Utility {

  private static final Pattern LINE = Pattern.compile("\\\\?([0-9a-fA-F]+) [ *](.*)");

  private final String algorithm;

  /** Of an algorithm by its name in Java. */
  Digest(String algorithm) {
    this.algorithm = algorithm;
  }

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options =
        Options.parse(
            task, "cswbt", "check=c", "status=s", "warn=w", "binary=b", "text=t", "quiet", "tag");
    if (options.has('c')) {
      Checking checking = new Checking(task, output, options);
      return Math.max(
          openEach(task, output, options.files(), (name, input) -> checking.check(input)),
          checking.failed ? 1 : 0);
    }
    return openEach(
        task,
        output,
        options.files(),
        (name, input) -> output.printLine(digest(input) + "  " + name));
  }

  private String digest(Input input) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    byte[] buffer = new byte[65_536];
    int count;
    while ((count = input.read(buffer, 0, buffer.length)) >= 0) {
      digest.update(buffer, 0, count);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private final class Checking {
    private final Task task;
    private final Output output;
    private final boolean silent;
    private final boolean warn;
    private boolean failed;

    Checking(Task task, Output output, Options options) {
      this.task = task;
      this.output = output;
      this.silent = options.has('s');
      this.warn = options.has('w');
    }

    void check(Input input) throws IOException {
      LineReader lines = new LineReader(task, input);
      int total = 0;
      int mismatches = 0;
      while (lines.next()) {
        Matcher line = LINE.matcher(lines.text());
        if (!line.matches()) {
          failed = true;
          if (warn) {
            task.complain("invalid format");
          }
          continue;
        }
        total++;
        boolean same = hasDigest(line.group(2), line.group(1));
        mismatches += same ? 0 : 1;
        if (!silent) {
          output.printLine(line.group(2) + (same ? ": OK" : ": FAILED"));
        }
      }
      if (mismatches > 0) {
        failed = true;
        output.flush();
        if (!silent) {
          task.complain(
              "WARNING: " + mismatches + " of " + total + " computed checksums did NOT match");
        }
      }
      if (total == 0) {
        throw new Failure("no checksum lines found");
      }
    }

    private boolean hasDigest(String file, String expected) throws IOException {
      try (Input input = Input.open(task, file)) {
        return digest(input).equalsIgnoreCase(expected);
      } catch (PosixException e) {
        output.flush();
        task.complain("can't open '" + file + "': " + e.getMessage());
        return false;
      }
    }
  }
}
