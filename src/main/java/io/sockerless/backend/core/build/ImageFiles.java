package io.sockerless.backend.core.build;

import io.sockerless.backend.core.dockerfile.PathText;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files of an image or of an earlier stage, each brought out when it is asked for. */
final class ImageFiles extends SourceFiles {

  private final StepContainer container;
  private int archives;

  ImageFiles(StepContainer container) {
    this.container = container;
  }

  @Override
  Optional<Found> at(String path) throws IOException {
    Destination place = Destination.of(container.files(), path);
    if (!place.isFolder() && !place.isFile()) {
      return Optional.empty();
    }
    FileTree tree = archive(place.path());
    String inside = place.path().equals("/") ? "" : PathText.name(place.path());
    return tree.find(inside).map(file -> new Found(tree, file, PathText.name("/" + path)));
  }

  @Override
  List<String> below(String folder) throws IOException {
    List<String> paths = new ArrayList<>();
    at(folder).ifPresent(found -> collect(found.file(), folder, paths));
    return paths;
  }

  private FileTree archive(String path) throws IOException {
    Path tar = container.scratch("source-" + archives++ + ".tar");
    try (OutputStream target = new BufferedOutputStream(Files.newOutputStream(tar))) {
      container.files().getArchive(path, target);
    }
    return FileTree.of(tar);
  }
}
