package io.sockerless.wire;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Linux's table of this machine's TCP sockets, which tells what no byte on a connection does: that
 * the process behind the other end is gone, where that end is on this machine too.
 *
 * @see <a href="https://www.kernel.org/doc/Documentation/networking/proc_net_tcp.txt">/proc/net/tcp
 *     and /proc/net/tcp6</a>
 */
public final class TcpTable {

  private static final Path IPV4 = Path.of("/proc/net/tcp");
  private static final Path IPV6 = Path.of("/proc/net/tcp6");

  private static final int LOCAL = 1;
  private static final int REMOTE = 2;
  private static final int STATE = 3;
  private static final int INODE = 9;
  private static final String FIN_WAIT2 = "05";
  private static final String NO_INODE = "0";
  private static final int WORD = 8;

  private TcpTable() {}

  /**
   * The ends that have ended their direction, wait for the other to do so, and that no process has
   * open any more. While one has, the socket has an inode.
   *
   * @throws IOException where there is no such table, or it must not be read
   */
  public static Set<TcpEnd> orphans() throws IOException {
    Set<TcpEnd> orphans = new HashSet<>();
    addOrphans(IPV4, orphans);
    if (Files.exists(IPV6)) {
      addOrphans(IPV6, orphans);
    }
    return orphans;
  }

  private static void addOrphans(Path table, Set<TcpEnd> orphans) throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(table, StandardCharsets.US_ASCII)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        orphan(line).ifPresent(orphans::add);
      }
    }
  }

  /** The end that a line of the table is about, if nobody has it open. */
  static Optional<TcpEnd> orphan(String line) throws UnknownHostException {
    // Nearly no line is, and this costs less than to take each apart.
    if (!line.contains(" " + FIN_WAIT2 + " ")) {
      return Optional.empty();
    }
    String[] fields = line.strip().split(" +", -1);
    return fields.length > INODE
            && fields[STATE].equals(FIN_WAIT2)
            && fields[INODE].equals(NO_INODE)
        ? Optional.of(new TcpEnd(address(fields[LOCAL]), address(fields[REMOTE])))
        : Optional.empty();
  }

  /** Hexadecimal words in the machine's own byte order, a colon, and the port. */
  private static InetSocketAddress address(String field) throws UnknownHostException {
    int colon = field.indexOf(':');
    ByteBuffer bytes = ByteBuffer.allocate(colon / 2).order(ByteOrder.nativeOrder());
    for (int word = 0; word < colon; word += WORD) {
      bytes.putInt(Integer.parseUnsignedInt(field, word, word + WORD, 16));
    }
    return new InetSocketAddress(
        InetAddress.getByAddress(bytes.array()),
        Integer.parseInt(field, colon + 1, field.length(), 16));
  }
}
