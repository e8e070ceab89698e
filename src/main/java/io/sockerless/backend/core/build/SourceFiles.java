package io.sockerless.backend.core.build;

import io.sockerless.backend.core.dockerfile.PathText;
import io.sockerless.engine.EngineException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where the sources of a step are looked for: the context, or an image. */
abstract class SourceFiles {

  /** A file, and what it is called. */
  record Found(FileTree tree, FileTree.File file, String name) {}

  /** The files of a context. */
  static SourceFiles of(FileTree context) {
    return new SourceFiles() {
      @Override
      Optional<Found> at(String path) {
        return context.find(path).map(file -> new Found(context, file, PathText.name("/" + path)));
      }

      @Override
      List<String> below(String folder) {
        List<String> paths = new ArrayList<>();
        context.find(folder).ifPresent(found -> collect(found, folder, paths));
        return paths;
      }

      @Override
      String missing(String path) {
        return "file not found in build context or excluded by .dockerignore: "
            + super.missing(path);
      }
    };
  }

  /**
   * The files that a source names.
   *
   * @throws EngineException in dockerd's words if there are none
   */
  List<Found> find(String source) throws IOException {
    String path = PathText.clean(source.replaceFirst("^/+", ""));
    if (path.equals("..") || path.startsWith("../")) {
      throw new EngineException.Failure(
          500, "forbidden path outside the build context: " + source + " ()");
    }
    if (!Globs.isPattern(path)) {
      return List.of(at(path).orElseThrow(() -> new EngineException.Failure(500, missing(path))));
    }
    List<Found> found = new ArrayList<>();
    for (String candidate : below(literalFolder(path))) {
      if (Globs.matches(path, candidate)) {
        at(candidate).ifPresent(found::add);
      }
    }
    return found;
  }

  /** The part of a pattern that is none: the folder in which all matches are. */
  private static String literalFolder(String pattern) {
    List<String> parts = new ArrayList<>();
    for (String part : pattern.split("/", -1)) {
      if (Globs.isPattern(part)) {
        break;
      }
      parts.add(part);
    }
    return String.join("/", parts);
  }

  /** The file at a path, links followed. */
  abstract Optional<Found> at(String path) throws IOException;

  /** The paths of all that is in a folder, however deep, in order. */
  abstract List<String> below(String folder) throws IOException;

  String missing(String path) {
    return "stat " + path + ": file does not exist";
  }

  static void collect(FileTree.File folder, String path, List<String> paths) {
    for (FileTree.File child : folder.list()) {
      String name = child.path().substring(child.path().lastIndexOf('/') + 1);
      String at = path.isEmpty() ? name : path + "/" + name;
      paths.add(at);
      collect(child, at, paths);
    }
  }
}
