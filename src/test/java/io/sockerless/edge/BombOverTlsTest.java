package io.sockerless.edge;

/** The same bombs over TLS. */
class BombOverTlsTest extends BombTest {

  @Override
  EdgeServer edge(String dockerHost, String... settings) {
    return EdgeServer.withTls(dockerHost, EdgeConnection.HEAD_TIME, settings);
  }
}
