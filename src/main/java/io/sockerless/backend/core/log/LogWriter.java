package io.sockerless.backend.core.log;

import io.sockerless.stream.Frame.Channel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts one output of a container into lines and writes each under the time at which it was whole. A
 * line that does not end is written in parts.
 *
 * <p>Not safe for several threads: one output has one writer.
 */
public final class LogWriter {

  private final LogFile file;
  private final Channel channel;
  private final Clock clock;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private boolean first = true;

  /** A writer for one output. */
  public LogWriter(LogFile file, Channel channel, Clock clock) {
    this.file = file;
    this.channel = channel;
    this.clock = clock;
  }

  /** Takes output; the lines that are whole are in the file when this returns. */
  public void write(byte[] bytes, int offset, int length) throws IOException {
    List<LogRecord> records = new ArrayList<>();
    int start = offset;
    for (int i = offset; i < offset + length; i++) {
      boolean ends = bytes[i] == '\n';
      if (ends || pending.size() + i + 1 - start >= LogRecord.MAX_LINE) {
        pending.write(bytes, start, i + 1 - start);
        start = i + 1;
        records.add(take());
        first = ends;
      }
    }
    pending.write(bytes, start, offset + length - start);
    if (!records.isEmpty()) {
      file.append(records);
    }
  }

  private LogRecord take() {
    LogRecord record = new LogRecord(channel, clock.instant(), first, pending.toByteArray());
    pending.reset();
    return record;
  }

  /** The output has ended: what is left is a line, too, that has no newline. */
  public void finish() throws IOException {
    if (pending.size() > 0) {
      file.append(List.of(take()));
    }
    first = true;
  }
}
