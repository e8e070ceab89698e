package io.sockerless.backend.core.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends one request and waits for the head of its answer, no longer than is reasonable. */
final class Http implements AutoCloseable {

  /** Resolving a name takes its own time, which the client's limits do not cover. */
  private static final Duration FIRST_ANSWER = Duration.ofSeconds(6);

  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration ANSWER = Duration.ofSeconds(60);

  private final Duration firstAnswer;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final LazyHttpClient client =
      new LazyHttpClient(
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .followRedirects(HttpClient.Redirect.NEVER)
              .connectTimeout(CONNECT)
              .executor(threads));

  Http() {
    this(FIRST_ANSWER);
  }

  /** One that gives a host which may not be there so much time. */
  Http(Duration firstAnswer) {
    this.firstAnswer = firstAnswer;
  }

  /**
   * Asks a host that may not be there.
   *
   * @throws UnreachableException if it does not answer within seconds
   */
  HttpResponse<InputStream> probe(HttpRequest.Builder request) throws IOException {
    return send(request.build(), firstAnswer);
  }

  /**
   * Asks a host that has answered before; an upload takes as long as it takes.
   *
   * @throws UnreachableException if it does not answer any more
   */
  HttpResponse<InputStream> send(HttpRequest.Builder request) throws IOException {
    HttpRequest built = request.build();
    boolean uploads = built.bodyPublisher().map(body -> body.contentLength() != 0).orElse(false);
    return send(built, uploads ? Duration.ofHours(12) : ANSWER);
  }

  private HttpResponse<InputStream> send(HttpRequest request, Duration limit) throws IOException {
    CompletableFuture<HttpResponse<InputStream>> answer = new CompletableFuture<>();
    Future<?> asking = threads.submit(() -> ask(request, answer));
    try {
      return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw translate(request, e.getCause() instanceof IOException io ? io : new IOException(e));
    } catch (TimeoutException e) {
      abandon(answer, asking);
      throw new UnreachableException(
          describe(request) + ": no answer within " + limit.toSeconds() + " seconds", e);
    } catch (InterruptedException e) {
      abandon(answer, asking);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(describe(request) + ": interrupted");
    }
  }

  /** Closes an answer that nobody waits for any more. */
  private void ask(HttpRequest request, CompletableFuture<HttpResponse<InputStream>> answer) {
    try {
      HttpResponse<InputStream> response =
          client.get().send(request, HttpResponse.BodyHandlers.ofInputStream());
      if (!answer.complete(response)) {
        closeQuietly(response);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      answer.completeExceptionally(e);
    } catch (IOException | RuntimeException e) {
      answer.completeExceptionally(e);
    }
  }

  private static void abandon(
      CompletableFuture<HttpResponse<InputStream>> answer, Future<?> asking) {
    answer.cancel(false);
    asking.cancel(true);
    // It may have come in the moment between.
    if (answer.state() == Future.State.SUCCESS) {
      closeQuietly(answer.resultNow());
    }
  }

  /** Gives up the rest of an answer. */
  static void closeQuietly(HttpResponse<InputStream> answer) {
    try {
      answer.body().close();
    } catch (IOException e) {
      // The connection goes with it, which is all that was wanted.
    }
  }

  private static IOException translate(HttpRequest request, IOException error) {
    if (error instanceof HttpConnectTimeoutException) {
      return new UnreachableException(describe(request) + ": connect: timed out", error);
    }
    if (error instanceof ConnectException) {
      boolean unknown =
          error.getCause() instanceof UnresolvedAddressException
              || (error.getCause() != null
                  && error.getCause().getCause() instanceof UnresolvedAddressException);
      String host = request.uri().getAuthority();
      String why =
          unknown
              ? "dial tcp: lookup " + request.uri().getHost() + ": no such host"
              : "dial tcp " + host + ": connect: connection refused";
      return new UnreachableException(describe(request) + ": " + why, error);
    }
    if (error instanceof SocketException && isNoRoute(error)) {
      return new UnreachableException(describe(request) + ": " + error.getMessage(), error);
    }
    return new IOException(describe(request) + ": " + reason(error), error);
  }

  private static boolean isNoRoute(IOException error) {
    String message = String.valueOf(error.getMessage());
    return message.contains("unreachable") || message.contains("No route");
  }

  private static String reason(IOException error) {
    return error.getMessage() == null ? "connection broke off" : error.getMessage();
  }

  /** A request in the words of dockerd's errors. */
  static String describe(HttpRequest request) {
    return describe(request.method(), request.uri());
  }

  /** A request in the words of dockerd's errors. */
  static String describe(String method, URI uri) {
    String capital = method.charAt(0) + method.substring(1).toLowerCase(Locale.ROOT);
    String shown = uri.getRawQuery() == null ? uri.toString() : uri.toString().split("\\?", 2)[0];
    return capital + " \"" + shown + "\"";
  }

  @Override
  public void close() {
    client.close();
    threads.shutdownNow();
  }
}
