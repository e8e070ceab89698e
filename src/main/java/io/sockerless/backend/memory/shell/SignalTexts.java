package io.sockerless.backend.memory.shell;

import io.sockerless.backend.memory.kernel.Signal;

/** What a shell says of a program that a signal ended. */
final class SignalTexts {

  private SignalTexts() {}

  static String of(Signal signal) {
    return switch (signal) {
      case HUP -> "Hangup";
      case INT -> "Interrupt";
      case QUIT -> "Quit";
      case ILL -> "Illegal instruction";
      case TRAP -> "Trace/breakpoint trap";
      case ABRT -> "Aborted";
      case BUS -> "Bus error";
      case FPE -> "Arithmetic exception";
      case KILL -> "Killed";
      case USR1 -> "User defined signal 1";
      case SEGV -> "Segmentation fault";
      case USR2 -> "User defined signal 2";
      case PIPE -> "Broken pipe";
      case ALRM -> "Alarm clock";
      case TERM -> "Terminated";
      default -> "Signal " + signal.number();
    };
  }
}
