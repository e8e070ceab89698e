package io.sockerless.edge;

/** The same forms over TLS: what is inside it is no better than what is not. */
class SmugglingOverTlsTest extends SmugglingTest {

  @Override
  EdgeServer edge(String dockerHost) {
    return EdgeServer.withTls(dockerHost);
  }
}
