package io.sockerless.backend.memory.shell;

import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Signal;
import io.sockerless.backend.memory.kernel.Task;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The jobs that a shell started and did not wait for. */
public final class Jobs {

  private static final int REMEMBERED = 1_024;

  private final Task task;
  private final ShellState state;
  private final Messages messages;
  private final List<Job> jobs = new ArrayList<>();
  private final Map<Integer, Integer> ended =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Integer> eldest) {
          return size() > REMEMBERED;
        }
      };

  Jobs(Task task, ShellState state, Messages messages) {
    this.messages = messages;
    this.task = task;
    this.state = state;
  }

  /** Takes note of a job that was started. */
  Job add(List<Task> tasks, String text, boolean grouped) {
    int number = jobs.stream().mapToInt(Job::number).max().orElse(0) + 1;
    Job job = new Job(number, tasks, text, grouped);
    jobs.add(job);
    return job;
  }

  /** Those that run, stand still, or have ended without anybody having been told. */
  public List<Job> all() {
    return List.copyOf(jobs);
  }

  /** Forgets a job. */
  public void remove(Job job) throws IOException {
    jobs.remove(job);
    if (job.isDone()) {
      ended.put(job.pid(), job.status(state.has(ShellOption.PIPEFAIL)));
      job.forgotten();
    }
  }

  /** The exit status of a task that ended before. */
  public Optional<Integer> ended(int pid) {
    return Optional.ofNullable(ended.get(pid));
  }

  /** The job that a task belongs to. */
  public Optional<Job> byPid(int pid) {
    return jobs.stream()
        .filter(job -> job.tasks().stream().anyMatch(it -> it.pid() == pid))
        .findFirst();
  }

  /** The job that a text such as {@code %1}, {@code %%} or {@code %make} means. */
  public Optional<Job> find(String text) {
    String name = text.startsWith("%") ? text.substring(1) : text;
    if (name.isEmpty() || name.equals("%") || name.equals("+")) {
      return current();
    }
    if (name.equals("-")) {
      return jobs.size() > 1 ? Optional.of(jobs.get(jobs.size() - 2)) : current();
    }
    if (name.chars().allMatch(c -> c >= '0' && c <= '9') && name.length() < 9) {
      int number = Integer.parseInt(name);
      return jobs.stream().filter(job -> job.number() == number).findFirst();
    }
    return jobs.stream()
        .filter(job ->
            name.startsWith("?")
                ? job.text().contains(name.substring(1))
                : job.text().startsWith(name))
        .findFirst();
  }

  private Optional<Job> current() {
    return jobs.isEmpty() ? Optional.empty() : Optional.of(jobs.getLast());
  }

  /** Waits for a job in the foreground, whatever signals come, and forgets it. */
  public int awaitForeground(Job job) throws IOException {
    while (!job.isDone()) {
      try {
        awaitChange(job);
      } catch (PosixException e) {
        if (e.errno() != Errno.EINTR) {
          throw e;
        }
        continue;
      }
      if (job.isStopped()) {
        return 128 + Signal.TSTP.number();
      }
    }
    jobs.remove(job);
    tellKilled(job);
    state.bash().setPipeline(job.statuses());
    return job.status(state.has(ShellOption.PIPEFAIL));
  }

  /** Tells of the signals that ended parts of the job, if nobody did it from the keyboard. */
  private void tellKilled(Job job) {
    if (state.isBash()) {
      tellKilledAsBash(job);
      return;
    }
    for (Task part : job.tasks()) {
      part.endSignal()
          .filter(signal -> signal != Signal.INT && signal != Signal.PIPE)
          .ifPresent(signal -> messages.print(SignalTexts.of(signal) + "\n"));
    }
  }

  /** Bash tells only of the last part, and of one that was asked to end only in a pipeline. */
  private void tellKilledAsBash(Job job) {
    Task last = job.tasks().getLast();
    Optional<Signal> signal = last.endSignal().filter(it -> it != Signal.INT && it != Signal.PIPE);
    if (signal.isEmpty()) {
      return;
    }
    String text = SignalTexts.of(signal.get());
    if (job.tasks().size() > 1) {
      messages.print(text + "\n");
    } else if (signal.get() != Signal.TERM) {
      messages.killed("%5d %-23s %s".formatted(last.pid(), text, job.text()));
    }
  }

  private void awaitChange(Job job) throws IOException {
    List<Task> running = job.running();
    Task changed = running.getFirst();
    if (state.has(ShellOption.MONITOR)) {
      changed = task.waitForChange(running);
      if (!changed.hasEnded()) {
        job.setStopped(changed.isStopped());
        return;
      }
    }
    job.ended(changed, task.waitFor(changed));
  }

  /**
   * Waits for a job that runs in the background, and forgets it.
   *
   * @throws PosixException {@code EINTR} if a signal is caught meanwhile
   */
  public int await(Job job) throws IOException {
    for (Task running : job.running()) {
      job.ended(running, task.waitFor(running));
    }
    remove(job);
    tellKilled(job);
    return job.status(state.has(ShellOption.PIPEFAIL));
  }

  /**
   * Waits until one of those in the background has ended, and forgets it.
   *
   * @throws PosixException {@code EINTR} if a signal is caught meanwhile
   */
  public Job awaitAny() throws IOException {
    while (true) {
      List<Task> running = new ArrayList<>();
      for (Job job : all()) {
        if (job.isDone()) {
          remove(job);
          return job;
        }
        running.addAll(job.running());
      }
      Task changed = task.waitForChange(running);
      if (changed.hasEnded()) {
        Job job = byPid(changed.pid()).orElseThrow();
        job.ended(changed, task.waitFor(changed));
      }
    }
  }

  /** Takes note of what has ended, so that the kernel can forget it. */
  public void reap() throws IOException {
    for (Job job : all()) {
      for (Task running : job.running()) {
        if (running.hasEnded()) {
          job.ended(running, task.waitFor(running));
        }
      }
      if (job.isDone() && !state.isInteractive()) {
        remove(job);
      }
    }
  }

  /** A line of the list of jobs. */
  public String describe(Job job) {
    String mark = jobs.getLast() == job ? "+" : " ";
    String what = "Running";
    if (job.isDone()) {
      int status = job.status(false);
      what = status == 0 ? "Done" : "Done(" + status + ")";
    } else if (job.isStopped()) {
      what = "Stopped";
    }
    return "["
        + job.number()
        + "]"
        + mark
        + "  "
        + what
        + " ".repeat(Math.max(1, 27 - what.length()))
        + job.text()
        + "\n";
  }
}
