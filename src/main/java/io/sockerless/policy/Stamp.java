package io.sockerless.policy;

import io.sockerless.engine.Answer;
import io.sockerless.engine.Body;
import io.sockerless.engine.Call;
import io.sockerless.engine.Engine;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.Invocation;
import io.sockerless.engine.JsonBuilders;
import io.sockerless.engine.Query;
import io.sockerless.policy.request.Fields;
import io.sockerless.policy.request.Request;
import io.sockerless.policy.rule.Owner;
import io.sockerless.wire.Headers;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Writes into what is made whose it is.
 *
 * @param owner the name that goes into the label
 * @param overrides whether another owner that the client has written stands
 */
record Stamp(Ownership ownership, Engine engine, String owner, boolean overrides) {

  private static final String LABELS = "Labels";

  /** The request with the label in what it makes. */
  Request on(Request request) {
    Invocation invocation = request.invocation();
    return switch (invocation.operation()) {
      case "containers.create" -> {
        volumes(request);
        yield labelled(request);
      }
      case "volumes.create", "networks.create" -> labelled(request);
      case "images.build" -> request.with(invocation.with(built(invocation.call())));
      case "containers.commit" -> request.with(invocation.with(changed(invocation.call())));
      case "images.create" ->
          invocation.call().query().first("fromImage").orElse("").isEmpty()
              ? request.with(invocation.with(changed(invocation.call())))
              : request;
      default -> request;
    };
  }

  /**
   * What create answers if it has found something that was there already.
   *
   * @throws EngineException 403 if that is somebody else's
   */
  Answer checkVolume(Answer answer) {
    JsonObject document = answer.document().asJsonObject();
    Owner found = Ownership.owner(Kind.VOLUME, document);
    if (!found.equals(new Owner.Named(owner)) && !overrides) {
      throw belongsToOthers(document.getString("Name", ""));
    }
    ownership.remember(
        new Ownership.Found(Kind.VOLUME, document.getString("Name", ""), found, Optional.empty()));
    return answer.with(document);
  }

  private static EngineException belongsToOthers(String volume) {
    return EngineException.of(
        403, Guard.DENIED + "the volume " + volume + " belongs to somebody else", Headers.empty());
  }

  private Request labelled(Request request) {
    JsonObject body = request.body().orElse(JsonValue.EMPTY_JSON_OBJECT);
    Fields fields = new Fields(body);
    JsonObject labels = fields.fields(LABELS).object();
    if (overrides && labels.containsKey(Ownership.LABEL)) {
      return request;
    }
    JsonObjectBuilder more = JsonBuilders.object(labels).add(Ownership.LABEL, owner);
    return request.withBody(fields.with(LABELS, more.build()));
  }

  /** Volumes that a container names and that are not there would come without an owner. */
  private void volumes(Request request) {
    Call call = request.invocation().call();
    for (String name : request.references().volumes()) {
      if (ownership.find(Kind.VOLUME, name, call).isEmpty()) {
        Call create = call.follow(Query.none()).with(request.volume(name, Ownership.LABEL, owner));
        checkVolume(engine.volumes().create(create)).close();
      }
    }
  }

  /** A build's labels come last, after those that its Dockerfile and its base have. */
  private Call built(Call call) {
    String written = call.query().first("labels").orElse("");
    JsonObject labels = written.isEmpty() ? JsonValue.EMPTY_JSON_OBJECT : parsed(written);
    if (overrides && labels.containsKey(Ownership.LABEL)) {
      return call;
    }
    String more = JsonBuilders.object(labels).add(Ownership.LABEL, owner).build().toString();
    return call.with(call.query().without("labels").and("labels", more));
  }

  private static JsonObject parsed(String labels) {
    return Body.parse(labels.getBytes(StandardCharsets.UTF_8));
  }

  /** The last of an image's changes wins. */
  private Call changed(Call call) {
    String quoted = owner.replaceAll("([\"\\\\$])", "\\\\$1");
    String change = "LABEL " + Ownership.LABEL + "=\"" + quoted + "\"";
    return call.with(call.query().and("changes", change));
  }
}
