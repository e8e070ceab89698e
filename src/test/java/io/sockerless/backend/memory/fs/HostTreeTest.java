package io.sockerless.backend.memory.fs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bind shows a folder of the host, and nothing else of it. */
class HostTreeTest {

  @TempDir private Path temporary;
  private Path bound;
  private Path outside;
  private Paths paths;

  @BeforeEach
  void bind() throws IOException {
    bound = Files.createDirectory(temporary.resolve("bound"));
    outside = Files.createDirectory(temporary.resolve("outside"));
    Files.writeString(bound.resolve("file"), "file", UTF_8);
    Files.writeString(outside.resolve("secret"), "secret", UTF_8);
    Mounts mounts = new Mounts(new MemoryTree(0755), false);
    mounts.add("/mnt", new HostTree(bound), false);
    paths = new Paths(mounts, Credentials.ROOT);
    paths.makeDirectory("/mnt-is-here", 0755);
  }

  private static void assertFails(Errno errno, ThrowingCallable action) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(PosixException.class, e -> assertThat(e.errno()).isEqualTo(errno));
  }

  private String read(String path) throws IOException {
    return Snapshots.read(paths.locate(path).node());
  }

  private void write(String path, String text) throws IOException {
    try (OpenFile file = paths.create(path, OpenMode.WRITE, 0640, false)) {
      file.write(text.getBytes(UTF_8), 0, text.length());
    }
  }

  @Test
  void filesAreReadAndWrittenWhereTheyAre() throws IOException {
    assertThat(read("/mnt/file")).isEqualTo("file");
    write("/mnt/new", "new");
    assertThat(bound.resolve("new")).hasContent("new");
    assertThat(paths.stat("/mnt/new").mode()).isEqualTo(0640);
    write("/mnt/file", "x");
    assertThat(bound.resolve("file")).hasContent("x");
  }

  @Test
  void namesAreMadeMovedAndRemoved() throws IOException {
    paths.makeDirectory("/mnt/d", 0750);
    paths.rename("/mnt/file", "/mnt/d/moved");
    paths.hardLink("/mnt/d/moved", "/mnt/d/again");
    assertThat(paths.stat("/mnt/d/moved").links()).isEqualTo(2);
    assertThat(bound.resolve("d/again")).hasContent("file");
    assertFails(Errno.ENOTEMPTY, () -> paths.removeDirectory("/mnt/d"));
    assertFails(Errno.EISDIR, () -> paths.unlink("/mnt/d"));
    paths.unlink("/mnt/d/moved");
    paths.unlink("/mnt/d/again");
    paths.removeDirectory("/mnt/d");
    assertThat(bound).isEmptyDirectory();
  }

  @Test
  void timesAndModesAreTheHosts() throws IOException {
    Instant time = Instant.parse("2001-02-03T04:05:06Z");
    paths.setTimes("/mnt/file", time, time, true);
    paths.setMode("/mnt/file", 0711);
    assertThat(Files.getLastModifiedTime(bound.resolve("file")).toInstant()).isEqualTo(time);
    assertThat(paths.stat("/mnt/file").mode()).isEqualTo(0711);
    assertThat(paths.stat("/mnt/file").modified()).isEqualTo(time);
  }

  @Test
  void aLinkOfTheHostLeadsToThePathInTheContainer() throws IOException {
    Files.createSymbolicLink(bound.resolve("link"), outside.resolve("secret"));
    assertThat(paths.readLink("/mnt/link")).isEqualTo(outside.resolve("secret").toString());
    assertFails(Errno.ENOENT, () -> read("/mnt/link"));
    write("/in-container", "inside");
    paths.makeLink("/in-container", "/mnt/to-container");
    assertThat(read("/mnt/to-container")).isEqualTo("inside");
  }

  @Test
  void aLinkInAFoldersPlaceIsNotFollowedByWhoHoldsTheFolder() throws IOException {
    paths.makeDirectory("/mnt/d", 0755);
    Node folder = paths.locate("/mnt/d").node();
    Files.delete(bound.resolve("d"));
    Files.createSymbolicLink(bound.resolve("d"), outside);
    assertFails(Errno.ENOENT, () -> folder.lookup("secret"));
    assertFails(Errno.ENOENT, () -> folder.create("evil", NewNode.file(0644, 0, 0)));
    assertFails(Errno.ENOENT, () -> folder.unlink("secret"));
    assertFails(Errno.ENOENT, () -> folder.rename("secret", paths.locate("/mnt").node(), "x"));
    assertFails(Errno.ENOTDIR, folder::entries);
    assertThat(outside.resolve("secret")).hasContent("secret");
    assertThat(outside.resolve("evil")).doesNotExist();
  }

  @Test
  void aLinkInAFilesPlaceIsNotOpenedByWhoHoldsTheFile() throws IOException {
    Node file = paths.locate("/mnt/file").node();
    Files.delete(bound.resolve("file"));
    Files.createSymbolicLink(bound.resolve("file"), outside.resolve("secret"));
    assertFails(Errno.ELOOP, () -> file.open(OpenMode.READ));
    assertFails(Errno.ELOOP, () -> file.open(OpenMode.WRITE));
    assertFails(Errno.EINVAL, () -> file.truncate(0));
    assertThatThrownBy(() -> file.setMode(0777)).isInstanceOf(PosixException.class);
    assertThat(outside.resolve("secret")).hasContent("secret");
  }

  @Test
  void swappingAFolderForALinkWhileItIsUsedLeadsNowhere() throws Exception {
    paths.makeDirectory("/mnt/d", 0755);
    write("/mnt/d/secret", "decoy");
    AtomicBoolean over = new AtomicBoolean();
    Paths swapping = paths.copy();
    Thread swapper =
        Thread.ofPlatform()
            .start(() -> {
              while (!over.get()) {
                try {
                  swapping.rename("/mnt/d", "/mnt/kept");
                  swapping.makeLink(outside.toString(), "/mnt/d");
                  swapping.unlink("/mnt/d");
                  swapping.rename("/mnt/kept", "/mnt/d");
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              }
            });
    for (int i = 0; i < 1_000; i++) {
      try {
        assertThat(read("/mnt/d/secret")).isEqualTo("decoy");
      } catch (PosixException e) {
        assertThat(e.errno()).isIn(Errno.ENOENT, Errno.ENOTDIR);
      }
    }
    over.set(true);
    swapper.join();
  }

  @Test
  void dotsInANameOfANodeAreRefused() throws IOException {
    Node folder = paths.locate("/mnt").node();
    assertFails(Errno.EINVAL, () -> folder.lookup(".."));
    assertFails(Errno.EINVAL, () -> folder.lookup("../outside"));
    assertFails(Errno.EINVAL, () -> folder.create("/tmp/x", NewNode.file(0644, 0, 0)));
    assertFails(Errno.EINVAL, () -> folder.unlink("a/../../outside/secret"));
  }

  @Test
  void devicesAreNeitherMadeNorOpened() throws IOException {
    assertFails(Errno.EPERM, () -> paths.makeNode("/mnt/null", FileType.CHARACTER, 0666, 259));
    Path device = Path.of("/dev/null");
    assumeThat(device).exists();
    Node node = new HostTree(device).root();
    assertThat(node.stat().type()).isEqualTo(FileType.CHARACTER);
    assertFails(Errno.ENXIO, () -> node.open(OpenMode.READ));
  }

  @Test
  void aFileCanBeBoundAlone() throws IOException {
    paths.mounts().add("/mnt-is-here/f", new HostTree(bound.resolve("file")), false);
    assertThat(read("/mnt-is-here/f")).isEqualTo("file");
    write("/mnt-is-here/f", "changed");
    assertThat(bound.resolve("file")).hasContent("changed");
    assertFails(Errno.EBUSY, () -> paths.unlink("/mnt-is-here/f"));
  }

  @Test
  void aRemovedFileIsReadableWhileItIsOpen() throws IOException {
    try (OpenFile file = paths.open("/mnt/file", OpenMode.READ)) {
      paths.unlink("/mnt/file");
      assertThat(file.read(new byte[10], 0, 10)).isEqualTo(4);
      assertThat(file.stat().size()).isEqualTo(4);
    }
  }

  @Test
  void whatIsNotThereCannotBeBound() {
    assertThatThrownBy(() -> new HostTree(temporary.resolve("nothing")))
        .isInstanceOf(NoSuchFileException.class);
  }

  private static ServerSocketChannel listen(Path socket) throws IOException {
    return ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        .bind(UnixDomainSocketAddress.of(socket));
  }

  @Test
  void aSocketIsConnectedWithAndNoneOutside() throws IOException {
    Path folder = Files.createDirectory(bound.resolve("d"));
    try (ServerSocketChannel inside = listen(folder.resolve("s"));
        ServerSocketChannel beyond = listen(outside.resolve("s"))) {
      Node node = paths.locate("/mnt/d/s").node();
      try (SocketChannel ours = node.connect();
          SocketChannel theirs = inside.accept()) {
        theirs.write(ByteBuffer.wrap("hi".getBytes(UTF_8)));
        ByteBuffer read = ByteBuffer.allocate(2);
        while (read.hasRemaining()) {
          ours.read(read);
        }
        assertThat(new String(read.array(), UTF_8)).isEqualTo("hi");
      }
      Files.move(folder, bound.resolve("was"));
      Files.createSymbolicLink(folder, outside);
      assertFails(Errno.ENOENT, node::connect);
      assertThat(beyond.configureBlocking(false)).isNotNull();
      assertThat(beyond.accept()).isNull();
    }
    assertFails(Errno.ECONNREFUSED, () -> paths.locate("/mnt/was/s").node().connect());
    assertFails(Errno.ECONNREFUSED, () -> paths.locate("/mnt/file").node().connect());
    assertFails(Errno.ECONNREFUSED, () -> paths.locate("/mnt-is-here").node().connect());
  }
}
