package io.sockerless.example.machines;

import io.sockerless.agent.program.LocalFiles;
import io.sockerless.archive.TarEntry;
import io.sockerless.archive.TarReader;
import io.sockerless.archive.TarWriter;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The folder that is a container's root, unpacked from its image's layers. */
record RootFolder(Path path) {

  private static final String WHITEOUT = ".wh.";
  private static final String OPAQUE = ".wh..wh..opq";

  /** What a layer takes away from those below it. */
  private record Removals(Set<String> paths, Set<String> contents) {

    boolean hide(String path) {
      if (paths.contains(path)) {
        return true;
      }
      for (int slash = path.lastIndexOf('/');
          slash >= 0;
          slash = path.lastIndexOf('/', slash - 1)) {
        String parent = path.substring(0, slash);
        if (paths.contains(parent) || contents.contains(parent)) {
          return true;
        }
      }
      return false;
    }
  }

  /** Unpacks layers, the lowest first, unless that is done; an attempt that broke is begun anew. */
  void unpack(List<Path> layers) throws IOException {
    Path done = path.resolveSibling("unpacked");
    if (Files.exists(done)) {
      return;
    }
    Files.createDirectories(path);
    LocalFiles files = new LocalFiles(path);
    Removals above = new Removals(new HashSet<>(), new HashSet<>());
    List<Path> filtered = new ArrayList<>();
    for (Path layer : layers.reversed()) {
      Path part = path.resolveSibling("layer-" + filtered.size());
      filter(layer, part, above);
      filtered.add(part);
    }
    for (Path part : filtered.reversed()) {
      try (InputStream tar = Files.newInputStream(part)) {
        files.putArchive("/", tar, false, false);
      }
      Files.delete(part);
    }
    Files.createFile(done);
  }

  /** Leaves out what layers above take away, and notes what this one takes from those below. */
  private static void filter(Path layer, Path target, Removals above) throws IOException {
    Removals own = new Removals(new HashSet<>(), new HashSet<>());
    try (TarReader reader = new TarReader(new BufferedInputStream(Files.newInputStream(layer)));
        OutputStream output = new BufferedOutputStream(Files.newOutputStream(target));
        TarWriter writer = new TarWriter(output)) {
      for (Optional<TarEntry> next = reader.next(); next.isPresent(); next = reader.next()) {
        String path = Path.of("/" + next.get().name()).normalize().toString().substring(1);
        String name = path.substring(path.lastIndexOf('/') + 1);
        String parent = path.substring(0, Math.max(0, path.length() - name.length() - 1));
        if (name.equals(OPAQUE)) {
          own.contents().add(parent);
        } else if (name.startsWith(WHITEOUT)) {
          String removed = name.substring(WHITEOUT.length());
          own.paths().add(parent.isEmpty() ? removed : parent + "/" + removed);
        } else if (!above.hide(path) && !path.isEmpty()) {
          writer.put(next.get(), reader.content());
        }
      }
    }
    above.paths().addAll(own.paths());
    above.contents().addAll(own.contents());
  }

  /** A folder in it, made if it is not there, for something to be mounted. */
  Path folder(String target) throws IOException {
    Path place = path.resolve(target.substring(1));
    if (!Files.exists(place)) {
      put(target, TarEntry.Kind.DIRECTORY);
    }
    return inside(place);
  }

  /** A file in it, made if it is not there, for something to be mounted. */
  Path file(String target) throws IOException {
    Path place = path.resolve(target.substring(1));
    if (!Files.exists(place)) {
      put(target, TarEntry.Kind.FILE);
    }
    return inside(place);
  }

  private void put(String target, TarEntry.Kind kind) throws IOException {
    int mode = kind == TarEntry.Kind.DIRECTORY ? 0755 : 0644;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarWriter tar = new TarWriter(bytes)) {
      tar.put(
          new TarEntry(target.substring(1), kind, mode, 0, 0, Instant.now(), "", 0, 0, 0),
          InputStream.nullInputStream());
    }
    new LocalFiles(path)
        .putArchive("/", new ByteArrayInputStream(bytes.toByteArray()), false, false);
  }

  /** Links of the image do not lead what is mounted out of it. */
  private Path inside(Path place) throws IOException {
    Path real = place.toRealPath();
    if (!real.startsWith(path.toRealPath())) {
      throw new IOException("a mount leads out of the container: " + place);
    }
    return real;
  }
}
