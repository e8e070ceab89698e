package io.sockerless.agent.protocol;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** The members of a message in JSON, by type; one that is missing is empty, 0 or false. */
final class Fields {

  private final Map<String, Object> members;

  Fields(Map<String, Object> members) {
    this.members = members;
  }

  /** The session's number, as a string of digits. */
  int id() throws ProtocolFault {
    try {
      int id = Integer.parseInt(text("id"));
      if (id >= 0) {
        return id;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new ProtocolFault("a message without a session");
  }

  String text(String name) throws ProtocolFault {
    return member(name, String.class, "");
  }

  boolean flag(String name) throws ProtocolFault {
    return member(name, Boolean.class, false);
  }

  int number(String name) throws ProtocolFault {
    long number = member(name, Long.class, 0L);
    if (number != (int) number) {
      throw wrong(name);
    }
    return (int) number;
  }

  long count(String name) throws ProtocolFault {
    long number = member(name, Long.class, 0L);
    if (number < 0) {
      throw wrong(name);
    }
    return number;
  }

  byte[] bytes(String name) throws ProtocolFault {
    try {
      return Base64.getDecoder().decode(text(name));
    } catch (IllegalArgumentException e) {
      throw wrong(name);
    }
  }

  List<String> texts(String name) throws ProtocolFault {
    return texts(name, member(name, List.class, List.of()));
  }

  List<List<String>> rows(String name) throws ProtocolFault {
    List<List<String>> rows = new ArrayList<>();
    for (Object row : member(name, List.class, List.of())) {
      if (!(row instanceof List<?> columns)) {
        throw wrong(name);
      }
      rows.add(texts(name, columns));
    }
    return rows;
  }

  private static List<String> texts(String name, List<?> elements) throws ProtocolFault {
    List<String> texts = new ArrayList<>();
    for (Object element : elements) {
      if (!(element instanceof String text)) {
        throw wrong(name);
      }
      texts.add(text);
    }
    return texts;
  }

  private <T> T member(String name, Class<T> type, T missing) throws ProtocolFault {
    Object value = members.get(name);
    if (value == null) {
      return missing;
    }
    if (!type.isInstance(value)) {
      throw wrong(name);
    }
    return type.cast(value);
  }

  private static ProtocolFault wrong(String name) {
    return new ProtocolFault("member " + name + " is not what it should be");
  }
}
