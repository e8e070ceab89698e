package io.sockerless.edge;

import io.sockerless.edge.security.TlsServer;
import io.sockerless.edge.security.Tokens;
import io.sockerless.engine.Engine;
import io.sockerless.engine.HijackedStream;
import io.sockerless.http.ConsoleLogin;
import io.sockerless.http.EdgePasses;
import io.sockerless.http.EdgeUpgrade;
import io.sockerless.http.Router;
import io.sockerless.wire.ChannelTransport;
import io.sockerless.wire.TcpTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.microprofile.config.Config;

/**
 * The listeners that an application server has not: TCP and unix sockets whose connections can be
 * taken over byte by byte. Binds and serves while the application starts: a setting that cannot
 * work stops it, and what the application server is needed for waits until that answers.
 */
public class Edge {

  private static final Logger LOG = System.getLogger(Edge.class.getName());
  private static final long TICK_MILLIS = 200;
  private static final long DEPARTURES_MILLIS = 1000;
  private static final long REFRESH_SECONDS = 2;

  private static final Duration DRAIN_POLL = Duration.ofMillis(20);

  /** How many connections get a platform thread, which wakes up for a request in half the time. */
  private static final int PLATFORM_THREADS = 64;

  /**
   * How many streams stay on such a thread, where each piece that comes takes a third of the time.
   */
  private static final int PLATFORM_STREAMS = 32;

