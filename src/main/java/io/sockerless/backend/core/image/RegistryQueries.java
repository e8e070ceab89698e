package io.sockerless.backend.core.image;

import io.sockerless.backend.core.registry.Credentials;
import io.sockerless.backend.core.registry.Descriptor;
import io.sockerless.backend.core.registry.HubSearch;
import io.sockerless.backend.core.registry.ImageReference;
import io.sockerless.backend.core.registry.Manifest;
import io.sockerless.backend.core.registry.Platform;
import io.sockerless.backend.core.registry.Registries;
import io.sockerless.backend.core.registry.RegistryErrors;
import io.sockerless.backend.core.registry.Repository;
import io.sockerless.backend.core.value.Filters;
import io.sockerless.engine.Answer;
import io.sockerless.engine.Call;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Answers what only a registry knows. */
final class RegistryQueries {

  private static final Set<String> FILTERS = Set.of("is-automated", "is-official", "stars");
  private static final int MAX_CONFIG = 8 * 1024 * 1024;
  private static final int DEFAULT_LIMIT = 25;
  private static final int MAX_LIMIT = 100;

  private final Registries registries;
  private final HubSearch hub;

  RegistryQueries(Registries registries) {
    this.registries = registries;
    this.hub = new HubSearch(registries);
  }

  Answer search(Call call) {
    String term = call.query().first("term").orElse("");
    if (term.isBlank()) {
      throw new EngineException.InvalidParameter("invalid search term: it is empty");
    }
    Filters filters = Filters.of(call.query(), FILTERS);
    int stars = filters.get("stars").stream().mapToInt(RegistryQueries::number).max().orElse(0);
    Credentials credentials = RegistryHeaders.credentials(call);
    JsonArrayBuilder results = JsonBuilders.array();
    hub.search(term, limit(call), credentials).getValuesAs(JsonObject.class).stream()
        .filter(result -> result.getInt("star_count", 0) >= stars)
        .filter(result -> is(filters, "is-official", result, "is_official"))
        .filter(result -> is(filters, "is-automated", result, "is_automated"))
        .forEach(results::add);
    return Answer.json(200, results.build());
  }

  private static boolean is(Filters filters, String filter, JsonObject result, String field) {
    return !filters.has(filter) || filters.flag(filter, false) == result.getBoolean(field, false);
  }

  private static int limit(Call call) {
    String text = call.query().first("limit").orElse("");
    int limit = text.isEmpty() ? DEFAULT_LIMIT : number(text);
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new EngineException.InvalidParameter(
          "limit " + limit + " is outside the range of [1, " + MAX_LIMIT + "]");
    }
    return limit;
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new EngineException.InvalidParameter("invalid number: " + text);
    }
  }

  Answer distribution(String name, Call call) {
    ImageReference reference = ImageReference.parse(name).withDefaultTag();
    Credentials credentials = RegistryHeaders.credentials(call, reference);
    IOException failure = new IOException("no registry");
    for (Registries.Source source : registries.sources(reference, credentials)) {
      try {
        Repository repository = source.open();
        Manifest manifest = repository.manifest(reference.manifest());
        return Answer.json(200, document(manifest, repository));
      } catch (IOException e) {
        failure = e;
      }
    }
    throw RegistryErrors.query(failure);
  }

  private static JsonObject document(Manifest manifest, Repository repository) throws IOException {
    long size = manifest.text().getBytes(StandardCharsets.UTF_8).length;
    JsonArrayBuilder platforms = JsonBuilders.array();
    for (Platform platform : platforms(manifest, repository)) {
      JsonObjectBuilder shown =
          JsonBuilders.object()
              .add("architecture", platform.architecture())
              .add("os", platform.os());
      if (!platform.variant().isEmpty()) {
        shown.add("variant", platform.variant());
      }
      platforms.add(shown);
    }
    return JsonBuilders.object()
        .add("Descriptor", new Descriptor(manifest.mediaType(), manifest.digest(), size).document())
        .add("Platforms", platforms)
        .build();
  }

  private static List<Platform> platforms(Manifest manifest, Repository repository)
      throws IOException {
    List<Platform> platforms = new ArrayList<>();
    if (manifest.isIndex()) {
      manifest.manifests().forEach(image -> image.platform().ifPresent(platforms::add));
      return platforms;
    }
    Descriptor config = manifest.config();
    try (Repository.Blob blob = repository.blob(config.digest(), 0)) {
      byte[] bytes = blob.stream().readNBytes(MAX_CONFIG);
      platforms.add(Platform.of(ImagePuller.document(new String(bytes, StandardCharsets.UTF_8))));
    }
    return platforms;
  }
}
