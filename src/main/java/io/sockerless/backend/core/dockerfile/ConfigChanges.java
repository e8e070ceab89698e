package io.sockerless.backend.core.dockerfile;

import io.sockerless.backend.core.document.Documents;
import io.sockerless.engine.EngineException;
import jakarta.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The few instructions of a Dockerfile that change an image's configuration and nothing else, as a
 * commit and an import take them.
 *
 * @see <a href="https://docs.docker.com/reference/cli/docker/container/commit/#change">the
 *     instructions that a commit takes</a>
 */
public final class ConfigChanges {

  private static final Set<String> ALLOWED =
      Set.of(
          "cmd",
          "entrypoint",
          "env",
          "expose",
          "healthcheck",
          "label",
          "onbuild",
          "user",
          "volume",
          "workdir");

  private ConfigChanges() {}

  /**
   * Applies instructions such as {@code ENV A=b}, one each or several apart by newlines.
   *
   * @param config the {@code ContainerConfig} to begin with
   * @throws EngineException.InvalidParameter for an instruction that is none of them
   */
  public static JsonObject apply(JsonObject config, List<String> changes) {
    String text = String.join("\n", changes);
    if (text.isBlank()) {
      return config;
    }
    try {
      LineReader reader = new LineReader(text);
      List<Statement> statements = reader.statements();
      if (statements.isEmpty()) {
        throw DockerfileException.ofSyntax("file with no instructions");
      }
      statements.forEach(ConfigChanges::check);
      return apply(config, statements, reader.escape());
    } catch (DockerfileException e) {
      throw new EngineException.InvalidParameter(e.text());
    }
  }

  private static void check(Statement statement) {
    if (!ALLOWED.contains(statement.keyword().toLowerCase(Locale.ROOT))) {
      throw new EngineException.InvalidParameter(
          statement.keyword() + " is not a valid change command");
    }
  }

  private static JsonObject apply(JsonObject config, List<Statement> statements, char escape)
      throws DockerfileException {
    InstructionParser parser = new InstructionParser(escape);
    JsonObject changed = config;
    boolean commandIsNew = false;
    for (Statement statement : statements) {
      Expander expander = new Expander(escape, environment(changed));
      Instruction instruction = parser.parse(statement).expanded(expander);
      changed = ConfigEdit.of(instruction, changed, commandIsNew).config();
      commandIsNew |= instruction instanceof Instruction.Command;
    }
    return changed;
  }

  private static Map<String, String> environment(JsonObject config) {
    Map<String, String> environment = new HashMap<>();
    for (String entry : Documents.strings(config, "Env")) {
      String[] parts = entry.split("=", 2);
      environment.put(parts[0], parts.length > 1 ? parts[1] : "");
    }
    return environment;
  }
}
