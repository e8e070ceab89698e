package io.sockerless.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sockerless.support.FakeDaemon;
import io.sockerless.support.RawClient;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class ListenerTest {

  @TempDir private Path folder;

  private Path socket() {
    return folder.resolve("docker.sock");
  }

  private Listener bind() throws IOException {
    return Listener.bind(ListenAddress.parse("unix://" + socket()));
  }

  @Test
  void aUnixSocketIsForItsOwnerAndGroupAndGoesWithItsListener() throws IOException {
    try (Listener listener = bind()) {
      assertThat(listener.address()).isNotNull();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())))
          .isEqualTo("rw-rw----");
      RawClient.connect(UnixDomainSocketAddress.of(socket())).close();
      try (Stream<Path> files = Files.list(folder)) {
        assertThat(files).containsExactly(socket());
      }
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aSocketThatNobodyServesIsReplaced() throws IOException {
    try (ServerSocketChannel crashed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      crashed.bind(UnixDomainSocketAddress.of(socket()));
    }
    assertThat(Files.exists(socket(), LinkOption.NOFOLLOW_LINKS)).isTrue();
    try (Listener listener = bind();
        RawClient client = RawClient.connect(UnixDomainSocketAddress.of(socket()))) {
      listener.accept().close();
      assertThat(client.readToEnd()).isEmpty();
    }
  }

  @Test
  void aSocketThatAnotherServesIsRefusedAndLeftToIt() throws IOException {
    try (Listener first = bind()) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(this::bind)
          .withMessageContaining("another server listens there")
          .withMessageContaining(socket().toString());
      // The second's look whether anybody is there.
      first.accept().close();
      try (RawClient client = RawClient.connect(UnixDomainSocketAddress.of(socket()))) {
        first.accept().close();
        assertThat(client.readToEnd()).isEmpty();
      }
    }
  }

  @Test
  void aFileThatIsNoSocketIsRefusedAndKept() throws IOException {
    Files.writeString(socket(), "precious");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(this::bind)
        .withMessageContaining("no socket");
    assertThat(socket()).hasContent("precious");
  }

  @Test
  void aLinkIsRefusedAndKept() throws IOException {
    Path target = Files.writeString(folder.resolve("target"), "precious");
    Files.createSymbolicLink(socket(), target);
    assertThatExceptionOfType(IOException.class).isThrownBy(this::bind);
    assertThat(socket()).isSymbolicLink();
    assertThat(target).hasContent("precious");
  }

  @Test
  void aListenerThatClosesLateLeavesItsSuccessorsSocketAlone() throws IOException {
    Listener first = bind();
    Files.delete(socket());
    try (Listener second = bind()) {
      first.close();
      assertThat(Files.exists(socket())).isTrue();
      assertThat(second.address()).isNotNull();
    }
  }

  @Test
  void aPathAsLongAsTheSystemAllowsWorks() throws IOException {
    int rest = 107 - folder.toString().length() - "//docker.sock".length();
    Path deep = Files.createDirectory(folder.resolve("d".repeat(rest)));
    try (Listener listener =
        Listener.bind(ListenAddress.parse("unix://" + deep.resolve("docker.sock")))) {
      assertThat(listener.address().toString()).isNotEmpty();
      assertThat(deep.resolve("docker.sock").toString()).hasSize(107);
    }
    assertThat(deep).isEmptyDirectory();
  }

  @Test
  void aPortThatIsTakenIsRefusedByName() {
    try (FakeDaemon taken = FakeDaemon.start()) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> Listener.bind(ListenAddress.parse(taken.host())))
          .withMessageStartingWith("cannot listen on " + taken.host());
    }
  }

  @Test
  void aHostThatNobodyKnowsIsRefusedByName() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Listener.bind(ListenAddress.parse("tcp://no-such-host.invalid:1")))
        .withMessageContaining("cannot resolve the host");
  }
}
