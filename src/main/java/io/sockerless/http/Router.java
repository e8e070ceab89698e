package io.sockerless.http;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the resource method for a request by the same annotations that the application server
 * reads, so that the edge can run an operation without a second trip through HTTP.
 */
@Dependent
public class Router {

  private static final Pattern TEMPLATE = Pattern.compile("\\{(\\w+)(?::([^}]+))?}");

  /** dockerd serves this one path, and no other, with a slash at its end as well. */
  private static final Map<String, String> ALIASES = Map.of("/networks/", "/networks");

  /**
   * By HTTP method and first path segment; the most literal template first, as JAX-RS has it
   * (3.7.2).
   */
  private final Map<String, List<Route>> routes = new HashMap<>();

  /** The first path segments of the Docker Engine API. */
  private final Set<String> nouns = new HashSet<>();

  private record Route(
      Pattern path, int literals, List<String> groups, Method method, ApiResource resource) {}

  /** Reads the annotations of all resources. */
  @Inject
  public Router(@Any Instance<ApiResource> resources) {
    this((Iterable<ApiResource>) resources);
  }

  Router(Iterable<ApiResource> resources) {
    for (ApiResource resource : resources) {
      for (Method method : resource.getClass().getMethods()) {
        verb(method).ifPresent(verb -> add(verb, method, resource));
      }
    }
    routes.values().forEach(list -> list.sort(Comparator.comparingInt(Route::literals).reversed()));
  }

  /** The operation for a request; none if no resource has the path with that method. */
  public Optional<Operation> find(String method, String path) {
    String named = ALIASES.getOrDefault(path, path);
    for (Route route : routes.getOrDefault(key(method, named), List.of())) {
      Matcher matcher = route.path().matcher(named);
      if (matcher.matches()) {
        return Optional.of(operation(route, matcher));
      }
    }
    return Optional.empty();
  }

  /**
   * Whether a path lies where only the Docker Engine API has any; what is there and has no
   * operation is unknown.
   */
  public boolean knows(String path) {
    return nouns.contains(first(path));
  }

  private void add(String verb, Method method, ApiResource resource) {
    String template = template(method);
    StringBuilder pattern = new StringBuilder();
    Matcher matcher = TEMPLATE.matcher(template);
    int end = 0;
    int literals = 0;
    while (matcher.find()) {
      String literal = template.substring(end, matcher.start());
      literals += literal.length();
      String expression = matcher.group(2) == null ? "[^/]+" : matcher.group(2);
      pattern
          .append(Pattern.quote(literal))
          .append("(?<")
          .append(matcher.group(1))
          .append('>')
          .append(expression)
          .append(')');
      end = matcher.end();
    }
    String rest = template.substring(end);
    pattern.append(Pattern.quote(rest));
    List<String> groups =
        Arrays.stream(method.getParameters())
            .map(it -> it.getAnnotation(PathParam.class).value())
            .toList();
    Route route =
        new Route(
            Pattern.compile(pattern.toString()),
            literals + rest.length(),
            groups,
            method,
            resource);
    routes.computeIfAbsent(key(verb, template), key -> new ArrayList<>()).add(route);
    if (method.getDeclaringClass().getAnnotation(Path.class).value().equals("/")) {
      nouns.add(first(template));
    }
  }

  private static String template(Method method) {
    String prefix = method.getDeclaringClass().getAnnotation(Path.class).value();
    Path own = method.getAnnotation(Path.class);
    return ("/" + prefix + "/" + (own == null ? "" : own.value()))
        .replaceAll("/+", "/")
        .replaceAll("(?<=.)/$", "");
  }

  private static Optional<String> verb(Method method) {
    for (Annotation annotation : method.getAnnotations()) {
      HttpMethod verb = annotation.annotationType().getAnnotation(HttpMethod.class);
      if (verb != null) {
        return Optional.of(verb.value());
      }
    }
    return Optional.empty();
  }

  private static String key(String method, String path) {
    return method + ' ' + first(path);
  }

  private static String first(String path) {
    int slash = path.indexOf('/', 1);
    return slash < 0 ? path : path.substring(0, slash);
  }

  private static Operation operation(Route route, Matcher matcher) {
    Object[] arguments =
        route.groups().stream().map(group -> ApiPath.decode(matcher.group(group))).toArray();
    try {
      return (Operation) route.method().invoke(route.resource(), arguments);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(route.method() + " cannot be called", e);
    }
  }
}
