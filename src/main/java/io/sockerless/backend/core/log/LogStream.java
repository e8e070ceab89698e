package io.sockerless.backend.core.log;

import io.sockerless.engine.PiecewiseBody;
import io.sockerless.stream.Frame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/**
 * A log as a client gets it: framed, or raw for a terminal, each line under its time if that is
 * asked for. It reads from the files as it is read, so one that follows for days holds one buffer.
 */
public final class LogStream extends PiecewiseBody implements LogFile.Reader {

  private static final int BUFFER = 64 * 1024;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.nnnnnnnnn'Z'").withZone(ZoneOffset.UTC);

  private final Path folder;
  private final Optional<LogFile> live;
  private final LogQuery query;
  private final boolean framed;
  private final LogFile.Position end;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).limit(0);
  private volatile Optional<FileChannel> file = Optional.empty();
  private LogFile.Position position;
  private boolean finished;
  private volatile boolean stopped;

  private LogStream(
      Path folder,
      Optional<LogFile> live,
      LogQuery query,
      boolean framed,
      LogFile.Position begin,
      LogFile.Position end) {
    this.folder = folder;
    this.live = live;
    this.query = query;
    this.framed = framed;
    this.position = begin;
    this.end = end;
  }

  /**
   * Opens the log of a container that runs.
   *
   * @param framed whether both outputs are told apart; else it is raw
   */
  public static LogStream of(LogFile live, LogQuery query, boolean framed) throws IOException {
    LogFile.Position end = live.end();
    return new LogStream(
        live.folder(), Optional.of(live), query, framed, begin(live.folder(), end, query), end);
  }

  /** Opens the log in a folder that nobody writes to. */
  public static LogStream of(Path folder, LogQuery query, boolean framed) throws IOException {
    long last = LogFile.lastSegment(folder).orElse(0);
    LogFile.Position end = new LogFile.Position(last, length(folder, last));
    return new LogStream(folder, Optional.empty(), query, framed, begin(folder, end, query), end);
  }

  private static long length(Path folder, long segment) throws IOException {
    try (FileChannel file = FileChannel.open(LogFile.path(folder, segment))) {
      return LogSegment.wholeLength(file);
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  private static LogFile.Position begin(Path folder, LogFile.Position end, LogQuery query)
      throws IOException {
    List<Long> segments =
        LogFile.segments(folder).stream().filter(segment -> segment <= end.segment()).toList();
    if (query.tail().isEmpty()) {
      return new LogFile.Position(segments.isEmpty() ? end.segment() : segments.getFirst(), 0);
    }
    long wanted = query.tail().getAsLong();
    LogFile.Position begin = end;
    for (long segment : segments.reversed()) {
      if (wanted == 0) {
        break;
      }
      try (FileChannel file =
          FileChannel.open(LogFile.path(folder, segment), StandardOpenOption.READ)) {
        long length = segment == end.segment() ? end.offset() : file.size();
        LogSegment.Tail tail = LogSegment.tail(file, length, wanted);
        begin = new LogFile.Position(segment, tail.offset());
        wanted -= tail.lines();
      } catch (NoSuchFileException e) {
        break;
      }
    }
    return begin;
  }

  @Override
  public boolean isStopped() {
    return stopped;
  }

  @Override
  protected Optional<byte[]> next() throws IOException {
    if (!finished && !stopped) {
      byte[] lines = linesUnlessStopped();
      if (lines.length > 0) {
        return Optional.of(lines);
      }
    }
    finished = true;
    release();
    return Optional.empty();
  }

  private byte[] linesUnlessStopped() throws IOException {
    try {
      return lines();
    } catch (ClosedChannelException e) {
      if (stopped) {
        return new byte[0];
      }
      throw e;
    }
  }

  /** Formats what the file has, or waits for more; nothing at the end. */
  private byte[] lines() throws IOException {
    ByteArrayOutputStream next = new ByteArrayOutputStream();
    while (next.size() < BUFFER / 2) {
      Optional<LogRecord> entry = next(next.size() == 0);
      if (entry.isEmpty()) {
        break;
      }
      LogRecord found = entry.get();
      if (query.until().isPresent() && found.time().isAfter(query.until().get())) {
        finished = true;
        break;
      }
      boolean recent = query.since().isEmpty() || !found.time().isBefore(query.since().get());
      if (recent && query.shows(found)) {
        format(found, next);
      }
    }
    return next.toByteArray();
  }

  private void format(LogRecord entry, ByteArrayOutputStream target) {
    StringBuilder prefix = new StringBuilder();
    if (entry.first() && query.timestamps()) {
      TIME.formatTo(entry.time(), prefix);
      prefix.append(' ');
    }
    if (entry.first() && query.details().isPresent()) {
      prefix.append(query.details().get()).append(' ');
    }
    byte[] before = prefix.toString().getBytes(StandardCharsets.UTF_8);
    byte[] line = new byte[before.length + entry.bytes().length];
    System.arraycopy(before, 0, line, 0, before.length);
    System.arraycopy(entry.bytes(), 0, line, before.length, entry.bytes().length);
    target.writeBytes(framed ? new Frame(entry.channel(), line).encode() : line);
  }

  private Optional<LogRecord> next(boolean mayWait) throws IOException {
    while (!stopped) {
      Optional<LogRecord> buffered = buffered();
      if (buffered.isPresent()) {
        return buffered;
      }
      if (!load() && !nextSegment() && !(mayWait && awaitMore())) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private Optional<LogRecord> buffered() {
    if (buffer.remaining() < LogRecord.OVERHEAD
        || buffer.remaining() < buffer.getInt(buffer.position()) + 8) {
      return Optional.empty();
    }
    LogRecord found = LogRecord.decode(buffer);
    position = new LogFile.Position(position.segment(), position.offset() + found.size());
    return Optional.of(found);
  }

  /** Reads on in the present file; false if it has no more for now. */
  private boolean load() throws IOException {
    Optional<FileChannel> open = open();
    if (open.isEmpty()) {
      return false;
    }
    long from = position.offset() + buffer.remaining();
    long limit = Long.MAX_VALUE;
    if (!follows() && position.segment() == end.segment()) {
      limit = end.offset();
    }
    buffer.compact();
    buffer.limit((int) Math.min(buffer.capacity(), buffer.position() + Math.max(0, limit - from)));
    int count = LogSegment.read(open.get(), buffer, from);
    buffer.flip();
    return count > 0;
  }

  private Optional<FileChannel> open() throws IOException {
    if (file.isEmpty()) {
      try {
        file =
            Optional.of(
                FileChannel.open(
                    LogFile.path(folder, position.segment()), StandardOpenOption.READ));
      } catch (NoSuchFileException e) {
        // Nothing was written yet, or rotation was faster than the reader.
        return Optional.empty();
      }
    }
    return file;
  }

  private boolean nextSegment() throws IOException {
    long last = follows() ? live.orElseThrow().end().segment() : end.segment();
    if (position.segment() >= last) {
      return false;
    }
    if (file.isPresent() && load()) {
      // Written between the last look and the rotation.
      return true;
    }
    release();
    long present = position.segment();
    long next =
        LogFile.segments(folder).stream()
            .mapToLong(Long::longValue)
            .filter(segment -> segment > present)
            .min()
            .orElse(last);
    position = new LogFile.Position(next, 0);
    buffer.limit(0);
    return true;
  }

  private boolean follows() {
    return query.follow() && live.isPresent();
  }

  private boolean awaitMore() throws IOException {
    if (!follows()) {
      return false;
    }
    Duration time =
        query
            .until()
            .map(until -> Duration.between(Instant.now(Clock.systemUTC()), until))
            .orElse(LogFile.FOREVER);
    return live.get().awaitBehind(position, this, time);
  }

  private void release() throws IOException {
    Optional<FileChannel> open = file;
    file = Optional.empty();
    if (open.isPresent()) {
      open.get().close();
    }
  }

  /** Ends the stream for whoever reads it, at once. */
  @Override
  public void close() throws IOException {
    stopped = true;
    live.ifPresent(LogFile::wake);
    release();
  }
}
