package io.sockerless.agent.websocket;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;

/**
 * Listens for WebSockets, and answers few plain requests beside, such as those of a health check. A
 * platform thread serves each connection, since there are few and they carry much; how many there
 * may be is limited, and how long a request may take to come.
 */
public final class WebSocketServer implements AutoCloseable {

  private static final int BACKLOG = 128;

  private final ServerSocket listener;
  private final Optional<SSLContext> tls;
  private final int maxConnections;
  private final Limits limits;
  private final Handler handler;
  private final Set<ServerConnection> open = ConcurrentHashMap.newKeySet();

  /** Decides about requests; for many threads. */
  @FunctionalInterface
  public interface Handler {
    /** What is to be done about this one. */
    Decision decide(Request request);
  }

  /** Loaded when there is something to say, which a start does not wait for. */
  private static final class Log {
    private static final Logger LOG = System.getLogger(WebSocketServer.class.getName());

    private Log() {}
  }

  private WebSocketServer(
      ServerSocket listener,
      Optional<SSLContext> tls,
      int maxConnections,
      Limits limits,
      Handler handler) {
    this.listener = listener;
    this.tls = tls;
    this.maxConnections = maxConnections;
    this.limits = limits;
    this.handler = handler;
  }

  /**
   * Listens until it is closed.
   *
   * @param tls with the server's key; plain without
   * @param maxConnections how many may be open at once; further ones are closed unheard
   * @param limits of each connection; {@code connect} is the time that a request may take to come
   * @throws IOException if the address is not to be had
   */
  public static WebSocketServer listen(
      InetSocketAddress address,
      Optional<SSLContext> tls,
      int maxConnections,
      Limits limits,
      Handler handler)
      throws IOException {
    ServerSocket listener = new ServerSocket();
    try {
      listener.setReuseAddress(true);
      listener.bind(address, BACKLOG);
    } catch (IOException e) {
      listener.close();
      throw e;
    }
    WebSocketServer server = new WebSocketServer(listener, tls, maxConnections, limits, handler);
    Thread.ofPlatform().daemon().name("websocket accept").start(server::accept);
    return server;
  }

  /** Where it listens, which is for the system to say where port 0 was asked for. */
  public int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        admit(listener.accept());
      } catch (IOException e) {
        if (!listener.isClosed()) {
          Log.LOG.log(Level.WARNING, "a connection was not accepted: {0}", e.getMessage());
        }
      }
    }
  }

  private void admit(Socket raw) throws IOException {
    if (open.size() >= maxConnections) {
      Log.LOG.log(
          Level.WARNING,
          "{0} is turned away: {1} connections are open",
          raw.getRemoteSocketAddress(),
          maxConnections);
      raw.close();
      return;
    }
    ServerConnection connection = new ServerConnection(raw, tls, limits, handler);
    open.add(connection);
    Thread.ofPlatform().daemon().name("websocket " + raw.getPort()).start(() -> serve(connection));
  }

  private void serve(ServerConnection connection) {
    try {
      connection.run();
    } catch (IOException e) {
      Log.LOG.log(Level.DEBUG, "{0}: {1}", connection.peer(), e.getMessage());
    } catch (RuntimeException e) {
      Log.LOG.log(Level.ERROR, "serving " + connection.peer() + " failed", e);
    } finally {
      open.remove(connection);
    }
  }

  /** Stops listening, and closes what is open: WebSockets in order, which may take seconds. */
  @Override
  public void close() throws IOException {
    listener.close();
    for (ServerConnection connection : open) {
      connection.stop();
    }
  }
}
