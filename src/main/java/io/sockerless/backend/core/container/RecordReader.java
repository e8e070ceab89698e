package io.sockerless.backend.core.container;

import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads all containers that are stored, at the start of a server. Of thousands the larger part is,
 * byte for byte, what others have too: that is read once, by which a start takes half as long as
 * with each document read whole. For one thread.
 */
final class RecordReader {

  private static final Set<String> ALIKE = Set.of("HostConfig", "Mounts", "Networks", "Ports");
  private static final int MAX = 4096;
  private static final byte PLACEHOLDER = '0';

  private final SharedDocuments pool;
  private final Map<ByteBuffer, JsonValue> known = new HashMap<>();

  /**
   * Reads, and has what is alike kept where later containers find it too.
   *
   * @param pool of the documents that containers share
   */
  RecordReader(SharedDocuments pool) {
    this.pool = pool;
  }

  /** Reads what {@link ContainerRecord#document} wrote, as UTF-8. */
  ContainerRecord read(byte[] stored) {
    List<StoredMember> members = new ArrayList<>();
    for (StoredMember member : StoredMember.of(stored)) {
      if (ALIKE.contains(member.name(stored))) {
        members.add(member);
      }
    }
    JsonObjectBuilder document = JsonBuilders.object(JsonBuilders.parse(without(members, stored)));
    for (StoredMember member : members) {
      document.add(member.name(stored), shared(member.value(stored)));
    }
    return ContainerRecord.of(document.build());
  }

  /** The document with something short in place of some values. */
  private static byte[] without(List<StoredMember> members, byte[] stored) {
    ByteArrayOutputStream rest = new ByteArrayOutputStream(stored.length);
    int from = 0;
    for (StoredMember member : members) {
      rest.write(stored, from, member.valueStart() - from);
      rest.write(PLACEHOLDER);
      from = member.valueEnd();
    }
    rest.write(stored, from, stored.length - from);
    return rest.toByteArray();
  }

  private JsonValue shared(ByteBuffer text) {
    JsonValue value = known.get(text);
    if (value == null) {
      value = pool.share(parse(text));
      if (known.size() >= MAX) {
        known.clear();
      }
      known.put(text, value);
    }
    return value;
  }

  /** Reads an object or an array. */
  private static JsonValue parse(ByteBuffer text) {
    String wrapped = "{\"\":" + StandardCharsets.UTF_8.decode(text.duplicate()) + "}";
    JsonObject object = JsonBuilders.parse(wrapped.getBytes(StandardCharsets.UTF_8));
    return object.getOrDefault("", JsonValue.NULL);
  }
}
