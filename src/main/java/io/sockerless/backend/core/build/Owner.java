package io.sockerless.backend.core.build;

import io.sockerless.backend.core.driver.ContainerFiles;
import io.sockerless.engine.EngineException;
import java.io.IOException;
import java.util.Optional;

/** Whom copied files belong to, by number. */
record Owner(long user, long group) {

  static final Owner ROOT = new Owner(0, 0);

  /**
   * Finds an owner.
   *
   * @param text {@code user[:group]}, each by name or number; a user alone is the group's name too
   * @param files of the image that has the names
   */
  static Owner of(String text, ContainerFiles files) throws IOException {
    if (text.isEmpty()) {
      return ROOT;
    }
    String[] parts = text.split(":", -1);
    if (parts.length > 2) {
      throw new EngineException.Failure(500, "invalid chown string format: " + text);
    }
    String group = parts.length == 2 ? parts[1] : parts[0];
    return new Owner(
        number(parts[0], "/etc/passwd", files).orElseThrow(() -> unknown("uid", "user", parts[0])),
        number(group, "/etc/group", files).orElseThrow(() -> unknown("gid", "group", group)));
  }

  private static EngineException unknown(String what, String kind, String name) {
    return new EngineException.Failure(
        500,
        "unable to convert uid/gid chown string to host mapping: can't find %s for %s %s: no such %s: %s"
            .formatted(what, kind, name, kind, name));
  }

  private static Optional<Long> number(String text, String path, ContainerFiles files)
      throws IOException {
    if (text.matches("[0-9]{1,10}")) {
      return Optional.of(Long.parseLong(text));
    }
    for (String line : ContainerText.read(files, path).split("\n", -1)) {
      String[] fields = line.strip().split(":", -1);
      if (fields.length > 2 && fields[0].equals(text) && fields[2].matches("[0-9]{1,10}")) {
        return Optional.of(Long.parseLong(fields[2]));
      }
    }
    return Optional.empty();
  }
}
