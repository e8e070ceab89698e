package io.sockerless.backend.core.registry;

import io.sockerless.engine.EngineException;
import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Asks an index for repositories: Docker Hub's, or that of a registry which has one. */
public final class HubSearch {

  private static final int MAX_ANSWER = 4 * 1024 * 1024;

  private final Registries registries;

  /** Uses what images are pulled with. */
  public HubSearch(Registries registries) {
    this.registries = registries;
  }

  /**
   * Searches.
   *
   * @param term words, after a registry's host and a slash if it is another one's
   * @param limit how many results at most
   * @return what the index answers, as the Docker API has it
   * @throws EngineException.Failure if the index does not answer
   */
  public JsonArray search(String term, int limit, Credentials credentials) {
    int slash = term.indexOf('/');
    String first = slash < 0 ? "" : term.substring(0, slash);
    boolean other = first.contains(".") || first.contains(":") || first.equals("localhost");
    List<URI> bases = other ? Hosts.bases(first) : List.of(registries.index());
    String words = other ? term.substring(slash + 1) : term;
    if (!other && words.startsWith("library/")) {
      words = words.substring("library/".length());
    }
    String query =
        "/v1/search?q=" + URLEncoder.encode(words, StandardCharsets.UTF_8) + "&n=" + limit;
    IOException failure = new UnreachableException("no index");
    for (URI base : bases) {
      try {
        return ask(URI.create(base + query), other ? credentials : Credentials.none());
      } catch (IOException e) {
        failure = e;
      }
    }
    throw new EngineException.Failure(500, RegistryErrors.text(failure));
  }

  private JsonArray ask(URI uri, Credentials credentials) throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).GET();
    if (credentials.hasPassword()) {
      request.header("Authorization", credentials.basic());
    }
    HttpResponse<InputStream> answer = registries.http().probe(request);
    byte[] bytes;
    try (InputStream body = answer.body()) {
      bytes = body.readNBytes(MAX_ANSWER);
    }
    if (answer.statusCode() != 200) {
      throw new IOException("Unexpected status code " + answer.statusCode());
    }
    try (JsonReader reader = JsonBuilders.reader(new ByteArrayInputStream(bytes))) {
      JsonArray results = reader.readObject().getJsonArray("results");
      return results == null ? JsonArray.EMPTY_JSON_ARRAY : results;
    } catch (JsonException | ClassCastException | IllegalStateException e) {
      throw new IOException("the index's answer is no list of repositories", e);
    }
  }
}
