package io.sockerless.backend.core.build;

import io.sockerless.archive.SparingOutput;
import io.sockerless.archive.TarEntry;
import io.sockerless.archive.TarEntry.Kind;
import io.sockerless.archive.TarReader;
import io.sockerless.archive.TarWriter;
import io.sockerless.backend.core.dockerfile.Instruction;
import io.sockerless.backend.core.dockerfile.PathText;
import io.sockerless.backend.core.driver.ContainerFiles;
import io.sockerless.engine.EngineException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/** Puts the sources of one {@code COPY} or {@code ADD} into a container's files. */
final class CopyStep {

  private static final int FOLDER_MODE = 0755;

  private final StepContainer container;
  private final ContainerFiles files;
  private final Clock clock;
  private final Optional<Owner> owner;
  private final Owner folderOwner;
  private final ModeChange mode;
  private final IdentityHashMap<List<TarReader.Piece>, String> written = new IdentityHashMap<>();
  private int archives;

  /**
   * Copies into a container.
   *
   * @param owner of what is copied, empty to keep those of the sources
   */
  CopyStep(StepContainer container, Clock clock, Optional<Owner> owner, ModeChange mode) {
    this.container = container;
    this.files = container.files();
    this.clock = clock;
    this.owner = owner;
    this.folderOwner = owner.orElse(Owner.ROOT);
    this.mode = mode;
  }

  /** Where an instruction copies to, seen from the working directory; a slash at the end stays. */
  static String target(Instruction.Copy copy, String workingDirectory) {
    String written = copy.destination();
    String path =
        PathText.clean(written.startsWith("/") ? written : workingDirectory + "/" + written);
    String absolute = path.startsWith("/") ? path : "/" + path;
    return written.endsWith("/") && !absolute.equals("/") ? absolute + "/" : absolute;
  }

  /**
   * Copies in the order of the sources.
   *
   * @param target absolute; one that ends with a slash is a folder
   */
  void copy(List<Source> sources, String target) throws IOException {
    List<Source> plain = new ArrayList<>();
    for (Source source : sources) {
      if (source.isArchive()) {
        put(plain, target);
        plain.clear();
        unpack(source, target);
      } else {
        plain.add(source);
      }
    }
    put(plain, target);
  }

  /** Makes a folder, and those above it, where they are not there. */
  void makeFolder(String path) throws IOException {
    Destination destination = folder(path);
    if (!destination.isFolder()) {
      put(destination, List.of(), true, "");
    }
  }

  private void unpack(Source source, String target) throws IOException {
    makeFolder(target);
    Destination destination = folder(target);
    try (InputStream content = new BufferedInputStream(source.tree().content(source.file()))) {
      files.putArchive(destination.path(), content, false, true);
    } catch (EOFException e) {
      throw new EngineException.Failure(
          500, "failed to copy files: Error processing tar file(exit status 1): unexpected EOF");
    }
  }

  private Destination folder(String target) throws IOException {
    Destination destination = Destination.of(files, target);
    if (destination.isFile()) {
      throw new EngineException.Failure(500, "cannot copy to non-directory: " + destination.path());
    }
    return destination;
  }

  private void put(List<Source> sources, String target) throws IOException {
    if (sources.isEmpty()) {
      return;
    }
    Destination destination = Destination.of(files, target);
    boolean intoFolder =
        target.endsWith("/")
            || destination.isFolder()
            || sources.size() > 1
            || sources.getFirst().file().isFolder();
    if (intoFolder) {
      put(folder(target), sources, true, "");
    } else {
      put(destination, sources, false, destination.missing().getLast());
    }
  }

  /**
   * Makes the folders that are missing, and puts the sources into the last of them.
   *
   * @param name of the one file that the destination is to be, unless it is a folder
   */
  private void put(Destination destination, List<Source> sources, boolean intoFolder, String name)
      throws IOException {
    Path tar = container.scratch("copy-" + archives++ + ".tar");
    written.clear();
    try (OutputStream target = new BufferedOutputStream(SparingOutput.open(tar));
        TarWriter writer = new TarWriter(target)) {
      List<String> missing = destination.missing();
      List<String> folders = intoFolder ? missing : missing.subList(0, missing.size() - 1);
      String prefix = "";
      for (String folder : folders) {
        writer.put(
            new TarEntry(
                prefix + folder,
                Kind.DIRECTORY,
                FOLDER_MODE,
                folderOwner.user(),
                folderOwner.group(),
                clock.instant(),
                "",
                0,
                0,
                0));
        prefix = prefix + folder + "/";
      }
      for (Source source : sources) {
        put(source, prefix, intoFolder ? source.name() : name, writer);
      }
    }
    try (InputStream content = new BufferedInputStream(Files.newInputStream(tar))) {
      files.putArchive(destination.folder(), content, false, true);
    }
    Files.delete(tar);
  }

  private void put(Source source, String prefix, String name, TarWriter writer) throws IOException {
    if (source.file().isFolder()) {
      for (FileTree.File child : source.file().list()) {
        putTree(source, child, prefix, writer);
      }
    } else if (source.includes(source.file())) {
      putOne(source, source.file(), prefix + name, writer);
    }
  }

  private void putTree(Source source, FileTree.File file, String prefix, TarWriter writer)
      throws IOException {
    if (source.includes(file)) {
      putOne(source, file, prefix + source.relative(file), writer);
    }
    for (FileTree.File child : file.list()) {
      putTree(source, child, prefix, writer);
    }
  }

  private void putOne(Source source, FileTree.File file, String name, TarWriter writer)
      throws IOException {
    TarEntry entry = file.entry();
    TarEntry owned =
        new TarEntry(
            name,
            entry.kind(),
            entry.kind() == Kind.SYMLINK ? entry.mode() : mode.apply(entry.mode(), file.isFolder()),
            owner.map(Owner::user).orElse(entry.uid()),
            owner.map(Owner::group).orElse(entry.gid()),
            entry.modified(),
            entry.linkTarget(),
            entry.major(),
            entry.minor(),
            entry.size(),
            entry.extended());
    Optional<String> twin = twin(file, name);
    if (twin.isPresent()) {
      writer.put(
          new TarEntry(
              name,
              Kind.HARD_LINK,
              owned.mode(),
              owned.uid(),
              owned.gid(),
              owned.modified(),
              twin.get(),
              0,
              0,
              0));
    } else if (entry.kind() == Kind.FILE) {
      try (InputStream content = source.tree().content(file)) {
        writer.put(owned, content);
      }
    } else {
      writer.put(owned);
    }
  }

  /** The name under which the same file has been written already: they were hard links. */
  private Optional<String> twin(FileTree.File file, String name) {
    return file.pieces().isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(written.putIfAbsent(file.pieces(), name));
  }
}
