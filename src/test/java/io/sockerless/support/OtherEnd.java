package io.sockerless.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What Linux knows of the other end of a TCP connection on this machine, which a half-close and a
 * close look the same to. It reads the table in its own, crude way, so that it shares no fault with
 * ours.
 */
public final class OtherEnd {

  private OtherEnd() {}

  /** Whether a process still has the other end of the channel open. */
  public static boolean isHeld(SocketChannel channel) {
    try {
      String here = port(channel.getLocalAddress());
      String there = port(channel.getRemoteAddress());
      List<String> lines = new ArrayList<>(Files.readAllLines(Path.of("/proc/net/tcp")));
      lines.addAll(Files.readAllLines(Path.of("/proc/net/tcp6")));
      return lines.stream()
          .map(line -> line.strip().split("\\s+"))
          .anyMatch(fields ->
              fields[1].endsWith(there) && fields[2].endsWith(here) && !fields[9].equals("0"));
    } catch (ClosedChannelException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String port(Object address) {
    return ":%04X".formatted(((InetSocketAddress) address).getPort());
  }
}
