package io.sockerless.backend.core.system;

import io.sockerless.backend.core.value.ApiVersion;
import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonObject;

/**
 * The answer of {@code GET /version}. Fields of Docker's build that we have not are there and
 * empty, because clients print them.
 */
record VersionDocument(ServerFacts server, HostFacts host) {

  JsonObject document() {
    return JsonBuilders.object()
        .add("Platform", JsonBuilders.object().add("Name", ""))
        .add("Components", JsonBuilders.array().add(engine()))
        .add("Version", server.version())
        .add("ApiVersion", ApiVersion.NEWEST)
        .add("MinAPIVersion", ApiVersion.OLDEST)
        .add("GitCommit", "")
        .add("GoVersion", "")
        .add("Os", "linux")
        .add("Arch", host.imageArchitecture())
        .add("KernelVersion", host.kernel())
        .add("BuildTime", "")
        .build();
  }

  private JsonObject engine() {
    return JsonBuilders.object()
        .add("Name", "Engine")
        .add("Version", server.version())
        .add(
            "Details",
            JsonBuilders.object()
                .add("ApiVersion", ApiVersion.NEWEST)
                .add("Arch", host.imageArchitecture())
                .add("BuildTime", "")
                .add("Experimental", "false")
                .add("GitCommit", "")
                .add("GoVersion", "")
                .add("JavaVersion", Runtime.version().toString())
                .add("KernelVersion", host.kernel())
                .add("MinAPIVersion", ApiVersion.OLDEST)
                .add("Os", "linux"))
        .build();
  }
}