  private final EdgeConfig config;
  private final Server server;
  private final EdgeRoutes routes;
  private final Optional<TlsServer> tls;
  private final Optional<Tokens> tokens;
  private final Gate gate;
  private final Duration headTime;
  private final List<Listener> listeners = new ArrayList<>();
  private final Semaphore platformThreads = new Semaphore(PLATFORM_THREADS);
  private final Semaphore platformStreams = new Semaphore(PLATFORM_STREAMS);
  private final Set<EdgeConnection> connections = ConcurrentHashMap.newKeySet();
  private final Departures departures = new Departures(TcpTable::orphans);
  private final ScheduledExecutorService ticker =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("edge-ticker").daemon().factory());
  private volatile boolean serving;
  private volatile boolean stopped;

  /** Reads the settings; refuses those that would hand the machine to the network. */
  public Edge(
      Config config, Engine engine, Router router, EdgePasses passes, List<EdgeUpgrade> upgrades) {
    this(config, engine, router, passes, upgrades, EdgeConnection.HEAD_TIME);
  }

  Edge(
      Config config,
      Engine engine,
      Router router,
      EdgePasses passes,
      List<EdgeUpgrade> upgrades,
      Duration headTime) {
    this.headTime = headTime;
    this.config = EdgeConfig.from(config);
    this.tls = this.config.tls().map(TlsServer::new);
    this.tokens = this.config.tokens().map(Tokens::new);
    this.server = new Server(this.config.serverPort(), passes);
    this.gate =
        new Gate(
            new BrowserGuard(this.config.names()),
            tokens,
            this.config.login() == ConsoleLogin.SERVER
                ? Optional.of(new ServerLogin(server))
                : Optional.empty());
    if (this.config.requiresIdentity()) {
      passes.require();
    }
    this.routes = new EdgeRoutes(engine, router, server, upgrades);
  }

  /** Whether clients are being served. */
  public boolean isServing() {
    return serving;
  }

  /** Whether the listeners are closed for good. */
  public boolean isStopped() {
    return stopped;
  }

  /** How many clients are connected. */
  public int connections() {
    return connections.size();
  }

  /** Where clients connect. */
  List<Listener> listeners() {
    return List.copyOf(listeners);
  }

  /** Listens and serves. */
  void start() {
    try {
      for (ListenAddress address : config.listen()) {
        listeners.add(Listener.bind(address));
      }
    } catch (IOException e) {
      stop();
      throw new UncheckedIOException(e);
    }
    serve();
    Thread.ofVirtual().name("edge-start").start(this::awaitServer);
  }

  private void serve() {
    Future<?> _ =
        ticker.scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    Future<?> _ =
        ticker.scheduleAtFixedRate(
            () -> departures.note(connections),
            DEPARTURES_MILLIS / 2,
            DEPARTURES_MILLIS,
            TimeUnit.MILLISECONDS);
    Future<?> _ =
        ticker.scheduleAtFixedRate(
            () -> departures.find(connections),
            DEPARTURES_MILLIS,
            DEPARTURES_MILLIS,
            TimeUnit.MILLISECONDS);
    Future<?> _ =
        ticker.scheduleWithFixedDelay(
            this::refresh, REFRESH_SECONDS, REFRESH_SECONDS, TimeUnit.SECONDS);
    for (int i = 0; i < listeners.size(); i++) {
      Listener listener = listeners.get(i);
      ListenAddress address = config.listen().get(i);
      Entrance entrance = Entrance.of(address, tls);
      Thread.ofVirtual().name("accept").start(() -> accept(listener, entrance));
      LOG.log(
          Level.INFO,
          "listening on {0}{1}",
          address.text(),
          entrance.tls().isPresent() ? " with TLS" : "");
    }
    serving = true;
  }

  private void awaitServer() {
    Instant giveUp = Instant.now().plus(Server.START);
    while (!stopped && !server.isReady()) {
      if (Instant.now().isAfter(giveUp)) {
        LOG.log(
            Level.ERROR,
            "the server''s own port {0} does not answer: is it the one that SOCKERLESS_HTTP_PORT names?",
            Integer.toString(config.serverPort()));
        giveUp = Instant.MAX;
      }
      try {
        TimeUnit.MILLISECONDS.sleep(20);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** Certificates and keys are renewed while the server runs. */
  private void refresh() {
    tls.ifPresent(TlsServer::refresh);
    tokens.ifPresent(Tokens::refresh);
  }

  private void accept(Listener listener, Entrance entrance) {
    while (!stopped) {
      try {
        connect(listener.accept(), entrance);
      } catch (IOException e) {
        if (!stopped) {
          LOG.log(Level.WARNING, "accept failed: {0}", e.getMessage());
          // Out of file descriptors, most likely: others must end before another can begin.
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
      }
    }
  }

  private void connect(SocketChannel channel, Entrance entrance) throws IOException {
    EdgeConnection connection =
        new EdgeConnection(new ChannelTransport(channel), entrance, gate, routes, headTime);
    connections.add(connection);
    if (platformThreads.tryAcquire()) {
      Thread.ofPlatform().daemon().name("edge").start(() -> servePromptly(connection));
    } else {
      Thread.ofVirtual().name("edge").start(() -> carryPatiently(connection, connection.serve()));
    }
  }

  private void servePromptly(EdgeConnection connection) {
    Optional<HijackedStream> stream;
    try {
      stream = connection.serve();
    } finally {
      platformThreads.release();
    }
    if (stream.isPresent() && platformStreams.tryAcquire()) {
      try {
        carry(connection, stream.get());
      } finally {
        platformStreams.release();
      }
    } else {
      carryPatiently(connection, stream);
    }
  }

  /** A stream may lie idle for days, by the thousand: it goes on virtual threads. */
  private void carryPatiently(EdgeConnection connection, Optional<HijackedStream> stream) {
    if (stream.isPresent()) {
      Thread.ofVirtual().name("stream").start(() -> carry(connection, stream.get()));
    } else {
      connections.remove(connection);
    }
  }

  private void carry(EdgeConnection connection, HijackedStream stream) {
    connection.carry(stream);
    connections.remove(connection);
  }

  private void tick() {
    long now = System.nanoTime();
    for (EdgeConnection connection : connections) {
      try {
        connection.tick(now);
      } catch (RuntimeException e) {
        // One connection's trouble must not end the deadlines of all others.
        LOG.log(Level.ERROR, "a connection could not be looked after", e);
      }
    }
  }

  /**
   * Takes no more connections and requests, and waits until those are answered that will be by
   * themselves, such as pulls and builds; not for what only watches, such as events.
   */
  public void drain() {
    closeListeners();
    Instant giveUp = Instant.now().plus(config.drain());
    connections.forEach(EdgeConnection::answerLast);
    while (connections.stream().anyMatch(EdgeConnection::isAnswering)) {
      if (Instant.now().isAfter(giveUp)) {
        LOG.log(Level.WARNING, "requests that had not ended in {0} are cut", config.drain());
        return;
      }
      LockSupport.parkNanos(DRAIN_POLL.toNanos());
    }
  }

  /** Closes the listeners and all connections. */
  void stop() {
    closeListeners();
    ticker.shutdownNow();
    connections.forEach(EdgeConnection::close);
  }

  private void closeListeners() {
    stopped = true;
    serving = false;
    for (Listener listener : listeners) {
      try {
        listener.close();
      } catch (IOException e) {
        LOG.log(Level.WARNING, "closing a listener failed: {0}", e.getMessage());
      }
    }
  }
}
