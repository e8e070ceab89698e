package io.sockerless.wire;

import java.net.InetSocketAddress;

/** One end of a TCP connection, as the machine names it that it is on. */
public record TcpEnd(InetSocketAddress local, InetSocketAddress remote) {}
