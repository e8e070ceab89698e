package io.sockerless.edge;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** A bound server socket, TCP or unix, and the file that a unix one leaves in the file system. */
final class Listener implements AutoCloseable {

  private static final int BACKLOG = 4096;

  private final ServerSocketChannel channel;
  private final Optional<SocketFile> file;

  /** The socket's file, told apart from a later one of the same path by its key. */
  private record SocketFile(Path path, Object key) {}

  private Listener(ServerSocketChannel channel, Optional<SocketFile> file) {
    this.channel = channel;
    this.file = file;
  }

  /**
   * Binds. A unix socket that nobody serves any more is replaced.
   *
   * @throws IOException if the address is in use, or a file that is no socket lies there
   */
  static Listener bind(ListenAddress listen) throws IOException {
    try {
      return listen.address() instanceof UnixDomainSocketAddress unix
          ? bindUnix(unix)
          : bindTcp((InetSocketAddress) listen.address());
    } catch (IOException e) {
      throw new IOException("cannot listen on " + listen.text() + ": " + e.getMessage(), e);
    }
  }

  private static Listener bindTcp(InetSocketAddress address) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      channel.bind(address, BACKLOG);
      return new Listener(channel, Optional.empty());
    } catch (UnresolvedAddressException e) {
      channel.close();
      throw new BindException("cannot resolve the host");
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * Binds in a folder of our own and moves the socket into place once its mode is right, so that it
   * never stands open.
   */
  private static Listener bindUnix(UnixDomainSocketAddress address) throws IOException {
    Path path = address.getPath();
    removeStale(path);
    Path folder = privateFolder(path);
    Path bound = folder.resolve("s");
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.bind(UnixDomainSocketAddress.of(bound), BACKLOG);
      Files.setPosixFilePermissions(bound, PosixFilePermissions.fromString("rw-rw----"));
      Files.move(bound, path);
      return new Listener(channel, Optional.of(new SocketFile(path, fileKey(path))));
    } catch (IOException | RuntimeException e) {
      channel.close();
      Files.deleteIfExists(bound);
      throw e;
    } finally {
      Files.delete(folder);
    }
  }

  /** A folder with a name so short that a socket in it fits wherever the address itself does. */
  private static Path privateFolder(Path path) throws IOException {
    int tries = 16;
    while (true) {
      String name = "." + Integer.toString(RandomGenerator.getDefault().nextInt(36 * 36 * 36), 36);
      try {
        return Files.createDirectory(
            path.resolveSibling(name),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      } catch (FileAlreadyExistsException e) {
        if (--tries == 0) {
          throw e;
        }
      }
    }
  }

  private static void removeStale(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .isOther()) {
      throw new BindException("a file that is no socket is in the way");
    }
    try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      probe.connect(UnixDomainSocketAddress.of(path));
    } catch (IOException e) {
      Files.delete(path);
      return;
    }
    throw new BindException("another server listens there");
  }

  private static Object fileKey(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .fileKey();
  }

  /** Where it listens, which is for the system to say where port 0 was asked for. */
  SocketAddress address() throws IOException {
    return channel.getLocalAddress();
  }

  /** Blocks for the next client. */
  SocketChannel accept() throws IOException {
    return channel.accept();
  }

  @Override
  public void close() throws IOException {
    channel.close();
    if (file.isPresent()) {
      Path path = file.get().path();
      if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && fileKey(path).equals(file.get().key())) {
        Files.delete(path);
      }
    }
  }
}
