package io.sockerless.backend.core.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockerless.backend.core.driver.ProcessInfo;
import io.sockerless.engine.EngineException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What procps 4 prints for the same options, and what dockerd makes of its errors. */
class PsOptionsTest {

  private static final Instant NOW = Instant.parse("2026-01-02T12:00:00Z");
  private static final ProcessInfo SLEEP =
      new ProcessInfo(
          7,
          1,
          "app",
          1000,
          NOW.minus(Duration.ofSeconds(90_061)),
          Duration.ofSeconds(3723),
          8 << 20,
          "",
          'S',
          List.of("/bin/sleep", "300"));

  private static PsOptions parse(String options) {
    return PsOptions.parse(List.of(options.split(" ")));
  }

  private static String titles(String options) {
    return String.join(" ", parse(options).columns().stream().map(PsColumn::title).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "-ef, UID PID PPID C STIME TTY TIME CMD",
    "-e, PID TTY TIME CMD",
    "-Z, LABEL PID TTY TIME CMD",
    "-F, UID PID PPID C SZ RSS PSR STIME TTY TIME CMD",
    "-l, F S UID PID PPID C PRI NI ADDR SZ WCHAN TTY TIME CMD",
    "ax, PID TTY STAT TIME COMMAND",
    "l, F UID PID PPID PRI NI VSZ RSS WCHAN STAT TTY TIME COMMAND",
    "aux, USER PID %CPU %MEM VSZ RSS TTY STAT START TIME COMMAND",
    "-aux, USER PID %CPU %MEM VSZ RSS TTY STAT START TIME COMMAND",
    "uf, USER PID %CPU %MEM VSZ RSS TTY STAT START TIME COMMAND",
    "'axo pid,args', PID COMMAND",
    "'-opid -o comm', PID COMMAND",
    "'-O user', PID USER S TTY TIME COMMAND",
    "'-eo pid,ppid,stat,tty,etime,ucmd', PID PPID STAT TT ELAPSED CMD",
    "'-eo pid,user:20,cmd=LINE', PID USER LINE",
    "'--format=pid,uid --sort -pid', PID UID"
  })
  void titlesAreThoseOfPs(String options, String titles) {
    assertThat(titles(options)).isEqualTo(titles);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "wrong-option | ps: error: unknown user-defined format specifier \"ng-option\"",
        "-o pid,foo | ps: error: unknown user-defined format specifier \"foo\"",
        "-Q | ps: error: unsupported SysV option",
        "Q | ps: error: unsupported option (BSD syntax)",
        "--foo | ps: error: unknown gnu long option",
        "-o | ps: error: format specification must follow -o",
        "-p | ps: error: list of process IDs must follow -p",
        "-p x | ps: error: process ID list syntax error",
        "-ef u | ps: error: conflicting format options",
        "-o comm | Couldn't find PID field in ps output",
        "--no-headers | Couldn't find PID field in ps output",
        "-o foo=PID | specifying \"foo=PID\" is not allowed"
      },
      quoteCharacter = '\0')
  void whatPsWouldNotTakeIsAnError(String options, String message) {
    assertThatThrownBy(() -> titles(options))
        .isInstanceOf(EngineException.Failure.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource({
    "pid, 7",
    "uid, 1000",
    "user, app",
    "time, 01:02:03",
    "bsdtime, 62:03",
    "times, 3723",
    "etime, 1-01:01:01",
    "etimes, 90061",
    "pcpu, 4.1",
    "c, 4",
    "rss, 8192",
    "sz, 2048",
    "tty, ?",
    "comm, sleep",
    "args, /bin/sleep 300"
  })
  void aColumnSaysWhatPsSays(String column, String value) {
    assertThat(PsColumn.of(column).orElseThrow().value().of(SLEEP, NOW)).isEqualTo(value);
  }

  @Test
  void onlyTheProcessesThatAreNamedAreShown() {
    assertThat(parse("-p 7,8").shows(SLEEP)).isTrue();
    assertThat(parse("-p 8").shows(SLEEP)).isFalse();
    assertThat(parse("-ef").shows(SLEEP)).isTrue();
  }
}
