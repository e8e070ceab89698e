package io.sockerless.backend.core.network;

import io.sockerless.backend.core.document.Documents;
import io.sockerless.engine.EngineException;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ports that a container has to the outside: each exposed one, and where on the host it is to
 * be reached.
 *
 * @param wanted by the container's port; an empty list for one that is exposed but not published
 */
record PortBindings(Map<Port, List<Place>> wanted) {

  private static final Pattern RANGE = Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?");
  private static final int MAX_PORT = 65535;

  /** A port of a container, such as {@code 80/tcp}. */
  record Port(int number, String protocol) {
    private static final Comparator<Port> ORDER =
        Comparator.comparingInt(Port::number).thenComparing(Port::protocol);

    boolean isUdp() {
      return protocol.equals("udp");
    }

    @Override
    public String toString() {
      return number + "/" + protocol;
    }
  }

  /**
   * Where on the host.
   *
   * @param ip as the client gave it, maybe empty
   * @param first the lowest port that will do, 0 for any
   * @param last the highest
   */
  record Place(String ip, int first, int last) {
    static final Place ANY = new Place("", 0, 0);
  }

  /**
   * Reads {@code Config.ExposedPorts}, {@code HostConfig.PortBindings} and {@code
   * .PublishAllPorts}.
   *
   * @throws EngineException.InvalidParameter for what is no port
   * @throws EngineException.NotImplemented for SCTP
   */
  static PortBindings of(JsonObject config, JsonObject hostConfig) {
    Map<Port, List<Place>> wanted = new TreeMap<>(Port.ORDER);
    JsonObject bindings = Documents.object(hostConfig, "PortBindings");
    for (String key : bindings.keySet()) {
      Port port = port(key);
      List<Place> places = wanted.computeIfAbsent(port, it -> new ArrayList<>());
      Documents.objects(bindings, key).forEach(binding -> places.add(place(binding)));
      if (places.isEmpty()) {
        places.add(Place.ANY);
      }
      checkProtocol(port);
    }
    boolean all = Documents.flag(hostConfig, "PublishAllPorts");
    for (String key : Documents.object(config, "ExposedPorts").keySet()) {
      Port port = port(key);
      if (all && !wanted.containsKey(port)) {
        checkProtocol(port);
      }
      wanted.putIfAbsent(port, all ? List.of(Place.ANY) : List.of());
    }
    return new PortBindings(wanted);
  }

  /** Whether any UDP port is to be reached. */
  boolean wantsDatagrams() {
    return wanted.entrySet().stream()
        .anyMatch(it -> it.getKey().isUdp() && !it.getValue().isEmpty());
  }

  private static void checkProtocol(Port port) {
    if (port.protocol().equals("sctp")) {
      throw new EngineException.NotImplemented(
          "publishing " + port + " is not served by this backend: it forwards TCP and UDP");
    }
  }

  private static Port port(String text) {
    int slash = text.indexOf('/');
    String number = slash < 0 ? text : text.substring(0, slash);
    String protocol = slash < 0 ? "tcp" : text.substring(slash + 1);
    Place range = range("", number);
    boolean known = protocol.equals("tcp") || protocol.equals("udp") || protocol.equals("sctp");
    if (!known || range.first() == 0 || range.first() != range.last()) {
      throw new EngineException.InvalidParameter("invalid port specification: \"" + text + "\"");
    }
    return new Port(range.first(), protocol);
  }

  private static Place place(JsonObject binding) {
    String port = Documents.string(binding, "HostPort");
    return range(Documents.string(binding, "HostIp"), port.isEmpty() ? "0" : port);
  }

  private static Place range(String ip, String text) {
    Matcher range = RANGE.matcher(text);
    if (range.matches()) {
      int first = Integer.parseInt(range.group(1));
      int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
      if (first <= last && last <= MAX_PORT) {
        return new Place(ip, first, last);
      }
    }
    throw new EngineException.InvalidParameter("invalid port specification: \"" + text + "\"");
  }
}
