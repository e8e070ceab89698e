package io.sockerless.backend.memory.kernel;

/**
 * How a terminal treats what is typed and what is printed: the part of {@code termios} that
 * programs change.
 *
 * @param canonical lines are handed over whole, and can be edited until then
 * @param echo what is typed is shown
 * @param signals Ctrl-C, Ctrl-\ and Ctrl-Z send signals
 * @param returnToNewline a typed carriage return is a newline
 * @param processOutput a printed newline gets a carriage return
 * @param minimum bytes that a read waits for unless lines are handed over
 * @param timeout of a read unless lines are handed over, in tenths of a second
 * @see <a href="https://man7.org/linux/man-pages/man3/termios.3.html">termios(3)</a>
 */
public record TerminalSettings(
    boolean canonical,
    boolean echo,
    boolean signals,
    boolean returnToNewline,
    boolean processOutput,
    int minimum,
    int timeout) {

  /** What a new terminal has. */
  public static final TerminalSettings SANE =
      new TerminalSettings(true, true, true, true, true, 1, 0);

  /** Every byte as it comes, in both directions. */
  public static final TerminalSettings RAW =
      new TerminalSettings(false, false, false, false, false, 1, 0);
}
