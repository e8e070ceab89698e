package io.sockerless.policy.request;

import io.sockerless.archive.Decompression;
import io.sockerless.archive.SparingOutput;
import io.sockerless.archive.TarEntry;
import io.sockerless.archive.TarReader;
import io.sockerless.engine.Body;
import io.sockerless.engine.EngineException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The context of a build, kept on the disk while it is decided on, so that what is built is what
 * was read.
 *
 * @param body the same bytes
 * @param dockerfiles the texts of all members that are called as the Dockerfile is
 */
record BuildContext(Body body, List<String> dockerfiles) {

  private static final String STANDARD = "Dockerfile";
  private static final int MAX_DOCKERFILE = 1 << 20;

  /**
   * Reads one to its end.
   *
   * @param paths where the client says that the Dockerfile is
   * @throws EngineException.InvalidParameter if it cannot be told which file that is
   */
  static BuildContext read(Body body, List<String> paths) {
    String path = clean(paths.stream().findFirst().filter(it -> !it.isEmpty()).orElse(STANDARD));
    if (paths.size() > 1) {
      throw new EngineException.InvalidParameter("more than one Dockerfile is named");
    }
    try {
      Path file = Files.createTempFile("sockerless-context", ".tar");
      try {
        try (OutputStream kept = SparingOutput.open(file)) {
          body.stream().transferTo(kept);
        }
        List<String> dockerfiles = dockerfiles(file, path);
        long length = Files.size(file);
        return new BuildContext(new Body(open(file), length), dockerfiles);
      } finally {
        // What is open stays until it has been read.
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(Path file) throws IOException {
    InputStream content = Files.newInputStream(file);
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = content.read(bytes, offset, length);
        if (count < 0) {
          content.close();
        }
        return count;
      }

      @Override
      public void close() throws IOException {
        content.close();
      }
    };
  }

  private static List<String> dockerfiles(Path file, String path) throws IOException {
    List<String> found = new ArrayList<>();
    try (InputStream content = Files.newInputStream(file);
        TarReader tar = new TarReader(new BufferedInputStream(Decompression.of(content)))) {
      for (Optional<TarEntry> next = tar.next(); next.isPresent(); next = tar.next()) {
        TarEntry entry = next.get();
        String name = clean(entry.name());
        boolean called = isCalled(name, path);
        boolean links = entry.kind() == TarEntry.Kind.SYMLINK;
        if ((links && path.startsWith(name + "/"))
            || (called && entry.kind() != TarEntry.Kind.FILE)) {
          throw new EngineException.InvalidParameter(
              "the policy reads no Dockerfile that is a link: " + path);
        }
        if (called) {
          found.add(text(tar.content()));
        }
      }
    } catch (IOException e) {
      throw new EngineException.InvalidParameter(
          "Error processing tar file: " + String.valueOf(e.getMessage()));
    }
    if (found.isEmpty()) {
      throw new EngineException.InvalidParameter("Cannot locate specified Dockerfile: " + path);
    }
    return found;
  }

  /** The standard name is found in lower case, too. */
  private static boolean isCalled(String name, String path) {
    return name.equals(path)
        || (path.equals(STANDARD) && name.equals(STANDARD.toLowerCase(Locale.ROOT)));
  }

  private static String clean(String path) {
    Deque<String> parts = new ArrayDeque<>();
    for (String part : path.split("/", -1)) {
      if (part.equals("..")) {
        parts.pollLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    return String.join("/", parts);
  }

  private static String text(InputStream content) throws IOException {
    byte[] bytes = content.readNBytes(MAX_DOCKERFILE + 1);
    if (bytes.length > MAX_DOCKERFILE) {
      throw new EngineException.InvalidParameter("the Dockerfile is too large for the policy");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new EngineException.InvalidParameter("the Dockerfile is not UTF-8");
    }
  }
}
