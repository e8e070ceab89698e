package io.sockerless.example.machines;

import io.sockerless.agent.program.Main;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What runs in a machine: it unpacks the container's files, mounts what belongs there, makes them
 * its root, and then is the agent, as the first process.
 */
public final class MachineProgram {

  /** What every container has, besides what is mounted for it alone. */
  private static final String KERNEL =
      """
      mkdir -p "$0/proc" "$0/sys" "$0/dev" "$0/etc" "$0/tmp"
      mount -t proc proc "$0/proc"
      mount -t sysfs -o ro sys "$0/sys"
      mount -t tmpfs -o mode=755 tmpfs "$0/dev"
      mkdir "$0/dev/pts" "$0/dev/shm"
      mount -t devpts -o newinstance,ptmxmode=0666,mode=620 devpts "$0/dev/pts"
      mount -t tmpfs -o mode=1777 tmpfs "$0/dev/shm"
      for device in null zero full random urandom tty; do
        : > "$0/dev/$device"; mount --bind "/dev/$device" "$0/dev/$device"
      done
      ln -s pts/ptmx "$0/dev/ptmx"; ln -s /proc/self/fd "$0/dev/fd"
      ln -s fd/0 "$0/dev/stdin"; ln -s fd/1 "$0/dev/stdout"; ln -s fd/2 "$0/dev/stderr"
      printf %s "$1" > /proc/sys/kernel/hostname
      """;

  private final Path folder;
  private final RootFolder root;

  private MachineProgram(Path folder) {
    this.folder = folder;
    this.root = new RootFolder(folder.resolve("root"));
  }

  /** Takes the container's folder and name, then its layers and mounts, then the agent's. */
  public static void main(String[] arguments) {
    List<String> given = List.of(arguments);
    int agent = given.indexOf("--agent");
    try {
      new MachineProgram(Path.of(arguments[0])).prepare(arguments[1], given.subList(2, agent));
    } catch (Throwable e) {
      // The last line is what whoever starts the container is told.
      System.err.println(e.getMessage());
      System.exit(1);
    }
    Main.main(given.subList(agent + 1, given.size()).toArray(new String[0]));
  }

  private void prepare(String hostname, List<String> options) throws Throwable {
    List<Path> layers = new ArrayList<>();
    List<Mount> mounts = new ArrayList<>();
    for (int i = 0; i < options.size(); i++) {
      if (options.get(i).equals("--layer")) {
        layers.add(Path.of(options.get(++i)));
      } else {
        mounts.add(new Mount(options.get(++i), options.get(++i)));
      }
    }
    root.unpack(layers);
    run("sh", "-ec", KERNEL, root.path().toString(), hostname);
    for (Mount mount : mounts) {
      mount.mount(root);
    }
    Files.writeString(folder.resolve("hostname"), hostname + "\n");
    Files.copy(
        Path.of("/etc/resolv.conf"),
        folder.resolve("resolv.conf"),
        StandardCopyOption.REPLACE_EXISTING);
    for (String file : List.of(Neighbours.FILE, "hostname", "resolv.conf")) {
      run("mount", "--bind", folder.resolve(file).toString(), root.file("/etc/" + file).toString());
    }
    enter();
  }

  /** One thing to mount: where, and how. */
  private record Mount(String target, String how) {

    void mount(RootFolder root) throws IOException, InterruptedException {
      String options = how.substring(0, how.indexOf(':'));
      String source = how.substring(how.indexOf(':') + 1);
      if (source.isEmpty()) {
        run("mount", "-t", "tmpfs", "-o", options, "tmpfs", root.folder(target).toString());
        return;
      }
      boolean isFile = Files.exists(Path.of(source)) && !Files.isDirectory(Path.of(source));
      Path place = isFile ? root.file(target) : root.folder(target);
      if (options.endsWith(",copy") && isEmpty(Path.of(source))) {
        run("cp", "-a", place + "/.", source);
      }
      run("mount", "--rbind", source, place.toString());
      if (options.startsWith("ro")) {
        run("mount", "-o", "remount,bind,ro", place.toString());
      }
    }

    private static boolean isEmpty(Path folder) throws IOException {
      try (var files = Files.list(folder)) {
        return files.findAny().isEmpty();
      }
    }
  }

  private static void run(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().clear();
    builder.environment().putAll(Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin"));
    int code = builder.start().waitFor();
    if (code != 0) {
      throw new IOException(String.join(" ", command) + ": " + code);
    }
  }

  /**
   * From here on there are no files but the container's: what the JVM may need of its own is
   * loaded.
   */
  private void enter() throws Throwable {
    Class.forName("io.sockerless.agent.program.posix.Native");
    new Socket().close();
    SocketChannel.open().close();
    new SecureRandom().nextInt();
    Linker linker = Linker.nativeLinker();
    FunctionDescriptor path = FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS);
    MethodHandle chroot = linker.downcallHandle(linker.defaultLookup().findOrThrow("chroot"), path);
    MethodHandle chdir = linker.downcallHandle(linker.defaultLookup().findOrThrow("chdir"), path);
    try (Arena arena = Arena.ofConfined()) {
      int entered = (int) chroot.invokeExact(arena.allocateFrom(root.path().toString()));
      int moved = (int) chdir.invokeExact(arena.allocateFrom("/"));
      if (entered != 0 || moved != 0) {
        throw new IOException("cannot enter " + root.path());
      }
    }
  }
}
