package io.sockerless.backend.core.container;

import io.sockerless.engine.Answer;
import io.sockerless.engine.Call;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.JsonBuilders;
import io.sockerless.stream.BytePipe;
import io.sockerless.wire.Headers;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/**
 * Lets clients wait for a container's end: each is registered before the answer's head goes out, so
 * whoever has the head may start the container.
 */
final class ContainerWait {

  private static final Headers JSON = Headers.of("Content-Type", "application/json");
  private static final int CAPACITY = 1024;

  private ContainerWait() {}

  static Answer waitFor(LiveContainer container, Call call) {
    String condition = call.query().first("condition").orElse("");
    CompletableFuture<LiveContainer.Exit> exit =
        switch (condition) {
          case "", "not-running" -> notRunning(container);
          case "next-exit" -> container.nextExit();
          case "removed" -> container.removed();
          default ->
              throw new EngineException.InvalidParameter(
                  "invalid condition: \"" + condition + "\"");
        };
    BytePipe pipe = new BytePipe(CAPACITY);
    CompletableFuture<Void> answered = exit.thenAccept(it -> answer(pipe, it));
    Runnable abandon =
        () -> {
          answered.cancel(false);
          close(pipe);
        };
    call.cancellation().onCancel(abandon);
    return new Answer(200, "", JSON, pipe.input(), -1, abandon);
  }

  /** The future is taken before the look at the status, so that no end is missed between them. */
  private static CompletableFuture<LiveContainer.Exit> notRunning(LiveContainer container) {
    CompletableFuture<LiveContainer.Exit> next = container.nextExit();
    ContainerState state = container.current().state();
    return state.status().isActive()
        ? next
        : CompletableFuture.completedFuture(
            new LiveContainer.Exit(state.exitCode(), state.error()));
  }

  private static void answer(BytePipe pipe, LiveContainer.Exit exit) {
    JsonObjectBuilder document = JsonBuilders.object().add("StatusCode", exit.code());
    if (!exit.error().isEmpty()) {
      document.add("Error", JsonBuilders.object().add("Message", exit.error()));
    }
    JsonObject built = document.build();
    byte[] bytes = (built + "\n").getBytes(StandardCharsets.UTF_8);
    try (OutputStream output = pipe.output()) {
      output.write(bytes, 0, bytes.length);
    } catch (IOException e) {
      // The client has left; there is nobody to tell.
      close(pipe);
    }
  }

  private static void close(BytePipe pipe) {
    try {
      pipe.input().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
