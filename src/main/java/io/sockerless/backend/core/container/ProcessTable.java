package io.sockerless.backend.core.container;

import io.sockerless.backend.core.driver.ContainerProcess;
import io.sockerless.backend.core.driver.ProcessInfo;
import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;

/** The processes of a container as {@code ps} prints them. */
final class ProcessTable {

  private ProcessTable() {}

  /** The Docker API's {@code Titles} and {@code Processes}. */
  static JsonObject of(ContainerProcess container, List<String> arguments, Instant now) {
    PsOptions options = PsOptions.parse(arguments);
    List<PsColumn> columns = options.columns();
    JsonArrayBuilder titles = JsonBuilders.array();
    columns.forEach(column -> titles.add(column.title()));
    JsonArrayBuilder processes = JsonBuilders.array();
    for (ProcessInfo process : container.processes()) {
      if (options.shows(process)) {
        JsonArrayBuilder row = JsonBuilders.array();
        columns.forEach(column -> row.add(column.value().of(process, now)));
        processes.add(row);
      }
    }
    return JsonBuilders.object().add("Titles", titles).add("Processes", processes).build();
  }
}
