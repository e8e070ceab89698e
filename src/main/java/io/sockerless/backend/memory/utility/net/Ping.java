package io.sockerless.backend.memory.utility.net;

import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Quantities;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import java.util.Optional;

/** Tells whether a host answers: there is no ICMP in a sandbox, so an answer to TCP counts. */
final class Ping extends Utility {

  private static final int ECHO_PORT = 7;
  private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, "c:W:w:qi:s:t:I:46A");
    String host = options.operands(1, 1).getFirst();
    String address = Connecting.address(task, host);
    long count =
        options.value('c').isPresent()
            ? Quantities.natural(options.value('c').get())
            : Long.MAX_VALUE;
    Duration patience = duration(options, 'W', Duration.ofSeconds(10));
    Duration pause = duration(options, 'i', Duration.ofSeconds(1));
    Duration most = duration(options, 'w', FOREVER);
    output.printLine("PING " + host + " (" + address + "): 56 data bytes");
    output.flush();
    long started = System.nanoTime();
    long sent = 0;
    LongSummaryStatistics times = new LongSummaryStatistics();
    while (sent < count) {
      if (sent > 0) {
        task.sleep(pause);
      }
      if (System.nanoTime() - started >= most.toNanos()) {
        break;
      }
      sent++;
      Optional<Duration> answer = ask(task, address, patience);
      if (answer.isPresent()) {
        times.accept(answer.get().toNanos());
        if (!options.has('q')) {
          printAnswer(output, address, sent - 1, answer.get());
        }
      }
    }
    printStatistics(output, host, sent, times);
    return times.getCount() > 0 ? 0 : 1;
  }

  private static Duration duration(Options options, char letter, Duration otherwise)
      throws Failure {
    return options.value(letter).isPresent()
        ? Quantities.duration(options.value(letter).get())
        : otherwise;
  }

  private static void printAnswer(Output output, String address, long number, Duration time)
      throws IOException {
    output.printLine(
        String.format(
            Locale.ROOT,
            "64 bytes from %s: seq=%d ttl=64 time=%.3f ms",
            address,
            number,
            time.toNanos() / 1e6));
    output.flush();
  }

  private static void printStatistics(
      Output output, String host, long sent, LongSummaryStatistics times) throws IOException {
    long received = times.getCount();
    output.print("\n--- " + host + " ping statistics ---\n");
    long lost = sent == 0 ? 0 : (sent - received) * 100 / sent;
    output.printLine(
        sent
            + " packets transmitted, "
            + received
            + " packets received, "
            + lost
            + "% packet loss");
    if (received > 0) {
      output.printLine(
          String.format(
              Locale.ROOT,
              "round-trip min/avg/max = %.3f/%.3f/%.3f ms",
              times.getMin() / 1e6,
              times.getAverage() / 1e6,
              times.getMax() / 1e6));
    }
  }

  /** How long the host took to take a connection or to refuse it. */
  private static Optional<Duration> ask(Task task, String address, Duration patience)
      throws IOException {
    long started = System.nanoTime();
    try {
      task.kernel().network().connect(address, ECHO_PORT, patience).file().close();
      return Optional.of(Duration.ofNanos(System.nanoTime() - started));
    } catch (PosixException e) {
      if (e.errno() == Errno.ENETUNREACH) {
        throw new Failure("sendto: Network is unreachable");
      }
      return e.errno() == Errno.ECONNREFUSED
          ? Optional.of(Duration.ofNanos(System.nanoTime() - started))
          : Optional.empty();
    }
  }
}
