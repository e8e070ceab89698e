package io.sockerless.backend.core.container;

import static io.sockerless.backend.core.document.Documents.flag;
import static io.sockerless.backend.core.document.Documents.string;

import io.sockerless.backend.core.document.Documents;
import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * All that is kept of one container, at one moment: never changed, so whoever reads it needs no
 * lock.
 *
 * @param id 64 hexadecimal digits
 * @param name without the slash
 * @param imageId {@code sha256:…}, empty for a container of nothing
 * @param platform such as {@code linux}
 * @param config the Docker API's {@code ContainerConfig}, merged with the image's, kept whole
 * @param hostConfig the Docker API's {@code HostConfig}, kept whole
 * @param mounts as the Docker API's inspect shows them
 * @param networks the Docker API's {@code EndpointSettings} by network name
 * @param ports the Docker API's {@code NetworkSettings.Ports}; empty while it does not run
 * @param restarts how often the restart policy has started it again
 * @param stoppedByHand whether somebody stopped it, so that no policy starts it again
 */
public record ContainerRecord(
    String id,
    String name,
    Instant created,
    String imageId,
    String platform,
    JsonObject config,
    JsonObject hostConfig,
    JsonArray mounts,
    JsonObject networks,
    JsonObject ports,
    ContainerState state,
    int restarts,
    boolean stoppedByHand) {

  /** The first 12 digits of the id. */
  public String shortId() {
    return id.substring(0, 12);
  }

  /** The image as it was asked for at create. */
  public String image() {
    return string(config, "Image");
  }

  /** The labels. */
  public Map<String, String> labels() {
    return Documents.map(config, "Labels");
  }

  /** Whether it has a terminal. */
  public boolean tty() {
    return flag(config, "Tty");
  }

  /** The entry point and its arguments, or the command. */
  public List<String> command() {
    List<String> command = new ArrayList<>(Documents.strings(config, "Entrypoint"));
    command.addAll(Documents.strings(config, "Cmd"));
    return command;
  }

  /** Whether it is removed as soon as it has ended. */
  public boolean autoRemove() {
    return flag(hostConfig, "AutoRemove");
  }

  ContainerRecord with(ContainerState newState) {
    return new ContainerRecord(
        id,
        name,
        created,
        imageId,
        platform,
        config,
        hostConfig,
        mounts,
        networks,
        ports,
        newState,
        restarts,
        stoppedByHand);
  }

  ContainerRecord withName(String newName) {
    return new ContainerRecord(
        id,
        newName,
        created,
        imageId,
        platform,
        config,
        hostConfig,
        mounts,
        networks,
        ports,
        state,
        restarts,
        stoppedByHand);
  }

  ContainerRecord withHostConfig(JsonObject newHostConfig) {
    return new ContainerRecord(
        id,
        name,
        created,
        imageId,
        platform,
        config,
        newHostConfig,
        mounts,
        networks,
        ports,
        state,
        restarts,
        stoppedByHand);
  }

  ContainerRecord withConfig(JsonObject newConfig) {
    return new ContainerRecord(
        id,
        name,
        created,
        imageId,
        platform,
        newConfig,
        hostConfig,
        mounts,
        networks,
        ports,
        state,
        restarts,
        stoppedByHand);
  }

  ContainerRecord withNetworks(JsonObject newNetworks, JsonObject newPorts) {
    return new ContainerRecord(
        id,
        name,
        created,
        imageId,
        platform,
        config,
        hostConfig,
        mounts,
        newNetworks,
        newPorts,
        state,
        restarts,
        stoppedByHand);
  }

  ContainerRecord withRestarts(int newRestarts, boolean byHand) {
    return new ContainerRecord(
        id,
        name,
        created,
        imageId,
        platform,
        config,
        hostConfig,
        mounts,
        networks,
        ports,
        state,
        newRestarts,
        byHand);
  }

  /** The form in which it is stored. */
  JsonObject document() {
    return JsonBuilders.object()
        .add("Id", id)
        .add("Name", name)
        .add("Created", created.toString())
        .add("Image", imageId)
        .add("Platform", platform)
        .add("Config", config)
        .add("HostConfig", hostConfig)
        .add("Mounts", mounts)
        .add("Networks", networks)
        .add("Ports", ports)
        .add("State", state.document())
        .add("RestartCount", restarts)
        .add("HasBeenManuallyStopped", stoppedByHand)
        .build();
  }

  /** The same with the parts that many containers have alike shared among them. */
  ContainerRecord shared(SharedDocuments pool) {
    return new ContainerRecord(
        id,
        name,
        created,
        imageId,
        platform,
        config,
        pool.share(hostConfig).asJsonObject(),
        pool.share(mounts).asJsonArray(),
        pool.share(networks).asJsonObject(),
        pool.share(ports).asJsonObject(),
        state,
        restarts,
        stoppedByHand);
  }

  /** No ports, as of a container that does not run. */
  static JsonObject noPorts() {
    return JsonValue.EMPTY_JSON_OBJECT;
  }
}
