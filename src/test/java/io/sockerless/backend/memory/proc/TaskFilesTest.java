package io.sockerless.backend.memory.proc;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.backend.memory.fs.Credentials;
import io.sockerless.backend.memory.fs.FileStat;
import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.fs.Paths;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Commands;
import io.sockerless.backend.memory.kernel.FileInput;
import io.sockerless.backend.memory.kernel.Pipe;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.support.Sandbox;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What scripts read of a process; compared with what Linux tells in a container of dockerd. */
class TaskFilesTest {

  /** Something that a program does with its {@code /proc}, and what it says of it. */
  private interface Look {
    String at(Paths files) throws IOException;
  }

  private static void mount(Task task) {
    task.files().mounts().add("/proc", new ProcTree(task.kernel(), List::of, Map.of()), true);
  }

  private static int told(Task task, Look look) throws IOException {
    String text;
    try {
      text = look.at(task.files());
    } catch (PosixException e) {
      text = e.errno().name();
    }
    task.print(text);
    return 0;
  }

  private static String looked(Look look) {
    return new Sandbox()
        .with(
            "look",
            task -> {
              mount(task);
              return told(task, look);
            })
        .run(task -> Commands.execute(task, List.of("look")), "first")
        .output();
  }

  private static String read(Paths files, String path) throws IOException {
    try (OpenFile file = files.open(path, OpenMode.READ)) {
      return Text.decode(new FileInput(file).readAllBytes());
    }
  }

  @Test
  void aPipeBelongsToWhomItIsGivenByItsDescriptor() {
    Sandbox.Result result =
        new Sandbox()
            .with(
                "give",
                task -> {
                  mount(task);
                  task.descriptors().set(5, new Pipe().writer());
                  task.files().setOwner("/proc/self/fd/5", 70, 71, true);
                  task.files().setMode("/proc/self/fd/5", 0622);
                  return told(
                      task,
                      files -> {
                        FileStat stat = files.stat("/proc/self/fd/5");
                        return "%d:%d %o".formatted(stat.uid(), stat.gid(), stat.mode());
                      });
                })
            .run("give");
    assertThat(result.output()).isEqualTo("70:71 622");
  }

  @Test
  void aFileIsNotGivenByADescriptorOfIt() {
    Sandbox.Result result =
        new Sandbox()
            .with(
                "give",
                task -> {
                  mount(task);
                  task.descriptors()
                      .set(5, task.files().create("/tmp/file", OpenMode.WRITE, 0600, true));
                  return told(
                      task,
                      files -> {
                        files.setOwner("/proc/self/fd/5", 70, 71, true);
                        return "given";
                      });
                })
            .run("give");
    assertThat(result.output()).isEqualTo("EROFS");
  }

  @Test
  void aProcessTellsWhichProgramItRuns() {
    assertThat(looked(files -> files.readLink("/proc/self/exe"))).isEqualTo("/bin/look");
  }

  @Test
  void aProcessHasOneThread() {
    assertThat(looked(files -> files.list("/proc/1/task").getFirst().name())).isEqualTo("1");
    assertThat(looked(files -> read(files, "/proc/1/task/1/comm"))).isEqualTo("look\n");
  }

  @Test
  void theFieldsThatScriptsLookForAreInTheStatus() {
    assertThat(looked(files -> read(files, "/proc/self/status")))
        .contains("Name:\tlook\n", "Umask:\t0022\n", "State:\tR (running)\n", "TracerPid:\t0\n")
        .containsPattern("Cpus_allowed_list:\t0(-[0-9]+)?\n");
  }

  @Test
  void allFieldsOfTheStatisticsAreThere() {
    assertThat(looked(files -> read(files, "/proc/self/stat")).split(" ")).hasSize(52);
  }

  @Test
  void everyUserIsTheSameOneOutside() {
    assertThat(looked(files -> read(files, "/proc/self/uid_map")))
        .isEqualTo("         0          0 4294967295\n");
  }

  @Test
  void whatAProcessHasBelongsToItsUser() {
    Sandbox.Result result =
        new Sandbox()
            .run(
                task -> {
                  Credentials root = task.files().credentials();
                  mount(task);
                  task.setFiles(task.files().as(root.withGroup(7).withUser(1000)));
                  FileStat environment = task.files().stat("/proc/1/environ");
                  int group = task.files().stat("/proc/1/fd").gid();
                  task.print("%d %o %d".formatted(environment.uid(), environment.mode(), group));
                  return 0;
                },
                "first");
    assertThat(result.output()).isEqualTo("1000 400 7");
  }

  @Test
  void anotherUserIsNotToldWhereAProcessIs() {
    Sandbox.Result result =
        new Sandbox()
            .run(
                task -> {
                  mount(task);
                  Credentials other = task.files().credentials().withUser(1000);
                  return task.waitFor(
                      task.fork(child -> {
                        child.setFiles(child.files().as(other));
                        return told(child, files -> files.readLink("/proc/1/cwd"))
                            + told(child, files -> files.readLink("/proc/self/cwd"));
                      }));
                },
                "first");
    assertThat(result.output()).isEqualTo("EACCES/work");
  }

  @Test
  void aPipeIsOpenedByItsNameByWhoeverMadeItAndNobodyElse() {
    Sandbox.Result result =
        new Sandbox()
            .run(
                task -> {
                  mount(task);
                  task.descriptors().set(8, new Pipe().reader());
                  Credentials user = task.files().credentials().withUser(1000);
                  task.setFiles(task.files().as(user));
                  task.descriptors().set(9, new Pipe().reader());
                  return told(task, files -> opened(files, "/proc/self/fd/9"))
                      + told(task, files -> opened(files, "/proc/self/fd/8"));
                },
                "first");
    assertThat(result.output()).isEqualTo("opened EACCES");
  }

  private static String opened(Paths files, String path) throws IOException {
    files.open(path, OpenMode.READ).close();
    return "opened ";
  }

  @Test
  void tasksOfAContainerAreInTheSameNamespaces() {
    assertThat(looked(files -> files.readLink("/proc/self/ns/net"))).matches("net:\\[4[0-9]{9}]");
    assertThat(
            looked(files ->
                files.readLink("/proc/self/ns/pid_for_children")
                    + " "
                    + files.readLink("/proc/1/ns/pid")))
        .matches("(pid:\\[[0-9]+]) \\1");
    assertThat(looked(files -> files.readLink("/proc/self/ns/user")))
        .isEqualTo("user:[4026531837]");
  }

  @Test
  void anotherContainerIsInOtherNamespaces() {
    Look uts = files -> files.readLink("/proc/self/ns/uts");
    assertThat(looked(uts)).isNotEqualTo(looked(uts));
  }

  @Test
  void namespacesAreListedAsLinuxListsThem() {
    assertThat(
            looked(files ->
                files.list("/proc/self/ns").stream()
                    .map(entry -> entry.name())
                    .sorted()
                    .collect(Collectors.joining(" "))))
        .isEqualTo("cgroup ipc mnt net pid pid_for_children time time_for_children user uts");
  }
}
