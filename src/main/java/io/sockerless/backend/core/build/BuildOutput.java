package io.sockerless.backend.core.build;

import io.sockerless.backend.core.image.Progress;
import io.sockerless.backend.core.value.Ids;
import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonObject;
import java.io.IOException;

/**
 * Tells a client how a build goes, in the records and words of dockerd's classic builder.
 *
 * @see <a
 *     href="https://docs.docker.com/reference/api/engine/version/v1.51/#tag/Image/operation/ImageBuild">
 *     ImageBuild</a>
 */
final class BuildOutput {

  private static final String RED = "\u001b[91m";
  private static final String PLAIN = "\u001b[0m";

  private final Progress progress;

  BuildOutput(Progress progress) {
    this.progress = progress;
  }

  /** A step begins. */
  void step(int number, int total, String instruction) throws IOException {
    progress.stream("Step " + number + "/" + total + " : " + instruction);
    progress.stream("\n");
  }

  /** A step has made an image, or taken one; empty for none. */
  void image(String id) throws IOException {
    progress.stream(" ---> " + abbreviated(id) + "\n");
  }

  void usingCache() throws IOException {
    progress.stream(" ---> Using cache\n");
  }

  void runningIn(String containerId) throws IOException {
    progress.stream(" ---> Running in " + Ids.abbreviate(containerId) + "\n");
  }

  void removed(String containerId) throws IOException {
    progress.stream("Removing intermediate container " + Ids.abbreviate(containerId) + "\n");
  }

  /** Text as it is to be shown. */
  void text(String text) throws IOException {
    progress.stream(text);
  }

  /** Text of standard error. */
  void error(String text) throws IOException {
    progress.stream(RED + text + PLAIN);
  }

  /**
   * How far a download has got.
   *
   * @param total in bytes, 0 if it is not known
   */
  void downloading(long current, long total) throws IOException {
    progress.amount("", "Downloading", current, total);
  }

  /** Any other record, such as those of a pull. */
  void record(JsonObject record) throws IOException {
    progress.record(record);
  }

  /** A stage is finished. */
  void stage(String imageId) throws IOException {
    progress.record(
        JsonBuilders.object().add("aux", JsonBuilders.object().add("ID", imageId)).build());
  }

  void built(String imageId) throws IOException {
    progress.stream("Successfully built " + abbreviated(imageId) + "\n");
  }

  void tagged(String name) throws IOException {
    progress.stream("Successfully tagged " + name + "\n");
  }

  /** The end, with the code of the command that failed. */
  void failed(CommandFailure failure) throws IOException {
    progress.record(failure(failure));
  }

  private static JsonObject failure(CommandFailure failure) {
    return JsonBuilders.object()
        .add(
            "errorDetail",
            JsonBuilders.object().add("code", failure.code()).add("message", failure.text()))
        .add("error", failure.text())
        .build();
  }

  private static String abbreviated(String imageId) {
    return Ids.abbreviate(imageId.substring(imageId.indexOf(':') + 1));
  }
}
