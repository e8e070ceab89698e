package io.sockerless.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.backend.docker.DockerEngine;
import io.sockerless.engine.Answer;
import io.sockerless.engine.Call;
import io.sockerless.engine.Engine;
import io.sockerless.engine.Query;
import io.sockerless.support.FakeDaemon;
import io.sockerless.support.Settings;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every path that a resource names is found, by the daemon's own path behind it. */
class RouterTest {

  private static FakeDaemon daemon;
  private static Engine engine;
  private static Router router;

  @BeforeAll
  static void start() {
    daemon = FakeDaemon.start();
    engine = DockerEngine.from(Settings.of("sockerless.docker.host", daemon.host()));
    router = Routers.of(engine);
  }

  @AfterAll
  static void stop() {
    daemon.close();
  }

  /** A method and template of a resource. */
  record Route(String verb, String template) {
    @Override
    public String toString() {
      return verb + " " + template;
    }
  }

  static Stream<Route> routes() {
    List<Route> routes = new ArrayList<>();
    for (ApiResource resource : Routers.resources(engine)) {
      for (Method method : resource.getClass().getMethods()) {
        for (Annotation annotation : method.getAnnotations()) {
          HttpMethod verb = annotation.annotationType().getAnnotation(HttpMethod.class);
          if (verb != null) {
            routes.add(new Route(verb.value(), template(resource, method)));
          }
        }
      }
    }
    return routes.stream();
  }

  private static String template(ApiResource resource, Method method) {
    String prefix = resource.getClass().getAnnotation(Path.class).value();
    Path path = method.getAnnotation(Path.class);
    return ("/" + prefix + "/" + (path == null ? "" : path.value()))
        .replaceAll("/+", "/")
        .replaceAll("(.)/$", "$1");
  }

  @ParameterizedTest
  @MethodSource("routes")
  void everyTemplateIsFoundWithItsOwnMethodAlone(Route route) {
    String path = route.template().replaceAll("\\{[^}]+}", "name");
    assertThat(router.find(route.verb(), path)).isPresent();
    assertThat(router.find(route.verb().toLowerCase(Locale.ROOT), path)).isEmpty();
    assertThat(router.find("PATCH", path)).isEmpty();
  }

  @Test
  void noTwoTemplatesAreTheSame() {
    List<String> all =
        routes().map(route -> route.verb() + route.template().replaceAll("\\{\\w+", "{")).toList();
    assertThat(all).doesNotHaveDuplicates();
    assertThat(all.size()).isGreaterThan(90);
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/images/json,/images/json",
    "GET,/images/alpine/json,/images/alpine/json",
    "GET,/images/127.0.0.1:5000/a/b@sha256:00/json,/images/127.0.0.1:5000/a/b@sha256:00/json",
    "GET,/images/get,/images/get",
    "GET,/images/get/json,/images/get/json",
    "GET,/images/json/json,/images/json/json",
    "GET,/images/a/get/get,/images/a/get/get",
    "GET,/images/search,/images/search",
    "DELETE,/images/a/b:c,/images/a/b:c",
    "GET,/images/a%20b/history,/images/a%20b/history",
    "GET,/containers/json,/containers/json",
    "GET,/containers/json/json,/containers/json/json",
    "POST,/containers/prune,/containers/prune",
    "POST,/containers/prune/start,/containers/prune/start",
    "GET,/containers/web/db/json,/containers/web/db/json",
    "DELETE,/containers/web/db,/containers/web/db",
    "POST,/containers/web/db/exec,/containers/web/db/exec",
    "DELETE,/containers/c/checkpoints/k,/containers/c/checkpoints/k",
    "GET,/containers/%C3%A4+%2B%25/json,/containers/%C3%A4%2B%2B%25/json",
    "GET,/volumes,/volumes",
    "GET,/volumes/v,/volumes/v",
    "GET,/networks/,/networks",
    "GET,/networks/n,/networks/n",
    "POST,/networks/n/connect,/networks/n/connect",
    "GET,/distribution/a/b/json,/distribution/a/b/json",
    "GET,/plugins/a/b:c/json,/plugins/a/b:c/json"
  })
  void aPathLeadsToTheDaemonsOwn(String method, String path, String target) {
    Operation operation = router.find(method, path).orElseThrow();
    try (Answer answer = operation.run(Call.of(Query.none()))) {
      assertThat(answer.bytes()).isNotNull();
    }
    assertThat(daemon.requests().getLast().line()).isEqualTo(method + " " + target + " HTTP/1.1");
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/",
    "GET,/containers",
    "GET,/images//json",
    "GET,/images/a",
    "POST,/images/json",
    "GET,/nothing",
    "GET,/containersjson",
    "get,/info",
    "GET,/info/",
    "GET,/INFO"
  })
  void whatNoResourceNamesIsNotFound(String method, String path) {
    assertThat(router.find(method, path)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/containers/a,true",
    "/info/,true",
    "/containersjson,false",
    "/console/app.js,false",
    "/internal/v1/agent/connect,false",
    "/metrics,false"
  })
  void whatLiesAmongThePathsOfTheApiIsNobodyElses(String path, boolean known) {
    assertThat(router.knows(path)).isEqualTo(known);
  }

  @Test
  void everyResourceCanBeMadeOfAnEngine() {
    assertThat(Routers.resources(engine))
        .extracting(Object::getClass)
        .containsExactlyElementsOf(Routers.types().stream().<Class<?>>map(it -> it).toList());
  }
}
