package io.sockerless.system;

import io.sockerless.engine.Answer;
import io.sockerless.engine.JsonBuilders;
import io.sockerless.engine.ServerVersion;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;

/**
 * Our line in the list of components that {@code docker version} prints, so that whoever asks
 * learns that it is not the daemon itself that answers.
 */
final class ServerComponent {

  private static final String COMPONENTS = "Components";

  private final JsonObject component;

  ServerComponent(String backend) {
    this.component =
        JsonBuilders.object()
            .add("Name", "Sockerless")
            .add("Version", ServerVersion.text())
            .add("Details", JsonBuilders.object().add("Backend", backend))
            .build();
  }

  /** The same document with us among its {@code Components}. */
  Answer addTo(Answer answer) {
    JsonObject document = answer.document().asJsonObject();
    JsonArrayBuilder components =
        document.get(COMPONENTS) instanceof JsonArray present
            ? JsonBuilders.array(present)
            : JsonBuilders.array();
    return answer.with(
        JsonBuilders.object(document).add(COMPONENTS, components.add(component)).build());
  }
}
