package io.sockerless.backend.memory.fs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a tmpfs does; through {@link Paths}, as processes use it. */
class MemoryTreeTest {

  private final AtomicLong charged = new AtomicLong();
  private MemoryTree tree;
  private Paths paths;

  @BeforeEach
  void mount() throws IOException {
    tree = new MemoryTree(0755, 1 << 20, DeviceOpener.NONE, charged::addAndGet);
    paths = new Paths(new Mounts(tree, false), Credentials.ROOT);
  }

  private void write(String path, String text) throws IOException {
    try (OpenFile file = paths.create(path, OpenMode.WRITE, 0666, false)) {
      byte[] bytes = text.getBytes(UTF_8);
      file.write(bytes, 0, bytes.length);
    }
  }

  private static String read(OpenFile file) throws IOException {
    byte[] bytes = new byte[100];
    int count = file.read(bytes, 0, bytes.length);
    return count < 0 ? "" : new String(bytes, 0, count, UTF_8);
  }

  private String read(String path) throws IOException {
    try (OpenFile file = paths.open(path, OpenMode.READ)) {
      return read(file);
    }
  }

  private static void assertFails(Errno errno, ThrowingCallable action) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(PosixException.class, e -> assertThat(e.errno()).isEqualTo(errno));
  }

  @Test
  void whatWasWrittenIsRead() throws IOException {
    write("/a", "hello");
    assertThat(read("/a")).isEqualTo("hello");
    assertThat(paths.stat("/a").size()).isEqualTo(5);
    assertThat(paths.stat("/a").mode()).isEqualTo(0644);
  }

  @Test
  void bothNamesOfAHardLinkAreOneFile() throws IOException {
    write("/a", "x");
    paths.hardLink("/a", "/b");
    write("/b", "changed");
    assertThat(read("/a")).isEqualTo("changed");
    assertThat(paths.stat("/a").links()).isEqualTo(2);
    assertThat(paths.stat("/a").isSameFile(paths.stat("/b"))).isTrue();
    paths.unlink("/a");
    assertThat(paths.stat("/b").links()).isEqualTo(1);
  }

  @Test
  void aRemovedFileIsReadableWhileItIsOpen() throws IOException {
    write("/a", "still here");
    try (OpenFile file = paths.open("/a", OpenMode.READ)) {
      paths.unlink("/a");
      assertThat(paths.exists("/a")).isFalse();
      assertThat(read(file)).isEqualTo("still here");
      assertThat(file.stat().links()).isZero();
    }
    assertThat(charged).hasValue(0);
  }

  @Test
  void renameReplacesAFile() throws IOException {
    write("/a", "a");
    write("/b", "b");
    paths.rename("/a", "/b");
    assertThat(read("/b")).isEqualTo("a");
    assertThat(paths.exists("/a")).isFalse();
  }

  @Test
  void renameOfTwoNamesOfOneFileDoesNothing() throws IOException {
    write("/a", "a");
    paths.hardLink("/a", "/b");
    paths.rename("/a", "/b");
    assertThat(paths.exists("/a")).isTrue();
  }

  @Test
  void renameOfAFolderTakesItsContentsAlong() throws IOException {
    paths.makeDirectory("/d", 0777);
    paths.makeDirectory("/e", 0777);
    write("/d/f", "f");
    paths.rename("/d", "/e/g");
    assertThat(read("/e/g/f")).isEqualTo("f");
    assertThat(paths.stat("/").links()).isEqualTo(3);
    assertThat(paths.stat("/e").links()).isEqualTo(3);
  }

  @Test
  void renameRefusesWhatRename2Refuses() throws IOException {
    paths.makeDirectory("/d", 0777);
    paths.makeDirectory("/d/e", 0777);
    write("/f", "f");
    write("/d/g", "g");
    assertFails(Errno.EINVAL, () -> paths.rename("/d", "/d/e/x"));
    assertFails(
        Errno.EINVAL, () -> tree.root().rename("d", tree.root().lookup("d").orElseThrow(), "x"));
    assertFails(Errno.EISDIR, () -> paths.rename("/f", "/d/e"));
    assertFails(Errno.ENOTDIR, () -> paths.rename("/d/e", "/f"));
    assertFails(Errno.ENOTEMPTY, () -> paths.rename("/d/e", "/d/../d/../d"));
    assertFails(Errno.ENOENT, () -> paths.rename("/nothing", "/x"));
  }

  @Test
  void aFolderWithNamesIsNotRemoved() throws IOException {
    paths.makeDirectory("/d", 0777);
    write("/d/f", "");
    assertFails(Errno.ENOTEMPTY, () -> paths.removeDirectory("/d"));
    paths.unlink("/d/f");
    paths.removeDirectory("/d");
    assertThat(paths.list("/")).isEmpty();
  }

  @Test
  void nothingIsMadeInARemovedFolder() throws IOException {
    paths.makeDirectory("/d", 0777);
    Node folder = paths.locate("/d").node();
    paths.removeDirectory("/d");
    assertFails(Errno.ENOENT, () -> folder.create("f", NewNode.file(0644, 0, 0)));
  }

  @Test
  void aFileCanHaveHolesThatTakeNoSpace() throws IOException {
    try (OpenFile file = paths.create("/a", OpenMode.READ_WRITE, 0666, false)) {
      file.seek(1L << 40, OpenFile.Whence.SET);
      file.write(new byte[] {'x'}, 0, 1);
      assertThat(file.stat().size()).isEqualTo((1L << 40) + 1);
      assertThat(charged.get()).isLessThan(10_000);
      assertThat(file.readAt(5, new byte[] {1}, 0, 1)).isEqualTo(1);
    }
  }

  @Test
  void whatWasCutAwayIsZeroWhenTheFileGrowsAgain() throws IOException {
    write("/a", "abcdef");
    paths.truncate("/a", 2);
    paths.truncate("/a", 4);
    assertThat(read("/a")).isEqualTo("ab\0\0");
  }

  @Test
  void moreThanTheLimitDoesNotFit() throws IOException {
    try (OpenFile file = paths.create("/a", OpenMode.WRITE, 0666, false)) {
      byte[] half = new byte[1 << 19];
      file.write(half, 0, half.length);
      file.write(half, 0, half.length);
      assertFails(Errno.ENOSPC, () -> file.write(half, 0, 1));
      file.truncate(0);
      file.write(half, 0, half.length);
    }
    assertThat(tree.usage().free()).isEqualTo(1 << 19);
  }

  @Test
  void allThatWasChargedIsGivenBackAtTheEnd() throws IOException {
    write("/a", "a");
    write("/b", "b");
    paths.unlink("/b");
    assertThat(charged.get()).isPositive();
    tree.close();
    assertThat(charged).hasValue(0);
  }

  @Test
  void appendingWritesGoToTheEnd() throws IOException {
    write("/a", "one");
    try (OpenFile file = paths.open("/a", OpenMode.APPEND)) {
      write("/a", "another");
      file.write("!".getBytes(UTF_8), 0, 1);
    }
    assertThat(read("/a")).isEqualTo("another!");
  }

  @Test
  void aDeviceIsOpenedByWhoeverRunsProcesses() throws IOException {
    MemoryTree withNull =
        new MemoryTree(0755, 0, (node, stat, mode) -> tree.root().open(OpenMode.READ), bytes -> {});
    Paths files = new Paths(new Mounts(withNull, false), Credentials.ROOT);
    files.makeNode("/null", FileType.CHARACTER, 0666, 1 << 8 | 3);
    assertThat(files.stat("/null").deviceNumber()).isEqualTo(259);
    try (OpenFile file = files.open("/null", OpenMode.READ)) {
      assertThat(file.stat().isDirectory()).isTrue();
    }
    paths.makeNode("/fifo", FileType.FIFO, 0666, 0);
    assertFails(Errno.ENXIO, () -> paths.open("/fifo", OpenMode.READ));
  }

  @Test
  void aFoldersTimeChangesWithItsNames() throws IOException {
    paths.makeDirectory("/d", 0777);
    paths.setTimes("/d", Instant.EPOCH, Instant.EPOCH, true);
    write("/d/f", "");
    assertThat(paths.stat("/d").modified()).isAfter(Instant.EPOCH);
  }

  @Test
  void aNameThatIsTooLongIsRefused() {
    assertFails(
        Errno.ENAMETOOLONG, () -> tree.root().create("é".repeat(128), NewNode.file(0644, 0, 0)));
  }
}
