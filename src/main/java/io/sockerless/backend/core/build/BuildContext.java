package io.sockerless.backend.core.build;

import io.sockerless.archive.Decompression;
import io.sockerless.archive.SparingOutput;
import io.sockerless.archive.TarReader;
import io.sockerless.backend.core.dockerfile.PathText;
import io.sockerless.engine.EngineException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The files that a build may copy from, and the Dockerfile among them.
 *
 * @param dockerfile its text
 */
record BuildContext(FileTree files, String dockerfile) {

  private static final String STANDARD = "Dockerfile";
  private static final String IGNORE = ".dockerignore";
  private static final int MAX_DOCKERFILE = 16 << 20;
  private static final Pattern GIT =
      Pattern.compile("(git://|git@|github\\.com/).*|https?://.*\\.git(#.*)?");

  /**
   * Brings the context that a request names into a folder.
   *
   * @throws EngineException in dockerd's words if there is no context or no Dockerfile
   */
  static BuildContext load(BuildRequest request, Downloads downloads, Path folder)
      throws IOException {
    String remote = request.remote();
    if (remote.isEmpty()) {
      return unpack(request, request.call().body().stream(), folder);
    }
    if (GIT.matcher(remote).matches()) {
      throw new EngineException.NotImplemented(
          "this backend has no git: send the repository's files as the build's context");
    }
    Downloads.Download download;
    try {
      download =
          downloads.fetch(
              remote, folder.resolve("remote"), request.call().cancellation(), (_, _) -> {});
    } catch (IOException e) {
      throw new EngineException.Failure(
          500, "error downloading remote context " + remote + ": " + e.getMessage());
    }
    if (download.contentType().startsWith("text/plain") || !isArchive(download.file())) {
      Path empty = Files.createFile(folder.resolve("context.tar"));
      return new BuildContext(FileTree.of(empty), text(Files.newInputStream(download.file())));
    }
    try (InputStream content = Files.newInputStream(download.file())) {
      return unpack(request, content, folder);
    }
  }

  /** Whether a file is a tar file, compressed or not. */
  static boolean isArchive(Path file) throws IOException {
    try (InputStream content = Files.newInputStream(file)) {
      return isArchive(content);
    }
  }

  /** Whether a stream is a tar stream, compressed or not. */
  static boolean isArchive(InputStream content) {
    try (TarReader reader = new TarReader(Decompression.of(content))) {
      return reader.next().isPresent();
    } catch (IOException e) {
      return false;
    }
  }

  private static BuildContext unpack(BuildRequest request, InputStream content, Path folder)
      throws IOException {
    Path tar = folder.resolve("context.tar");
    FileTree files;
    try {
      try (OutputStream unpacked = SparingOutput.open(tar, StandardOpenOption.CREATE_NEW)) {
        Decompression.of(content).transferTo(unpacked);
      }
      files = FileTree.of(tar);
    } catch (IOException e) {
      if (request.call().cancellation().isCancelled()) {
        throw e;
      }
      throw new EngineException.Failure(500, "Error processing tar file: " + e.getMessage());
    }
    String path = path(request, files);
    String dockerfile = text(files.content(located(files, path)));
    withoutIgnored(files, path);
    return new BuildContext(files, dockerfile);
  }

  private static String path(BuildRequest request, FileTree files) {
    String given = request.dockerfile();
    if (given.isEmpty()) {
      boolean lower = files.find(STANDARD).isEmpty() && files.find("dockerfile").isPresent();
      return lower ? "dockerfile" : STANDARD;
    }
    String clean = PathText.clean(given.replaceFirst("^/+", ""));
    if (clean.equals("..") || clean.startsWith("../")) {
      throw new EngineException.Failure(
          500, "forbidden path outside the build context: " + given + " ()");
    }
    return clean;
  }

  private static FileTree.File located(FileTree files, String path) {
    Optional<FileTree.File> file = files.find(path).filter(it -> !it.isFolder());
    if (file.isEmpty()) {
      throw new EngineException.Failure(500, "Cannot locate specified Dockerfile: " + path);
    }
    if (file.get().entry().size() == 0) {
      throw new EngineException.InvalidParameter("the Dockerfile (" + path + ") cannot be empty");
    }
    return file.get();
  }

  private static String text(InputStream content) throws IOException {
    try (InputStream stream = new BufferedInputStream(content)) {
      byte[] bytes = stream.readNBytes(MAX_DOCKERFILE + 1);
      if (bytes.length > MAX_DOCKERFILE) {
        throw new EngineException.InvalidParameter("the Dockerfile is too large");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  /**
   * Clients leave out what is ignored, but have to send these two; a build does not see them then.
   */
  private static void withoutIgnored(FileTree files, String dockerfile) throws IOException {
    Optional<FileTree.File> ignore = files.find(IGNORE).filter(it -> !it.isFolder());
    if (ignore.isPresent()) {
      IgnoreRules rules = IgnoreRules.parse(text(files.content(ignore.get())));
      List.of(IGNORE, dockerfile).stream().filter(rules::excludes).forEach(files::remove);
    }
  }
}
