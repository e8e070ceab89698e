package io.sockerless.support;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.httpclient5.ApacheDockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The daemon itself, asked by another client than ours for what our requests really did. What a
 * test makes through it or names to it is gone after the test.
 */
public final class Daemon implements AfterEachCallback {

  /** The image that every test container is made of. */
  public static final String IMAGE = "alpine:latest";

  private static final DockerHttpClient HTTP =
      new ApacheDockerHttpClient.Builder().dockerHost(URI.create(DockerDaemon.host())).build();
  private static final DockerClient CLIENT =
      DockerClientImpl.getInstance(
          DefaultDockerClientConfig.createDefaultConfigBuilder()
              .withDockerHost(DockerDaemon.host())
              .build(),
          HTTP);

  private final Deque<Runnable> undo = new ArrayDeque<>();

  /** The client. */
  public DockerClient ask() {
    return CLIENT;
  }

  /** A document of the daemon's, whole. */
  public JsonObject document(String path) {
    DockerHttpClient.Request request =
        DockerHttpClient.Request.builder()
            .method(DockerHttpClient.Request.Method.GET)
            .path(path)
            .build();
    try (DockerHttpClient.Response response = HTTP.execute(request);
        JsonReader reader = Json.createReader(response.getBody())) {
      return reader.readObject();
    }
  }

  /** A name that nothing has. */
  public static String freshName() {
    return "sockerless-test-" + UUID.randomUUID();
  }

  /** A container, not started. */
  public String container(String... command) {
    return removing(CLIENT.createContainerCmd(IMAGE).withCmd(command).exec().getId());
  }

  /** A container, started. */
  public String running(String... command) {
    String id = container(command);
    CLIENT.startContainerCmd(id).exec();
    return id;
  }

  /** A container that runs until it is killed. */
  public String running() {
    return running("sleep", "1000");
  }

  /** Removes a container after the test. */
  public String removing(String container) {
    undo.push(
        () -> CLIENT.removeContainerCmd(container).withForce(true).withRemoveVolumes(true).exec());
    return container;
  }

  /** Removes a network after the test. */
  public String removingNetwork(String network) {
    undo.push(() -> CLIENT.removeNetworkCmd(network).exec());
    return network;
  }

  /** Removes a volume after the test. */
  public String removingVolume(String volume) {
    undo.push(() -> CLIENT.removeVolumeCmd(volume).exec());
    return volume;
  }

  /** Removes an image's name after the test. */
  public String removingImage(String image) {
    undo.push(() -> CLIENT.removeImageCmd(image).withForce(true).exec());
    return image;
  }

  /** Removes an image now, if it is there. */
  public void forgetImage(String image) {
    ignoringMissing(() -> CLIENT.removeImageCmd(image).withForce(true).exec());
  }

  /** Whether the daemon has an image of that name. */
  public boolean hasImage(String image) {
    try {
      CLIENT.inspectImageCmd(image).exec();
      return true;
    } catch (NotFoundException e) {
      return false;
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    while (!undo.isEmpty()) {
      ignoringMissing(undo.pop());
    }
  }

  private static void ignoringMissing(Runnable action) {
    try {
      action.run();
    } catch (NotFoundException e) {
      // The test has removed it itself.
    }
  }
}
