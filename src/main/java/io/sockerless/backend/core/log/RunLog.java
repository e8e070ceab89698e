package io.sockerless.backend.core.log;

import io.sockerless.backend.core.attach.ProcessStreams.OutputLog;
import io.sockerless.stream.Frame.Channel;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;

/** Writes both outputs of one run of a container to its log. */
public final class RunLog implements OutputLog, AutoCloseable {

  private final LogFile file;
  private final LogWriter stdout;
  private final LogWriter stderr;

  /** Writes to this file, and closes it at the end. */
  public RunLog(LogFile file, Clock clock) {
    this.file = file;
    this.stdout = new LogWriter(file, Channel.STDOUT, clock);
    this.stderr = new LogWriter(file, Channel.STDERR, clock);
  }

  /** The file. */
  public LogFile file() {
    return file;
  }

  @Override
  public void write(Channel channel, byte[] bytes, int offset, int length) throws IOException {
    writer(channel).write(bytes, offset, length);
  }

  @Override
  public void finish(Channel channel) throws IOException {
    writer(channel).finish();
  }

  /** {@inheritDoc} A line that is not whole is in no log, as with dockerd. */
  @Override
  public InputStream replay(boolean out, boolean err, boolean framed) throws IOException {
    return LogStream.of(file, LogQuery.all(out, err), framed);
  }

  private LogWriter writer(Channel channel) {
    return channel == Channel.STDERR ? stderr : stdout;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
