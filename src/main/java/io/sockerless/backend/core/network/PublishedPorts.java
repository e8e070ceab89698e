package io.sockerless.backend.core.network;

import io.sockerless.engine.EngineException;
import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.BindException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The ports of the host at which containers are reached: real listeners, one a binding. */
public final class PublishedPorts implements AutoCloseable {

  private final Map<String, List<PublishedPort>> byContainer = new ConcurrentHashMap<>();

  /**
   * Opens all, or none.
   *
   * @return the Docker API's {@code NetworkSettings.Ports}
   * @throws EngineException.Failure if a port is taken, in dockerd's words
   */
  JsonObject open(
      Endpoint endpoint,
      PortBindings bindings,
      PortListener.Target streams,
      UdpPort.Target datagrams) {
    close(endpoint.containerId());
    List<PublishedPort> opened = new ArrayList<>();
    JsonObjectBuilder ports = JsonBuilders.object();
    try {
      bindings
          .wanted()
          .forEach((port, places) -> {
            Opening opening =
                (ip, candidate) ->
                    port.isUdp()
                        ? UdpPort.open(ip, candidate, port.number(), datagrams)
                        : PortListener.open(ip, candidate, port.number(), streams);
            JsonArrayBuilder shown = JsonBuilders.array();
            for (PortBindings.Place place : places) {
              PublishedPort listener = listen(endpoint, place, port, opening, opened);
              opened.add(listener);
              show(listener, shown);
            }
            if (places.isEmpty()) {
              ports.add(port.toString(), JsonValue.NULL);
            } else {
              ports.add(port.toString(), shown);
            }
          });
    } catch (EngineException e) {
      opened.forEach(PublishedPort::close);
      throw e;
    }
    byContainer.put(endpoint.containerId(), List.copyOf(opened));
    return ports.build();
  }

  private static void show(PublishedPort port, JsonArrayBuilder bindings) {
    for (String address : port.addresses()) {
      bindings.add(
          JsonBuilders.object()
              .add("HostIp", address)
              .add("HostPort", Integer.toString(port.port())));
    }
  }

  private PublishedPort listen(
      Endpoint endpoint,
      PortBindings.Place place,
      PortBindings.Port port,
      Opening opening,
      List<PublishedPort> opened) {
    int candidate = place.first();
    while (true) {
      try {
        return opening.open(place.ip(), candidate);
      } catch (BindException e) {
        if (candidate == place.last()) {
          throw taken(endpoint, place, port, candidate, opened, e);
        }
        candidate++;
      } catch (IOException e) {
        throw taken(endpoint, place, port, candidate, opened, e);
      }
    }
  }

  private EngineException taken(
      Endpoint endpoint,
      PortBindings.Place place,
      PortBindings.Port port,
      int candidate,
      List<PublishedPort> opened,
      IOException e) {
    String ip = place.ip().isEmpty() ? "0.0.0.0" : place.ip();
    boolean six = ip.contains(":");
    String where = (six ? "[" + ip + "]" : ip) + ":" + candidate;
    String reason = e.getMessage() == null ? e.toString() : e.getMessage();
    String why =
        isOurs(candidate, port.isUdp(), opened)
            ? "Bind for " + where + " failed: port is already allocated"
            : "Error starting userland proxy: listen %s%s %s: bind: %s"
                .formatted(
                    port.protocol(), six ? "6" : "4", where, reason.toLowerCase(Locale.ROOT));
    return new EngineException.Failure(
        500,
        "driver failed programming external connectivity on endpoint %s (%s): %s"
            .formatted(endpoint.containerName(), endpoint.id(), why));
  }

  /** Whether a container has it, which clients know by dockerd's other words. */
  private boolean isOurs(int port, boolean udp, List<PublishedPort> opened) {
    return Stream.concat(byContainer.values().stream().flatMap(List::stream), opened.stream())
        .anyMatch(it -> it.port() == port && it instanceof UdpPort == udp);
  }

  /** Opens one port of the host. */
  @FunctionalInterface
  private interface Opening {
    PublishedPort open(String ip, int port) throws IOException;
  }

  /** Closes the ports of a container. */
  void close(String containerId) {
    List<PublishedPort> listeners = byContainer.remove(containerId);
    if (listeners != null) {
      listeners.forEach(PublishedPort::close);
    }
  }

  /** Closes all: the server stops. */
  @Override
  public void close() {
    List.copyOf(byContainer.keySet()).forEach(this::close);
  }
}
