package io.sockerless.backend.core.image;

import io.sockerless.backend.core.registry.ImageReference;
import io.sockerless.engine.Answer;
import io.sockerless.engine.Call;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.Images;
import io.sockerless.engine.JsonBuilders;
import io.sockerless.engine.Query;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.List;

/** The port's images: reads each request, and hands it to whoever does it. */
final class CoreImages implements Images {

  private final ImageStore images;
  private final ImageListing listing;
  private final ImageDocuments documents;
  private final ImageRemover remover;
  private final ImagePruner pruner;
  private final ContentCollector collector;
  private final ImageTransfers transfers;
  private final ImageArchives archives;
  private final RegistryQueries queries;
  private final CoreImageSource source;
  private final BuildOperations builds;

  CoreImages(
      ImageStore images,
      ImageListing listing,
      ImageDocuments documents,
      ImageRemover remover,
      ImagePruner pruner,
      ContentCollector collector,
      ImageTransfers transfers,
      ImageArchives archives,
      RegistryQueries queries,
      CoreImageSource source,
      BuildOperations builds) {
    this.images = images;
    this.listing = listing;
    this.documents = documents;
    this.remover = remover;
    this.pruner = pruner;
    this.collector = collector;
    this.transfers = transfers;
    this.archives = archives;
    this.queries = queries;
    this.source = source;
    this.builds = builds;
  }

  @Override
  public Answer list(Call call) {
    return Answer.json(200, listing.list(call));
  }

  @Override
  public Answer build(Call call) {
    return builds.build(call);
  }

  @Override
  public Answer pruneBuilds(Call call) {
    return builds.pruneBuilds(call);
  }

  @Override
  public Answer cancelBuild(Call call) {
    return builds.cancelBuild(call);
  }

  @Override
  public Answer create(Call call) {
    return call.query().first("fromSrc").orElse("").isEmpty()
        ? transfers.pull(call)
        : archives.importTar(call);
  }

  @Override
  public Answer inspect(String name, Call call) {
    return Answer.json(200, documents.inspect(resolve(name, call), call));
  }

  @Override
  public Answer history(String name, Call call) {
    return Answer.json(200, documents.history(resolve(name, call)));
  }

  private ImageRecord resolve(String name, Call call) {
    return ImageTransfers.fitting(images.resolve(name), name, call.query());
  }

  @Override
  public Answer push(String name, Call call) {
    return transfers.push(name, call);
  }

  @Override
  public Answer tag(String name, Call call) {
    Query query = call.query();
    ImageRecord image = images.resolve(name);
    ImageReference repository = ImageReference.parse(query.first("repo").orElse(""));
    String tag = query.first("tag").orElse("");
    ImageReference reference =
        (tag.isEmpty() ? repository : repository.withTag(tag)).withDefaultTag();
    source.tag(image.image(), reference.toString());
    return Answer.empty(201);
  }

  @Override
  public Answer remove(String name, Call call) {
    if (name.isBlank()) {
      throw new EngineException.InvalidParameter("image name cannot be blank");
    }
    Query query = call.query();
    List<ImageRemover.Step> steps =
        remover.remove(name, query.flag("force"), !query.flag("noprune"));
    collector.collect();
    return Answer.json(200, steps(steps).build());
  }

  @Override
  public Answer prune(Call call) {
    ImagePruner.Result result = pruner.prune(call.query());
    collector.collect();
    JsonObjectBuilder answer = JsonBuilders.object();
    if (result.steps().isEmpty()) {
      answer.add("ImagesDeleted", JsonValue.NULL);
    } else {
      answer.add("ImagesDeleted", steps(result.steps()));
    }
    return Answer.json(200, answer.add("SpaceReclaimed", result.freed()).build());
  }

  private static JsonArrayBuilder steps(List<ImageRemover.Step> steps) {
    JsonArrayBuilder array = JsonBuilders.array();
    steps.forEach(step ->
        array.add(JsonBuilders.object().add(step.deleted() ? "Deleted" : "Untagged", step.what())));
    return array;
  }

  @Override
  public Answer search(Call call) {
    return queries.search(call);
  }

  @Override
  public Answer save(String name, Call call) {
    return archives.save(List.of(name), call.query());
  }

  @Override
  public Answer saveAll(Call call) {
    List<String> names = call.query().all("names");
    if (names.isEmpty()) {
      throw new EngineException.InvalidParameter("no images to save");
    }
    return archives.save(names, call.query());
  }

  @Override
  public Answer load(Call call) {
    return archives.load(call);
  }

  @Override
  public Answer distribution(String name, Call call) {
    return queries.distribution(name, call);
  }
}
