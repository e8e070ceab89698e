package io.sockerless.backend.memory.utility.archive;

import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.FileStat;
import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.FileOutput;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Console;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Input;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/**
 * Compresses files and expands them: {@code gzip}, {@code bunzip2}, {@code xzcat} and their like.
 */
final class Compress extends Utility {

  private static final int USUAL_LEVEL = 6;
  private static final int BUFFER = 65_536;

  private final Optional<Format> format;
  private final boolean expands;
  private final boolean toOutput;

  /**
   * A utility.
   *
   * @param format none if what is read tells
   * @param expands without being told
   * @param toOutput without being told
   */
  Compress(Optional<Format> format, boolean expands, boolean toOutput) {
    this.format = format;
    this.expands = expands;
    this.toOutput = toOutput;
  }

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options =
        Options.parse(
            task,
            "cdfktvqnhNz0123456789T:",
            "stdout=c",
            "to-stdout=c",
            "decompress=d",
            "uncompress=d",
            "force=f",
            "keep=k",
            "test=t",
            "verbose=v",
            "quiet=q",
            "no-name=n",
            "name=N",
            "fast=1",
            "best=9",
            "threads=T");
    Console console = new Console(task, output);
    Run run = new Run(console, options);
    List<String> files = options.files();
    for (String file : files) {
      try {
        if (file.equals("-")) {
          run.standardStreams();
        } else {
          run.file(file);
        }
      } catch (PosixException e) {
        console.complain(file, e);
      } catch (Failure e) {
        console.complain(e);
      }
    }
    return console.code();
  }

  private final class Run {
    private final Console console;
    private final Task task;
    private final Options options;
    private final boolean expand;
    private final boolean print;
    private final boolean test;
    private final int level;

    Run(Console console, Options options) {
      this.console = console;
      this.task = console.task();
      this.options = options;
      this.test = options.has('t');
      this.expand = expands || options.has('d') || test;
      this.print = toOutput || options.has('c');
      this.level = options.lastOf("123456789").map(digit -> digit - '0').orElse(USUAL_LEVEL);
    }

    void standardStreams() throws IOException {
      try (Input input = Input.standard(task)) {
        convert(input, console.output());
      }
    }

    void file(String path) throws IOException {
      FileStat stat = task.files().stat(path);
      if (stat.isDirectory() && !print && !test) {
        throw Failure.of(1, "can't remove file '" + path + "'", Errno.EISDIR.exception());
      }
      if (print || test) {
        try (Input input = Input.of(task, path)) {
          convert(input, console.output());
        }
        return;
      }
      Format known = format.orElse(Format.GZIP);
      Optional<String> target = expand ? known.plainName(path) : Optional.of(path + known.suffix());
      if (target.isEmpty()) {
        console.complain(path + ": unknown suffix - ignored");
        return;
      }
      replace(path, target.get(), stat);
    }

    private void replace(String path, String target, FileStat stat) throws IOException {
      try (Input input = Input.of(task, path);
          OpenFile file = create(target, stat)) {
        try (OutputStream output = new BufferedOutputStream(new FileOutput(file), BUFFER)) {
          convert(input, output);
        } catch (IOException e) {
          task.files().unlink(target);
          throw e;
        }
      }
      if (!options.has('k')) {
        task.files().unlink(path);
      }
      if (options.has('v')) {
        console.remark(path + ": 100% - replaced with " + target);
      }
    }

    private OpenFile create(String target, FileStat stat) throws IOException {
      try {
        if (options.has('f') && task.files().exists(target)) {
          task.files().unlink(target);
        }
        OpenFile file = task.files().create(target, OpenMode.WRITE, 0600, true);
        task.files().setMode(target, stat.mode() & 0777);
        return file;
      } catch (PosixException e) {
        throw Failure.of(1, "can't open '" + target + "'", e);
      }
    }

    private void convert(InputStream input, OutputStream output) throws IOException {
      if (expand) {
        expand(
            new BufferedInputStream(input, BUFFER),
            test ? OutputStream.nullOutputStream() : output);
        return;
      }
      try (Format.Compression compression =
          format.orElse(Format.GZIP).compress(task, new LeftOpen(output), level)) {
        copy(input, compression.stream());
      }
    }

    private void expand(BufferedInputStream input, OutputStream output) throws IOException {
      Optional<Format> found = Format.of(input);
      boolean right = found.isPresent() && (format.isEmpty() || format.equals(found));
      if (!right) {
        throw new Failure(format.isEmpty() ? "no gzip/bzip2/xz magic" : "invalid magic");
      }
      try {
        copy(found.get().expand(input), output);
      } catch (PosixException e) {
        throw e;
      } catch (IOException e) {
        throw Failure.of(1, "corrupted data", e);
      }
    }

    private void copy(InputStream input, OutputStream output) throws IOException {
      byte[] buffer = new byte[BUFFER];
      for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
        task.checkpoint();
        output.write(buffer, 0, read);
      }
    }
  }

  /** A stream that stays open when what writes to it is closed. */
  private static final class LeftOpen extends FilterOutputStream {
    LeftOpen(OutputStream output) {
      super(output);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
