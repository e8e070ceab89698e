package io.sockerless.backend.memory.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What folders and mounts ask of whoever changes what is in them. */
class PermissionsTest {

  private static final Credentials ANN = new Credentials(1, 1, List.of(1));
  private static final Credentials BEN = new Credentials(2, 2, List.of(2));

  private Mounts mounts;
  private Paths root;

  @BeforeEach
  void files() throws IOException {
    mounts = new Mounts(new MemoryTree(0755), false);
    root = new Paths(mounts, Credentials.ROOT);
    folder("/open", 0777);
    folder("/sticky", 01777);
    folder("/shared", 02777);
  }

  private void folder(String path, int mode) throws IOException {
    root.makeDirectory(path, 0777);
    root.setMode(path, mode);
  }

  private Paths as(Credentials user) {
    return root.as(user);
  }

  private static void refuses(Errno reason, ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(PosixException.class).hasMessage(reason.text());
  }

  @Test
  void anotherUsersFileIsTakenFromAnOpenFolderButNotFromAStickyOne() throws IOException {
    as(ANN).create("/open/hers", OpenMode.WRITE, 0600, true).close();
    as(ANN).create("/sticky/hers", OpenMode.WRITE, 0600, true).close();
    as(BEN).unlink("/open/hers");
    refuses(Errno.EPERM, () -> as(BEN).unlink("/sticky/hers"));
    refuses(Errno.EPERM, () -> as(BEN).rename("/sticky/hers", "/open/his"));
    as(ANN).unlink("/sticky/hers");
  }

  @Test
  void aFolderWithTheSetGroupBitGivesItsGroupAndFoldersTheBit() throws IOException {
    root.setOwner("/shared", 0, 7, true);
    as(ANN).makeDirectory("/shared/folder", 0755);
    as(ANN).create("/shared/file", OpenMode.WRITE, 0644, true).close();
    assertThat(root.stat("/shared/folder").gid()).isEqualTo(7);
    assertThat(root.stat("/shared/folder").mode()).isEqualTo(02755);
    assertThat(root.stat("/shared/file").gid()).isEqualTo(7);
    assertThat(root.stat("/shared/file").mode()).isEqualTo(0644);
  }

  @Test
  void aFileThatChangesItsOwnerRunsAsNobodyElse() throws IOException {
    root.create("/open/program", OpenMode.WRITE, 0755, true).close();
    root.setMode("/open/program", 06755);
    root.setOwner("/open/program", 1, 1, true);
    assertThat(root.stat("/open/program").mode()).isEqualTo(0755);
  }

  @Test
  void pipesTakeWritesOnAReadOnlyMountAndFilesDoNot() throws IOException {
    MemoryTree tree = new MemoryTree(0777);
    Paths inside = new Paths(new Mounts(tree, false), Credentials.ROOT);
    inside.makeNode("/pipe", FileType.FIFO, 0600, 0);
    inside.create("/file", OpenMode.WRITE, 0600, true).close();
    mounts.add("/open", tree, true);
    assertThat(root.access("/open/pipe", 2)).isTrue();
    assertThat(root.access("/open/file", 2)).isFalse();
    assertThat(root.access("/open", 2)).isFalse();
    assertThat(as(ANN).access("/open/pipe", 2)).isFalse();
  }

  @Test
  void aFolderThatIsMountedOnStaysWhereItIs() {
    mounts.add("/open", new MemoryTree(0777), false);
    refuses(Errno.EBUSY, () -> root.removeDirectory("/open"));
    refuses(Errno.EBUSY, () -> root.rename("/open", "/elsewhere"));
  }

  @Test
  void nothingIsChangedInAMountThatTakesNoWrites() throws IOException {
    mounts.add("/open", new MemoryTree(0777), true);
    refuses(Errno.EROFS, () -> root.makeDirectory("/open/new", 0755));
    refuses(Errno.EROFS, () -> root.setMode("/open", 0700));
    refuses(Errno.EROFS, () -> root.setOwner("/open", 1, 1, true));
    refuses(Errno.EROFS, () -> root.touch("/open", true));
  }
}
