package io.sockerless.backend.memory.shell.builtin;

import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Signal;
import io.sockerless.backend.memory.shell.Job;
import io.sockerless.backend.memory.shell.Jobs;
import io.sockerless.backend.memory.shell.ShellOption;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Lists jobs, waits for them, lets them go on. */
final class JobControl {

  private static final int UNKNOWN = 127;

  private JobControl() {}

  static int jobs(Invocation call) throws IOException {
    OptionLetters options = OptionLetters.parse(call, "lp");
    Jobs jobs = call.shell().jobs();
    StringBuilder text = new StringBuilder();
    jobs.reap();
    for (Job job : jobs.all()) {
      text.append(options.has('p') ? job.group() + "\n" : jobs.describe(job));
    }
    call.print(text.toString());
    for (Job job : jobs.all()) {
      if (job.isDone()) {
        jobs.remove(job);
      }
    }
    return 0;
  }

  static int foreground(Invocation call) throws IOException {
    Job job = job(call);
    call.print(job.text() + "\n");
    return call.shell().resumeForeground(job);
  }

  static int background(Invocation call) throws IOException {
    Job job = job(call);
    job.setStopped(false);
    job.tasks().forEach(task -> task.signal(Signal.CONT));
    call.print("[" + job.number() + "] " + job.text() + "\n");
    return 0;
  }

  private static Job job(Invocation call) {
    List<String> operands = call.operands();
    String name = operands.isEmpty() ? "%%" : operands.getFirst();
    return call.shell()
        .jobs()
        .find(name)
        .orElseThrow(
            () -> call.abort(operands.isEmpty() ? "No current job" : name + ": No such job"));
  }

  static int await(Invocation call) throws IOException {
    Jobs jobs = call.shell().jobs();
    try {
      if (call.state().isBash() && call.arguments().contains("-n")) {
        return next(call, jobs);
      }
      if (call.operands().isEmpty()) {
        for (Job job : jobs.all()) {
          jobs.await(job);
        }
        return 0;
      }
      int status = 0;
      for (String name : call.operands()) {
        status = await(call, jobs, name);
      }
      return status;
    } catch (PosixException e) {
      if (e.errno() == Errno.EINTR) {
        return 128 + call.shell().caughtSignal().map(Signal::number).orElse(0);
      }
      throw e;
    }
  }

  /** Waits for whichever ends first. */
  private static int next(Invocation call, Jobs jobs) throws IOException {
    Optional<String> variable = OptionLetters.parse(call, "fnp:").value('p');
    if (variable.isPresent()) {
      call.state().variables().unset(variable.get());
    }
    if (jobs.all().isEmpty()) {
      return UNKNOWN;
    }
    Job job = jobs.awaitAny();
    if (variable.isPresent()) {
      call.state().variables().set(variable.get(), Integer.toString(job.pid()));
    }
    return job.status(call.state().has(ShellOption.PIPEFAIL));
  }

  static int disown(Invocation call) throws IOException {
    Jobs jobs = call.shell().jobs();
    List<String> names = call.operands().stream().filter(name -> !name.startsWith("-")).toList();
    for (Job job : jobs.all()) {
      boolean meant =
          names.isEmpty()
              || names.stream()
                  .anyMatch(name ->
                      jobs.find(name).filter(it -> it == job).isPresent()
                          || Integer.toString(job.pid()).equals(name));
      if (meant) {
        jobs.remove(job);
      }
    }
    return 0;
  }

  private static int await(Invocation call, Jobs jobs, String name) throws IOException {
    if (name.startsWith("%")) {
      Optional<Job> job = jobs.find(name);
      return job.isPresent() ? jobs.await(job.get()) : UNKNOWN;
    }
    OptionalInt pid = Invocation.number(name);
    if (pid.isEmpty()) {
      throw call.abort("Illegal number: " + name);
    }
    Optional<Job> job = jobs.byPid(pid.getAsInt());
    return job.isPresent() ? jobs.await(job.get()) : jobs.ended(pid.getAsInt()).orElse(UNKNOWN);
  }
}
