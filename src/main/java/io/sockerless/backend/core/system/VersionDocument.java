package io.sockerless.backend.core.system;

import io.sockerless.backend.core.ApiVersion;
import jakarta.json.Json;
import jakarta.json.JsonObject;

/**
 * The answer of {@code GET /version}. Fields of Docker's build that we have not are there and
 * empty, because clients print them.
 */
record VersionDocument(ServerFacts server, HostFacts host) {

  JsonObject document() {
    return Json.createObjectBuilder()
        .add("Platform", Json.createObjectBuilder().add("Name", ""))
        .add("Components", Json.createArrayBuilder().add(engine()))
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
    return Json.createObjectBuilder()
        .add("Name", "Engine")
        .add("Version", server.version())
        .add(
            "Details",
            Json.createObjectBuilder()
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
