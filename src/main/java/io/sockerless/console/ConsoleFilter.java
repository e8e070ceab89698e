package io.sockerless.console;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * Serves the console's files, and tells browsers what these may do: run and load what comes from
 * here, and nothing else. A filter and not the server's own files, because JAX-RS has the root and
 * would answer for all that lies below it.
 */
@WebFilter(ConsoleFilter.ROOT + "/*")
public class ConsoleFilter implements Filter {

  static final String ROOT = "/console";

  private static final String API = ROOT + "/api/";

  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
              + " connect-src 'self'; base-uri 'none'; form-action 'none';"
              + " frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin");

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html;charset=UTF-8",
          "js", "text/javascript;charset=UTF-8",
          "css", "text/css;charset=UTF-8",
          "svg", "image/svg+xml");

  private static final Set<String> METHODS = Set.of("GET", "HEAD");

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest http = (HttpServletRequest) request;
    HttpServletResponse answer = (HttpServletResponse) response;
    HEADERS.forEach(answer::setHeader);
    String path = http.getRequestURI();
    if (path.equals(ROOT)) {
      answer.setStatus(HttpServletResponse.SC_MOVED_PERMANENTLY);
      answer.setHeader("Location", ROOT + "/");
      return;
    }
    Optional<byte[]> file =
        METHODS.contains(http.getMethod()) ? file(request.getServletContext(), path) : none();
    if (file.isPresent()) {
      send(file.get(), path, http, answer);
    } else {
      chain.doFilter(request, response);
    }
  }

  private static Optional<byte[]> file(ServletContext context, String path) throws IOException {
    if (path.startsWith(API) || path.contains("..") || !TYPES.containsKey(extension(path))) {
      return none();
    }
    String name = path.endsWith("/") ? path + "index.html" : path;
    try (InputStream file = context.getResourceAsStream(name)) {
      return file == null ? none() : Optional.of(file.readAllBytes());
    }
  }

  private static Optional<byte[]> none() {
    return Optional.empty();
  }

  /** A browser keeps the files, and asks each time whether they are still the same. */
  private static void send(
      byte[] file, String path, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String tag = tag(file);
    response.setHeader("ETag", tag);
    response.setHeader("Cache-Control", "no-cache");
    if (tag.equals(request.getHeader("If-None-Match"))) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return;
    }
    response.setContentType(TYPES.get(extension(path)));
    response.setContentLength(file.length);
    if (request.getMethod().equals("GET")) {
      response.getOutputStream().write(file);
    }
  }

  private static String extension(String path) {
    return path.endsWith("/") ? "html" : path.substring(path.lastIndexOf('.') + 1);
  }

  private static String tag(byte[] file) {
    CRC32C sum = new CRC32C();
    sum.update(file);
    return '"' + HexFormat.of().toHexDigits(sum.getValue()) + '-' + file.length + '"';
  }
}
