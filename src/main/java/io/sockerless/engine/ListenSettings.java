package io.sockerless.engine;

/**
 * The settings of where the server listens. The edge opens these addresses, and backends tell them
 * to what is to call the server back, so that both must mean the same by them.
 */
public final class ListenSettings {

  /** The addresses of Docker's API, with commas between. */
  public static final String ADDRESSES = "sockerless.listen";

  /** Where it listens unless told otherwise: where clients of Docker look for a plain daemon. */
  public static final String ADDRESSES_DEFAULT = "tcp://127.0.0.1:2375";

  /** The chain of certificates of all TCP addresses, which have TLS with it and not without. */
  public static final String TLS_CERTIFICATE = "sockerless.tls.certificate";

  /** The application server's own port, on loopback. */
  public static final String SERVER_PORT = "sockerless.http.port";

  /** The port that the application server comes with. */
  public static final int SERVER_PORT_DEFAULT = 9080;

  private ListenSettings() {}
}
