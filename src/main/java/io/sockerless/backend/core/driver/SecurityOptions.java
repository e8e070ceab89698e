package io.sockerless.backend.core.driver;

import static io.sockerless.backend.core.document.Documents.strings;

import io.sockerless.backend.core.value.GoValues;
import io.sockerless.engine.EngineException;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Set;

/**
 * What {@code HostConfig.SecurityOpt} asks for. Labels, profiles of seccomp and AppArmor are about
 * a kernel of the host, which runs nothing of a container here; what is no option at all is
 * refused.
 */
public final class SecurityOptions {

  private static final String NO_NEW_PRIVILEGES = "no-new-privileges";
  private static final Set<String> ABOUT_THE_HOST =
      Set.of("label", "apparmor", "seccomp", "systempaths", "writable-cgroups");

  private SecurityOptions() {}

  /**
   * Whether starting a program can give its processes no power that they have not.
   *
   * @throws EngineException.InvalidParameter in dockerd's words of an option that is none
   */
  public static boolean noNewPrivileges(JsonObject hostConfig) {
    boolean asked = false;
    for (String option : strings(hostConfig, "SecurityOpt")) {
      List<String> parts = parts(option);
      if (parts.getFirst().equals(NO_NEW_PRIVILEGES)) {
        asked =
            parts.size() < 2 || GoValues.truth(parts.get(1)).orElseThrow(() -> invalid(2, option));
      }
    }
    return asked;
  }

  private static List<String> parts(String option) {
    if (option.equals(NO_NEW_PRIVILEGES)) {
      return List.of(option);
    }
    List<String> parts = List.of(option.split(option.contains("=") ? "=" : ":", 2));
    if (parts.size() < 2) {
      throw invalid(1, option);
    }
    if (!parts.getFirst().equals(NO_NEW_PRIVILEGES) && !ABOUT_THE_HOST.contains(parts.getFirst())) {
      throw invalid(2, option);
    }
    return parts;
  }

  private static EngineException invalid(int kind, String option) {
    return new EngineException.InvalidParameter(
        "invalid --security-opt " + kind + ": \"" + option + "\"");
  }
}
