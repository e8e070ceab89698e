package io.sockerless.backend.core.build;

import io.sockerless.backend.core.dockerfile.Instruction;
import io.sockerless.backend.core.document.Documents;
import io.sockerless.engine.Cancellation;
import io.sockerless.engine.EngineException;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Does {@code COPY} and {@code ADD}: finds the sources, looks in the cache, and copies. */
final class CopySteps {

  private final BuildServices services;
  private final HiddenContainers containers;
  private final Bases bases;
  private final FileTree context;
  private final Commits commits;
  private final Cancellation cancellation;
  private final BuildOutput output;

  CopySteps(
      BuildServices services,
      HiddenContainers containers,
      Bases bases,
      FileTree context,
      Commits commits,
      Cancellation cancellation,
      BuildOutput output) {
    this.services = services;
    this.containers = containers;
    this.bases = bases;
    this.context = context;
    this.commits = commits;
    this.cancellation = cancellation;
    this.output = output;
  }

  void copy(Stage stage, Instruction.Copy copy) throws IOException {
    if (copy.from().isEmpty()) {
      copy(stage, copy, SourceFiles.of(context));
      return;
    }
    try (StepContainer from = containers.of(bases.source(copy.from()))) {
      copy(stage, copy, new ImageFiles(from));
    }
  }

  private void copy(Stage stage, Instruction.Copy copy, SourceFiles files) throws IOException {
    try (StepContainer container = containers.of(stage.image())) {
      Optional<Owner> owner = owner(copy, container);
      ModeChange mode = new ModeChange(copy.mode());
      List<Source> sources = sources(copy, files, container);
      if (sources.size() > 1 && !copy.destination().endsWith("/")) {
        throw new EngineException.InvalidParameter(
            "When using "
                + copy.keyword()
                + " with more than one source file, the destination must be a directory and end"
                + " with a /");
      }
      JsonObject probe = Commits.changed(stage, comment(copy, sources));
      if (!commits.takeCached(stage, probe)) {
        new CopyStep(container, services.clock(), owner, mode)
            .copy(sources, CopyStep.target(copy, Documents.string(stage.config(), "WorkingDir")));
        commits.commit(stage, probe, "", container.layer());
      }
    }
  }

  /** What comes from another image keeps its owners, unless the instruction names one. */
  private static Optional<Owner> owner(Instruction.Copy copy, StepContainer container)
      throws IOException {
    return copy.owner().isEmpty() && !copy.from().isEmpty()
        ? Optional.empty()
        : Optional.of(Owner.of(copy.owner(), container.files()));
  }

  private List<Source> sources(Instruction.Copy copy, SourceFiles files, StepContainer container)
      throws IOException {
    try {
      return new SourceResolver(files, services.downloads(), cancellation, container, output)
          .resolve(copy);
    } catch (EngineException e) {
      throw new EngineException.Failure(e.status(), copy.keyword() + " failed: " + e.text());
    } catch (IOException e) {
      throw new IOException(copy.keyword() + " failed: " + e.getMessage(), e);
    }
  }

  /** As the history tells it; what else tells the step from others stands before the digest. */
  private static String comment(Instruction.Copy copy, List<Source> sources) throws IOException {
    StringBuilder comment = new StringBuilder(copy.keyword()).append(' ');
    if (!copy.owner().isEmpty()) {
      comment.append("--chown=").append(copy.owner()).append(' ');
    }
    if (!copy.mode().isEmpty()) {
      comment.append("--chmod=").append(copy.mode()).append(' ');
    }
    return comment
        .append(Source.digest(sources))
        .append(" in ")
        .append(copy.destination())
        .append(' ')
        .toString();
  }
}
