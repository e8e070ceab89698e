package io.sockerless.backend.core.build;

import io.sockerless.archive.TarEntry;
import io.sockerless.archive.TarWriter;
import io.sockerless.backend.core.dockerfile.HereDocument;
import io.sockerless.backend.core.dockerfile.Instruction;
import io.sockerless.backend.core.dockerfile.PathText;
import io.sockerless.backend.core.registry.Digest;
import io.sockerless.backend.core.value.GoText;
import io.sockerless.engine.Cancellation;
import io.sockerless.engine.EngineException;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds what a {@code COPY} or {@code ADD} names: files, URLs, text of the Dockerfile itself. */
final class SourceResolver {

  private static final Pattern URL = Pattern.compile("(?i)https?://.*");
  private static final int FETCHED_MODE = 0600;
  private static final int DOCUMENT_MODE = 0644;

  private final SourceFiles files;
  private final Downloads downloads;
  private final Cancellation cancellation;
  private final StepContainer container;
  private final BuildOutput output;
  private int made;

  /**
   * Finds sources.
   *
   * @param container in whose scratch folder is kept what is no file of the context
   */
  SourceResolver(
      SourceFiles files,
      Downloads downloads,
      Cancellation cancellation,
      StepContainer container,
      BuildOutput output) {
    this.files = files;
    this.downloads = downloads;
    this.cancellation = cancellation;
    this.container = container;
    this.output = output;
  }

  /** All sources of an instruction, in order. */
  List<Source> resolve(Instruction.Copy copy) throws IOException {
    IgnoreRules excluded = IgnoreRules.of(copy.excluded());
    List<Source> sources = new ArrayList<>();
    for (HereDocument document : copy.documents()) {
      sources.add(document(document));
    }
    for (String source : copy.sources()) {
      if (copy.adds() && URL.matcher(source).matches()) {
        sources.add(fetch(source, copy));
      } else {
        for (SourceFiles.Found found : files.find(source)) {
          sources.add(new Source(found.tree(), found.file(), found.name(), excluded, copy.adds()));
        }
      }
    }
    if (sources.isEmpty()) {
      throw new EngineException.Failure(500, "no source files were specified");
    }
    return sources;
  }

  private Source document(HereDocument document) throws IOException {
    byte[] content = document.content().getBytes(StandardCharsets.UTF_8);
    try (InputStream stream = new ByteArrayInputStream(content)) {
      return single(document.name(), DOCUMENT_MODE, Instant.EPOCH, content.length, stream);
    }
  }

  private Source fetch(String url, Instruction.Copy copy) throws IOException {
    boolean named = !copy.destination().endsWith("/");
    String path = url.replaceFirst("[?#].*$", "").replaceFirst("(?i)^https?://[^/]*", "");
    String name = path.endsWith("/") || path.isEmpty() ? "" : PathText.name(path);
    if (name.isEmpty() && !named) {
      throw new EngineException.Failure(500, "cannot determine filename for source " + url);
    }
    Path file = container.scratch("download-" + made);
    Downloads.Download download = downloads.fetch(url, file, cancellation, output::downloading);
    output.text("\n");
    check(copy.checksum(), file);
    try (InputStream content = Files.newInputStream(file)) {
      return single(
          name.isEmpty() ? "download" : name,
          FETCHED_MODE,
          download.modified(),
          Files.size(file),
          content);
    } finally {
      Files.delete(file);
    }
  }

  private static void check(String checksum, Path file) throws IOException {
    if (checksum.isEmpty()) {
      return;
    }
    Optional<Digest> wanted = Digest.parse(checksum);
    if (wanted.isEmpty()) {
      throw new EngineException.InvalidParameter(
          "invalid checksum digest format: " + GoText.quoted(checksum));
    }
    MessageDigest hash = wanted.get().newHash();
    try (InputStream content = Files.newInputStream(file)) {
      byte[] piece = new byte[65_536];
      for (int count = content.read(piece); count >= 0; count = content.read(piece)) {
        hash.update(piece, 0, count);
      }
    }
    String found = wanted.get().algorithm() + ":" + HexFormat.of().formatHex(hash.digest());
    if (!found.equals(checksum)) {
      throw new EngineException.Failure(500, "digest mismatch " + found + ": " + checksum);
    }
  }

  private Source single(String name, int mode, Instant modified, long size, InputStream content)
      throws IOException {
    Path tar = container.scratch("made-" + made++ + ".tar");
    try (OutputStream target = new BufferedOutputStream(Files.newOutputStream(tar));
        TarWriter writer = new TarWriter(target)) {
      writer.put(
          new TarEntry(name, TarEntry.Kind.FILE, mode, 0, 0, modified, "", 0, 0, size), content);
    }
    FileTree tree = FileTree.of(tar);
    FileTree.File file =
        tree.find(name).orElseThrow(() -> new IOException("no such file: " + name));
    return new Source(tree, file, file.path(), IgnoreRules.of(List.of()), false);
  }
}
