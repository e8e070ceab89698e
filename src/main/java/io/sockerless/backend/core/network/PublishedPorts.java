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

/** The ports of the host at which containers are reached: real listeners, one a binding. */
public final class PublishedPorts implements AutoCloseable {

  private final Map<String, List<PortListener>> byContainer = new ConcurrentHashMap<>();

  /**
   * Opens all, or none.
   *
   * @return the Docker API's {@code NetworkSettings.Ports}
   * @throws EngineException.Failure if a port is taken, in dockerd's words
   */
  JsonObject open(Endpoint endpoint, PortBindings bindings, PortListener.Target target) {
    close(endpoint.containerId());
    List<PortListener> opened = new ArrayList<>();
    JsonObjectBuilder ports = JsonBuilders.object();
    try {
      bindings
          .wanted()
          .forEach((port, places) -> {
            JsonArrayBuilder shown = JsonBuilders.array();
            for (PortBindings.Place place : places) {
              PortListener listener = listen(endpoint, place, port, target);
              opened.add(listener);
              listener
                  .addresses()
                  .forEach(address ->
                      shown.add(
                          JsonBuilders.object()
                              .add("HostIp", address)
                              .add("HostPort", Integer.toString(listener.port()))));
            }
            if (places.isEmpty()) {
              ports.add(port.toString(), JsonValue.NULL);
            } else {
              ports.add(port.toString(), shown);
            }
          });
    } catch (EngineException e) {
      opened.forEach(PortListener::close);
      throw e;
    }
    byContainer.put(endpoint.containerId(), List.copyOf(opened));
    return ports.build();
  }

  private static PortListener listen(
      Endpoint endpoint,
      PortBindings.Place place,
      PortBindings.Port port,
      PortListener.Target target) {
    int candidate = place.first();
    while (true) {
      try {
        return PortListener.open(place.ip(), candidate, port.number(), target);
      } catch (BindException e) {
        if (candidate == place.last()) {
          throw taken(endpoint, place, candidate, e);
        }
        candidate++;
      } catch (IOException e) {
        throw taken(endpoint, place, candidate, e);
      }
    }
  }

  private static EngineException taken(
      Endpoint endpoint, PortBindings.Place place, int port, IOException e) {
    String ip = place.ip().isEmpty() ? "0.0.0.0" : place.ip();
    boolean six = ip.contains(":");
    String reason = e.getMessage() == null ? e.toString() : e.getMessage();
    return new EngineException.Failure(
        500,
        ("driver failed programming external connectivity on endpoint %s (%s): Error starting"
                + " userland proxy: listen tcp%s %s:%d: bind: %s")
            .formatted(
                endpoint.containerName(),
                endpoint.id(),
                six ? "6" : "4",
                six ? "[" + ip + "]" : ip,
                port,
                reason.toLowerCase(Locale.ROOT)));
  }

  /** Closes the ports of a container. */
  void close(String containerId) {
    List<PortListener> listeners = byContainer.remove(containerId);
    if (listeners != null) {
      listeners.forEach(PortListener::close);
    }
  }

  /** Closes all: the server stops. */
  @Override
  public void close() {
    List.copyOf(byContainer.keySet()).forEach(this::close);
  }
}
