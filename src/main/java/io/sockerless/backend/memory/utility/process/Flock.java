package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.memory.fs.FileStat;
import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Commands;
import io.sockerless.backend.memory.kernel.Kernel;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Quantities;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Holds a lock on a file while a command runs. */
final class Flock extends Utility {

  private static final Duration STEP = Duration.ofMillis(20);

  /** Who holds which file: locks are the containers', and end with the task that took them. */
  private static final Map<Key, Set<Holder>> LOCKS = new HashMap<>();

  private record Key(Kernel kernel, long device, long inode) {}

  private record Holder(Task task, boolean shared) {}

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options =
        Options.parse(
            task,
            "+nxesuw:c:o",
            "nonblock=n",
            "exclusive=x",
            "shared=s",
            "unlock=u",
            "timeout=w",
            "command=c");
    List<String> operands = options.operands(1, Integer.MAX_VALUE);
    List<String> command = command(options, operands);
    FileStat stat = lockFile(task, operands.getFirst());
    Key key = new Key(task.kernel(), stat.device(), stat.inode());
    boolean byDescriptor = command.isEmpty();
    Task owner =
        byDescriptor ? task.kernel().processes().task(task.parentPid()).orElse(task) : task;
    if (options.has('u')) {
      release(key, owner);
      return 0;
    }
    if (!acquire(task, options, key, new Holder(owner, options.has('s')))) {
      return 1;
    }
    if (byDescriptor) {
      return 0;
    }
    try {
      output.flush();
      return Commands.run(task, command);
    } finally {
      release(key, owner);
    }
  }

  private static List<String> command(Options options, List<String> operands) {
    List<String> rest = operands.subList(1, operands.size());
    Optional<String> script =
        options
            .value('c')
            .or(() ->
                rest.size() == 2 && rest.getFirst().equals("-c")
                    ? Optional.of(rest.get(1))
                    : Optional.empty());
    return script.map(it -> List.of("sh", "-c", it)).orElse(rest);
  }

  /** A number alone is a descriptor that is open. */
  private static FileStat lockFile(Task task, String name) throws IOException {
    Optional<Long> descriptor = Quantities.parse(name, 10).filter(it -> it < 1_024);
    if (descriptor.isPresent()) {
      Optional<OpenFile> file = task.descriptors().find(descriptor.get().intValue());
      if (file.isPresent()) {
        return file.get().stat();
      }
    }
    try (OpenFile file =
        task.files().create(name, new OpenMode(true, false, false, false), 0666, false)) {
      return file.stat();
    } catch (PosixException e) {
      throw Failure.of(1, "can't open '" + name + "'", e);
    }
  }

  private static boolean acquire(Task task, Options options, Key key, Holder holder)
      throws IOException {
    Optional<Duration> most = Optional.empty();
    if (options.value('w').isPresent()) {
      most = Optional.of(Quantities.duration(options.value('w').get()));
    }
    Duration waited = Duration.ZERO;
    while (!take(key, holder)) {
      boolean over = most.isPresent() && waited.compareTo(most.get()) >= 0;
      if (options.has('n') || over) {
        return false;
      }
      task.sleep(STEP);
      waited = waited.plus(STEP);
    }
    return true;
  }

  private static boolean take(Key key, Holder holder) {
    synchronized (LOCKS) {
      LOCKS.values().forEach(holders -> holders.removeIf(it -> it.task().hasEnded()));
      LOCKS.values().removeIf(Set::isEmpty);
      Set<Holder> holders = LOCKS.computeIfAbsent(key, it -> new HashSet<>());
      boolean free =
          holders.stream()
              .allMatch(it -> it.task() == holder.task() || (it.shared() && holder.shared()));
      if (free) {
        holders.add(holder);
      }
      return free;
    }
  }

  private static void release(Key key, Task owner) {
    synchronized (LOCKS) {
      Set<Holder> holders = LOCKS.getOrDefault(key, new HashSet<>());
      holders.removeIf(it -> it.task() == owner);
      if (holders.isEmpty()) {
        LOCKS.remove(key);
      }
    }
  }
}
