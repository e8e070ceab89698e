package io.sockerless.agent.websocket;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The fields of a head, in their order; names are alike in any case. */
public final class Fields {

  private final List<String> names = new ArrayList<>();
  private final List<String> values = new ArrayList<>();

  Fields() {}

  void add(String name, String value) {
    names.add(name);
    values.add(value);
  }

  int count() {
    return names.size();
  }

  /** All values of a field. */
  public List<String> all(String name) {
    List<String> found = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).equalsIgnoreCase(name)) {
        found.add(values.get(i));
      }
    }
    return found;
  }

  /** The value of a field; empty where it is missing, or there more than once. */
  public Optional<String> only(String name) {
    List<String> found = all(name);
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }

  /** The members of a field that is a list, which may be spread over several lines. */
  public List<String> members(String name) {
    List<String> members = new ArrayList<>();
    for (String value : all(name)) {
      int start = 0;
      while (start <= value.length()) {
        int comma = value.indexOf(',', start);
        int end = comma < 0 ? value.length() : comma;
        String member = value.substring(start, end).strip();
        if (!member.isEmpty()) {
          members.add(member);
        }
        start = end + 1;
      }
    }
    return members;
  }

  /** Whether a list has a member, in any case. */
  boolean lists(String name, String member) {
    for (String listed : members(name)) {
      if (listed.equalsIgnoreCase(member)) {
        return true;
      }
    }
    return false;
  }
}
