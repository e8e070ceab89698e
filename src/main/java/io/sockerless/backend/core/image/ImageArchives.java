package io.sockerless.backend.core.image;

import io.sockerless.backend.core.dockerfile.ConfigChanges;
import io.sockerless.backend.core.registry.ImageReference;
import io.sockerless.backend.core.registry.Platform;
import io.sockerless.engine.Answer;
import io.sockerless.engine.Call;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.Query;
import io.sockerless.wire.Headers;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Brings images in from tar streams and out to them. */
final class ImageArchives {

  private static final Logger LOG = System.getLogger(ImageArchives.class.getName());
  private static final int PIECE = 64 * 1024;

  private final ImageStore images;
  private final ContentStore content;
  private final ContentCollector collector;
  private final ImageLoader loader;
  private final ImageImporter importer;
  private final ImageSaver saver;
  private final ImageEvents events;
  private final RemoteTar remote;

  ImageArchives(
      ImageStore images,
      ContentStore content,
      ContentCollector collector,
      ImageLoader loader,
      ImageImporter importer,
      ImageEvents events,
      RemoteTar remote) {
    this.images = images;
    this.content = content;
    this.collector = collector;
    this.loader = loader;
    this.importer = importer;
    this.saver = new ImageSaver(content);
    this.events = events;
    this.remote = remote;
  }

  /** Opens a tar stream at a URL. */
  @FunctionalInterface
  interface RemoteTar {
    InputStream open(URI uri) throws IOException;
  }

  Answer load(Call call) {
    boolean quiet = call.query().flag("quiet");
    Optional<Platform> platform = ImageTransfers.platform(call.query());
    return ProgressAnswer.startAnswered(
        "load",
        progress -> {
          try {
            loader.load(call.body().stream(), platform, quiet, progress);
          } catch (IOException | RuntimeException e) {
            collector.collect();
            throw e;
          }
        });
  }

  Answer importTar(Call call) {
    Query query = call.query();
    String from = query.first("fromSrc").orElse("");
    String repository = query.first("repo").orElse("");
    String tag = query.first("tag").orElse("");
    Optional<ImageReference> name =
        Optional.of(repository)
            .filter(text -> !text.isEmpty())
            .map(ImageReference::parse)
            .map(reference -> tag.isEmpty() ? reference : reference.withTag(tag));
    if (name.flatMap(ImageReference::digest).isPresent()) {
      throw new EngineException.InvalidParameter("cannot import digest reference");
    }
    JsonObject config = ConfigChanges.apply(JsonValue.EMPTY_JSON_OBJECT, query.all("changes"));
    String message =
        query.first("message").filter(text -> !text.isEmpty()).orElse("Imported from " + from);
    Platform platform = ImageTransfers.platform(query).orElseGet(Platform::host);
    ImageImporter.Order order = new ImageImporter.Order(name, platform, message, config);
    return ProgressAnswer.start(
        "import",
        progress -> {
          try (InputStream tar =
              from.equals("-") ? call.body().stream() : remote.open(uri(from, progress))) {
            progress.status(importer.run(tar, order).id().toString());
          }
        });
  }

  private static URI uri(String from, Progress progress) throws IOException {
    try {
      URI uri = URI.create(from.contains("://") ? from : "http://" + from);
      progress.status("Downloading from " + uri);
      return uri;
    } catch (IllegalArgumentException e) {
      throw new EngineException.InvalidParameter("invalid URL: " + from);
    }
  }

  Answer save(List<String> names, Query query) {
    ImageSaver.Selection selection = new ImageSaver.Selection();
    names.forEach(name -> select(name, selection));
    selection.images().keySet().forEach(i -> ImageTransfers.fitting(i, names.getFirst(), query));
    ContentStore.Session session = content.open();
    RecordPipe pipe = new RecordPipe();
    Thread.ofVirtual()
        .name("save")
        .start(() -> {
          try (session) {
            saver.write(selection, new Pieces(pipe));
            pipe.end();
          } catch (IOException | RuntimeException e) {
            LOG.log(Level.DEBUG, "save {0}: {1}", names, e.getMessage());
            pipe.breakOff(new IOException("save broke off", e));
          }
        });
    selection.images().keySet().forEach(i -> events.about("save", i, i.id().toString()));
    return new Answer(
        200, "", Headers.of("Content-Type", "application/x-tar"), pipe, -1, pipe::close);
  }

  /** A repository's name alone stands for all of its tags. */
  private void select(String name, ImageSaver.Selection selection) {
    if (!name.contains("@") && !name.startsWith("sha256:") && !name.isEmpty()) {
      List<ImageReference> tags = tags(name);
      if (!tags.isEmpty()) {
        tags.forEach(tag -> selection.add(images.resolve(tag.toString()), List.of(tag)));
        return;
      }
    }
    selection.add(images.resolve(name), List.of());
  }

  private List<ImageReference> tags(String name) {
    try {
      ImageReference reference = ImageReference.parse(name);
      if (reference.tag().isPresent()) {
        return images.byName(reference).map(image -> List.of(reference)).orElse(List.of());
      }
      return images.allNames().keySet().stream()
          .map(ImageReference::parse)
          .filter(o -> o.repository().equals(reference.repository()) && o.tag().isPresent())
          .toList();
    } catch (EngineException.InvalidParameter e) {
      // It may be an id, which cannot be a name.
      return List.of();
    }
  }

  /** Hands on what is written, in pieces. */
  private static final class Pieces extends OutputStream {
    private final RecordPipe pipe;

    Pieces(RecordPipe pipe) {
      this.pipe = pipe;
    }

    @Override
    public void write(int value) throws IOException {
      pipe.put(new byte[] {(byte) value});
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      for (int start = offset; start < offset + length; start += PIECE) {
        pipe.put(Arrays.copyOfRange(bytes, start, Math.min(start + PIECE, offset + length)));
      }
    }
  }
}
