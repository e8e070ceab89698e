package io.sockerless.backend.memory.fs;

import static io.sockerless.backend.core.driver.LinuxCapability.CHOWN;
import static io.sockerless.backend.core.driver.LinuxCapability.DAC_OVERRIDE;
import static io.sockerless.backend.core.driver.LinuxCapability.DAC_READ_SEARCH;
import static io.sockerless.backend.core.driver.LinuxCapability.FOWNER;
import static io.sockerless.backend.core.driver.LinuxCapability.FSETID;
import static io.sockerless.backend.core.driver.LinuxCapability.MKNOD;
import static io.sockerless.backend.core.driver.LinuxCapability.SETGID;
import static io.sockerless.backend.core.driver.LinuxCapability.SETUID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockerless.backend.core.driver.CapabilitySet;
import io.sockerless.backend.core.driver.LinuxCapability;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What each of root's powers is for, by files of another user and without the power. */
class CredentialsTest {

  private static final Instant LONG_AGO = Instant.EPOCH;

  private Paths all;

  @BeforeEach
  void files() throws IOException {
    all = new Paths(new Mounts(new MemoryTree(0755), false), Credentials.ROOT);
    all.makeDirectory("/secret", 0700);
    all.setOwner("/secret", 1000, 1000, false);
    all.create("/file", OpenMode.WRITE, 0600, true).close();
    all.setOwner("/file", 1000, 1000, false);
  }

  private static Credentials root(LinuxCapability... powers) {
    return Credentials.ROOT.with(Privileges.of(CapabilitySet.of(powers), true, false));
  }

  private Paths without(LinuxCapability power) {
    CapabilitySet rest = CapabilitySet.ALL.without(CapabilitySet.of(power, DAC_READ_SEARCH));
    return all.as(Credentials.ROOT.with(Privileges.of(rest, true, false)));
  }

  private static Credentials become(Credentials user, Credentials other) throws PosixException {
    return user.withGroups(other.groups()).withGroup(other.gid()).withUser(other.uid());
  }

  private static void refuses(Errno reason, ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(PosixException.class).hasMessage(reason.text());
  }

  @Test
  void rootReadsAndWritesAnybodysFilesByOnePower() throws IOException {
    Paths files = without(DAC_OVERRIDE);
    refuses(Errno.EACCES, () -> files.open("/file", OpenMode.READ));
    refuses(Errno.EACCES, () -> files.list("/secret"));
    refuses(Errno.EACCES, () -> files.changeDirectory("/secret"));
    all.as(root(DAC_OVERRIDE)).open("/file", OpenMode.WRITE).close();
  }

  @Test
  void rootThatOnlyReadsDoesNotWrite() throws IOException {
    Paths files = all.as(root(DAC_READ_SEARCH));
    files.open("/file", OpenMode.READ).close();
    assertThat(files.list("/secret")).isEmpty();
    refuses(Errno.EACCES, () -> files.open("/file", OpenMode.WRITE));
    refuses(Errno.EACCES, () -> files.makeDirectory("/secret/more", 0755));
  }

  @Test
  void ownersAreChangedByOnePowerAndGroupsByTheOwnerToo() throws IOException {
    all.create("/own", OpenMode.WRITE, 0644, true).close();
    Paths files = without(CHOWN);
    refuses(Errno.EPERM, () -> files.setOwner("/own", 1000, -1, true));
    refuses(Errno.EPERM, () -> files.setOwner("/own", -1, 7, true));
    files.setOwner("/own", 0, 0, true);
    all.as(root(CHOWN)).setOwner("/file", 5, 6, true);
    assertThat(all.stat("/file").uid()).isEqualTo(5);
  }

  @Test
  void whatOnlyOwnersDoRootDoesByOnePower() throws IOException {
    Paths files = without(FOWNER);
    refuses(Errno.EPERM, () -> files.setMode("/file", 0777));
    refuses(Errno.EPERM, () -> files.setTimes("/file", LONG_AGO, LONG_AGO, true));
    files.touch("/file", true);
    all.as(root(FOWNER)).setMode("/file", 0640);
    assertThat(all.stat("/file").mode()).isEqualTo(0640);
  }

  @Test
  void aStickyFolderKeepsOthersFilesFromRootWithoutThatPower() throws IOException {
    all.makeDirectory("/tmp", 0777);
    all.setMode("/tmp", 01777);
    all.setOwner("/tmp", 1000, 1000, true);
    all.create("/tmp/theirs", OpenMode.WRITE, 0644, true).close();
    all.setOwner("/tmp/theirs", 1000, 1000, true);
    refuses(Errno.EPERM, () -> without(FOWNER).unlink("/tmp/theirs"));
    all.as(root(FOWNER, DAC_OVERRIDE)).unlink("/tmp/theirs");
  }

  @Test
  void onlyNamedPipesAreMadeWithoutThePowerForDevices() throws IOException {
    Paths files = without(MKNOD);
    files.makeNode("/pipe", FileType.FIFO, 0600, 0);
    refuses(Errno.EPERM, () -> files.makeNode("/null", FileType.CHARACTER, 0600, 0x103));
  }

  @Test
  void theSetGroupBitOfAnotherGroupNeedsAPower() throws IOException {
    all.create("/own", OpenMode.WRITE, 0644, true).close();
    all.setOwner("/own", -1, 10, true);
    without(FSETID).setMode("/own", 02755);
    assertThat(all.stat("/own").mode()).isEqualTo(0755);
    all.setMode("/own", 02755);
    assertThat(all.stat("/own").mode()).isEqualTo(02755);
    all.makeDirectory("/folder", 0755);
    all.setOwner("/folder", -1, 10, true);
    without(FSETID).setMode("/folder", 03775);
    assertThat(all.stat("/folder").mode()).isEqualTo(01775);
  }

  @Test
  void aProgramThatIsGivenAwayRunsAsItsOwnerNoMore() throws IOException {
    all.setMode("/file", 06755);
    all.setOwner("/file", 0, -1, true);
    assertThat(all.stat("/file").mode()).isEqualTo(0755);
  }

  @Test
  void anotherUserHasLostRootsPowersButNotTheirBounds() throws IOException {
    Credentials user = become(root(SETUID, SETGID), new Credentials(1000, 100, List.of(100, 10)));
    assertThat(user.uid()).isEqualTo(1000);
    assertThat(user.groups()).containsExactly(100, 10);
    assertThat(user.privileges().permitted()).isEqualTo(CapabilitySet.NONE);
    assertThat(user.privileges().bounding()).isEqualTo(CapabilitySet.of(SETUID, SETGID));
    assertThatThrownBy(() -> user.withUser(0)).hasMessage(Errno.EPERM.text());
  }

  @Test
  void whoBecomesAnotherNeedsAPowerForTheUserAndOneForTheGroups() {
    Credentials other = new Credentials(1000, 100, List.of(100));
    refuses(Errno.EPERM, () -> become(root(SETUID), other));
    refuses(Errno.EPERM, () -> become(root(SETGID), other));
  }

  @Test
  void aProgramOfRootGetsWhatTheBoundsAllow() {
    Privileges lowered =
        new Privileges(
            CapabilitySet.NONE,
            CapabilitySet.NONE,
            CapabilitySet.NONE,
            CapabilitySet.of(CHOWN),
            false);
    assertThat(Credentials.ROOT.with(lowered).atExecution().can(CHOWN)).isTrue();
    assertThat(Credentials.ROOT.with(lowered.withNothingNew()).atExecution().can(CHOWN)).isFalse();
  }
}
