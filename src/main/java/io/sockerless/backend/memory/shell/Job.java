package io.sockerless.backend.memory.shell;

import io.sockerless.backend.memory.kernel.Task;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tasks that a shell started together, and what became of them. */
public final class Job {

  private final int number;
  private final List<Task> tasks;
  private final String text;
  private final boolean grouped;
  private final Map<Integer, Integer> codes = new HashMap<>();
  private boolean stopped;
  private Ending ending = () -> {};

  Job(int number, List<Task> tasks, String text, boolean grouped) {
    this.number = number;
    this.tasks = List.copyOf(tasks);
    this.text = text;
    this.grouped = grouped;
  }

  /** What is to be done when nothing is left of a job. */
  interface Ending {
    void run() throws IOException;
  }

  /** Has something done when the shell forgets it after its end. */
  void whenForgotten(Ending action) {
    ending = action;
  }

  /** The shell forgets it. */
  void forgotten() throws IOException {
    ending.run();
  }

  /** Its number, from 1. */
  public int number() {
    return number;
  }

  /** The command. */
  public String text() {
    return text;
  }

  /** Its tasks, in the order of the pipeline. */
  public List<Task> tasks() {
    return tasks;
  }

  /** The number of the task that {@code $!} is. */
  public int pid() {
    return tasks.getLast().pid();
  }

  /** The number that signals to all of it are sent to; its process group if it has one. */
  public int group() {
    return tasks.getFirst().pid();
  }

  /** Whether its tasks are a process group of their own. */
  public boolean isGrouped() {
    return grouped;
  }

  /** Those of its tasks that nobody has waited for. */
  List<Task> running() {
    List<Task> running = new ArrayList<>(tasks);
    running.removeIf(task -> codes.containsKey(task.pid()));
    return running;
  }

  void ended(Task task, int code) {
    codes.put(task.pid(), code);
  }

  /** Whether all of it has ended and was waited for. */
  public boolean isDone() {
    return codes.size() == tasks.size();
  }

  /** Whether it stands still. */
  public boolean isStopped() {
    return stopped;
  }

  /** It stands still, or goes on. */
  public void setStopped(boolean stopped) {
    this.stopped = stopped;
  }

  /** The exit codes of all. */
  List<Integer> statuses() {
    return tasks.stream().map(task -> codes.getOrDefault(task.pid(), 0)).toList();
  }

  /** The last task's exit code, or the last that is not 0. */
  public int status(boolean pipefail) {
    int status = 0;
    for (Task task : tasks) {
      int code = codes.getOrDefault(task.pid(), 0);
      status = pipefail && code == 0 ? status : code;
    }
    return status;
  }
}
