package io.sockerless.backend.core.build;

import io.sockerless.archive.TarEntry;
import io.sockerless.archive.TarReader;
import io.sockerless.archive.TarWriter;
import io.sockerless.backend.core.Documents;
import io.sockerless.backend.core.Ids;
import io.sockerless.backend.core.container.ImageSource.Image;
import io.sockerless.backend.core.dockerfile.PathText;
import io.sockerless.backend.core.driver.ContainerFiles;
import io.sockerless.backend.core.driver.ContainerProcess;
import io.sockerless.backend.core.driver.ContainerSpec;
import io.sockerless.backend.core.driver.MountPoint;
import io.sockerless.backend.core.driver.NetworkEndpoint;
import io.sockerless.backend.core.driver.ProcessSpec;
import io.sockerless.backend.core.driver.StartFailure;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the containers that live for one step of a build and that nobody lists. */
final class BuildContainers {

  /** Where a script of the Dockerfile is while it runs; no image keeps it. */
  static final String SCRIPT = "/.sockerless-build-script";

  private static final int SCRIPT_MODE = 0755;
  private static final String HOST_GATEWAY = "host-gateway";

  private final BuildServices services;

  BuildContainers(BuildServices services) {
    this.services = services;
  }

  /** A container over an image's files, in which nothing is mounted and nothing runs. */
  Container files(Optional<Image> image) throws IOException {
    return open(image, JsonValue.EMPTY_JSON_OBJECT, JsonValue.EMPTY_JSON_OBJECT, List.of());
  }

  /**
   * A container to run a command in. What it writes to a volume is gone with it.
   *
   * @param config the Docker API's {@code ContainerConfig}
   */
  Container running(Optional<Image> image, JsonObject config, JsonObject hostConfig)
      throws IOException {
    return open(
        image, config, hostConfig, List.copyOf(Documents.object(config, "Volumes").keySet()));
  }

  private Container open(
      Optional<Image> image, JsonObject config, JsonObject hostConfig, List<String> volumes)
      throws IOException {
    String id = Ids.random();
    Path folder = Files.createDirectory(services.folder().resolve(id));
    image.ifPresent(it -> services.images().hold(it, id));
    List<MountPoint> mounts = new ArrayList<>();
    for (String target : volumes) {
      Path source = Files.createDirectories(folder.resolve("volumes").resolve("" + mounts.size()));
      mounts.add(new MountPoint(MountPoint.Kind.VOLUME, source, "", target, false, true, 0, 0));
    }
    ContainerSpec spec =
        new ContainerSpec(
            id,
            "build-" + Ids.abbreviate(id),
            config,
            hostConfig,
            image.map(services.images()::layers).orElse(List.of()),
            mounts,
            Files.createDirectory(folder.resolve("container")),
            Ids.abbreviate(id),
            Map.of(),
            List.of());
    return new Container(folder, spec);
  }

  /** One container; closing it takes away all that is left of it. */
  final class Container implements AutoCloseable {

    private final Path folder;
    private ContainerSpec spec;
    private Optional<JsonObject> joined = Optional.empty();

    private Container(Path folder, ContainerSpec spec) {
      this.folder = folder;
      this.spec = spec;
    }

    String id() {
      return spec.id();
    }

    ContainerFiles files() {
      return services.processes().files(spec);
    }

    /** A file of this machine for whatever the step needs; gone with the container. */
    Path scratch(String name) {
      return folder.resolve(name);
    }

    /** Starts the command on the network that the build was given. */
    ContainerProcess start(ProcessSpec process) throws StartFailure {
      JsonObject networks =
          services.networks().prepare(spec.hostConfig(), JsonValue.EMPTY_JSON_OBJECT);
      JsonObject complete =
          services.networks().join(spec.id(), spec.name(), spec.hostname(), networks);
      joined = Optional.of(complete);
      List<NetworkEndpoint> endpoints =
          services.networks().endpoints(spec.id(), spec.name(), complete);
      spec =
          new ContainerSpec(
              spec.id(),
              spec.name(),
              spec.config(),
              spec.hostConfig(),
              spec.layers(),
              spec.mounts(),
              spec.folder(),
              spec.hostname(),
              hosts(endpoints),
              endpoints);
      return services.processes().newProcess(spec, process);
    }

    private Map<String, String> hosts(List<NetworkEndpoint> endpoints) {
      Map<String, String> hosts = new HashMap<>();
      for (String entry : Documents.strings(spec.hostConfig(), "ExtraHosts")) {
        String[] parts = entry.split("[:=]", 2);
        if (parts.length == 2) {
          boolean gateway = parts[1].equals(HOST_GATEWAY) && !endpoints.isEmpty();
          hosts.put(parts[0], gateway ? endpoints.getFirst().gateway() : parts[1]);
        }
      }
      return hosts;
    }

    /** Puts a script where it can be executed. */
    void addScript(String content) throws IOException {
      byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
      ByteArrayOutputStream tar = new ByteArrayOutputStream();
      try (TarWriter writer = new TarWriter(tar)) {
        writer.put(
            new TarEntry(
                SCRIPT.substring(1),
                TarEntry.Kind.FILE,
                SCRIPT_MODE,
                0,
                0,
                Instant.EPOCH,
                "",
                0,
                0,
                bytes.length),
            new ByteArrayInputStream(bytes));
      }
      files().putArchive("/", new ByteArrayInputStream(tar.toByteArray()), false, true);
    }

    /** What the step changed, as a layer's tar file; empty if it changed nothing. */
    Optional<Path> layer() throws IOException {
      boolean scripted = false;
      boolean changed = false;
      for (ContainerFiles.Change change : files().changes()) {
        scripted |= change.path().equals(SCRIPT);
        changed |= !change.path().equals(SCRIPT);
      }
      if (!changed) {
        return Optional.empty();
      }
      Path layer = scratch("layer.tar");
      try (OutputStream target = new BufferedOutputStream(Files.newOutputStream(layer))) {
        files().writeLayer(target);
      }
      return Optional.of(scripted ? withoutScript(layer) : layer);
    }

    private Path withoutScript(Path layer) throws IOException {
      Path filtered = scratch("filtered.tar");
      try (TarReader reader = new TarReader(new BufferedInputStream(Files.newInputStream(layer)));
          OutputStream target = new BufferedOutputStream(Files.newOutputStream(filtered));
          TarWriter writer = new TarWriter(target)) {
        for (Optional<TarEntry> next = reader.next(); next.isPresent(); next = reader.next()) {
          if (!PathText.clean("/" + next.get().name()).equals(SCRIPT)) {
            writer.put(next.get(), reader.content());
          }
        }
      }
      return filtered;
    }

    @Override
    public void close() {
      joined.ifPresent(networks -> services.networks().leave(spec.id(), networks));
      services.processes().remove(spec);
      services.images().release(spec.id());
      Trees.delete(folder);
    }
  }
}
