package io.sockerless.agent.protocol;

import io.sockerless.agent.protocol.Message.StreamName;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Messages as they go over a WebSocket: each is a JSON object in a text message. Where both sides
 * offer the subprotocol {@link #BINARY_SUBPROTOCOL}, data goes in binary messages instead, for
 * base64 costs a third: a byte of type, the session's number in four, the bytes.
 */
public final class MessageCodec {

  /** Names the JSON form alone. */
  public static final String SUBPROTOCOL = "sockerless.agent.v1";

  /** Names the form with binary data. */
  public static final String BINARY_SUBPROTOCOL = "sockerless.agent.v2";

  /** Both, the better one first. */
  public static final List<String> SUBPROTOCOLS = List.of(BINARY_SUBPROTOCOL, SUBPROTOCOL);

  /** No message is longer, in bytes or characters. */
  public static final int MAX_MESSAGE = 1024 * 1024;

  private static final int HEADER = 5;
  private static final List<StreamName> STREAMS = List.of(StreamName.values());

  private MessageCodec() {}

  /** The binary form, which only data has. */
  public static Optional<byte[]> binary(Message message) {
    return message instanceof Message.Data data
        ? Optional.of(
            ByteBuffer.allocate(HEADER + data.data().length())
                .put(binaryHead(data))
                .put(buffer(data))
                .array())
        : Optional.empty();
  }

  /** What the binary form has before the bytes, for whoever need not join them. */
  public static byte[] binaryHead(Message.Data data) {
    return ByteBuffer.allocate(HEADER)
        .put((byte) (1 + stream(data).number()))
        .putInt(data.id())
        .array();
  }

  private static ByteBuffer buffer(Message.Data data) {
    Bytes bytes = data.data();
    return ByteBuffer.wrap(bytes.array(), bytes.offset(), bytes.length());
  }

  private static StreamName stream(Message.Data data) {
    return switch (data) {
      case Message.Stdin _ -> StreamName.STDIN;
      case Message.Stdout _ -> StreamName.STDOUT;
      case Message.Stderr _ -> StreamName.STDERR;
    };
  }

  /** Reads the binary form, whose bytes are the message's from now on. */
  public static Message decode(byte[] bytes) throws ProtocolFault {
    if (bytes.length < HEADER || bytes[0] < 1 || bytes[0] > STREAMS.size()) {
      throw new ProtocolFault("a binary message without a type and a session");
    }
    int id = ByteBuffer.wrap(bytes, 1, 4).getInt();
    Bytes data = new Bytes(bytes, HEADER, bytes.length - HEADER);
    return data(STREAMS.get(bytes[0] - 1), id, data);
  }

  private static Message data(StreamName stream, int id, Bytes data) throws ProtocolFault {
    if (id < 0) {
      throw new ProtocolFault("a session's number is negative");
    }
    return switch (stream) {
      case STDIN -> new Message.Stdin(id, data);
      case STDOUT -> new Message.Stdout(id, data);
      case STDERR -> new Message.Stderr(id, data);
    };
  }

  /** The JSON form, which every message has. */
  public static String text(Message message) {
    Map<String, Object> fields = new LinkedHashMap<>();
    String type =
        switch (message) {
          case Message.Hello it -> {
            fields.put("instance", it.instance());
            fields.put("peer", it.peer());
            fields.put("received", it.received());
            fields.put("connection", it.connection());
            yield "hello";
          }
          case Message.Ack it -> {
            fields.put("received", it.received());
            yield "ack";
          }
          case Message.Ping _ -> "ping";
          case Message.Pong _ -> "pong";
          case Message.Sequenced it -> {
            fields.put("id", Integer.toString(it.id()));
            yield sequenced(it, fields);
          }
        };
    Map<String, Object> whole = new LinkedHashMap<>();
    whole.put("type", type);
    whole.putAll(fields);
    return JsonText.write(whole);
  }

  private static String sequenced(Message.Sequenced message, Map<String, Object> fields) {
    return switch (message) {
      case Message.Request request -> request(request, fields);
      case Message.Data data -> {
        fields.put(
            "data",
            StandardCharsets.ISO_8859_1
                .decode(Base64.getEncoder().encode(buffer(data)))
                .toString());
        yield stream(data).name().toLowerCase(Locale.ROOT);
      }
      case Message.CloseStdin _ -> "close_stdin";
      case Message.Signal it -> {
        fields.put("signal", it.signal());
        yield "signal";
      }
      case Message.Resize it -> {
        size(fields, it.width(), it.height());
        yield "resize";
      }
      case Message.Abandon _ -> "abandon";
      case Message.Started it -> {
        fields.put("pid", it.pid());
        yield "started";
      }
      case Message.Rows it -> {
        fields.put("rows", it.rows());
        yield "rows";
      }
      case Message.Health it -> {
        fields.put("status", it.code() == 0 ? "healthy" : "unhealthy");
        fields.put("code", it.code());
        fields.put("log", it.log());
        yield "health";
      }
      case Message.Exit it -> {
        fields.put("code", it.code());
        yield "exit";
      }
      case Message.Failed it -> {
        fields.put("code", it.code());
        fields.put("message", it.message());
        yield "error";
      }
      case Message.Credit it -> {
        fields.put("stream", it.stream().number());
        fields.put("bytes", it.bytes());
        yield "credit";
      }
    };
  }

  private static String request(Message.Request request, Map<String, Object> fields) {
    return switch (request) {
      case Message.Exec it -> {
        fields.put("cmd", it.cmd());
        fields.put("env", it.env());
        fields.put("workdir", it.workdir());
        fields.put("user", it.user());
        fields.put("tty", it.tty());
        fields.put("stdin", it.stdin());
        size(fields, it.width(), it.height());
        yield "exec";
      }
      case Message.CheckHealth it -> {
        fields.put("cmd", it.cmd());
        fields.put("env", it.env());
        fields.put("workdir", it.workdir());
        fields.put("user", it.user());
        fields.put("timeout", it.timeoutMillis());
        yield "check_health";
      }
      case Message.Attach it -> {
        fields.put("workdir", it.workdir());
        fields.put("user", it.user());
        fields.put("tty", it.tty());
        fields.put("stdin", it.stdin());
        size(fields, it.width(), it.height());
        yield "attach";
      }
      case Message.PutArchive it -> {
        fields.put("path", it.path());
        fields.put("keep_kinds", it.keepKinds());
        fields.put("keep_owners", it.keepOwners());
        yield "put_archive";
      }
      case Message.GetArchive it -> {
        fields.put("path", it.path());
        yield "get_archive";
      }
      case Message.StatPath it -> {
        fields.put("path", it.path());
        yield "stat_path";
      }
      case Message.Connect it -> {
        fields.put("port", it.port());
        yield "connect";
      }
      case Message.Export _ -> "export";
      case Message.Processes _ -> "processes";
      case Message.Usage _ -> "usage";
      case Message.Pause _ -> "pause";
      case Message.Resume _ -> "resume";
      case Message.Shutdown _ -> "shutdown";
    };
  }

  private static void size(Map<String, Object> fields, int width, int height) {
    fields.put("width", width);
    fields.put("height", height);
  }

  /** Reads the JSON form; what it does not know in a message it passes over. */
  public static Message decode(String text) throws ProtocolFault {
    Fields fields = new Fields(JsonText.parse(text));
    String type = fields.text("type");
    return switch (type) {
      case "hello" ->
          new Message.Hello(
              fields.text("instance"),
              fields.text("peer"),
              fields.count("received"),
              fields.count("connection"));
      case "ack" -> new Message.Ack(fields.count("received"));
      case "ping" -> new Message.Ping();
      case "pong" -> new Message.Pong();
      case "stdin", "stdout", "stderr" ->
          data(
              StreamName.valueOf(type.toUpperCase(Locale.ROOT)),
              fields.id(),
              Bytes.of(fields.bytes("data")));
      default -> decode(type, fields.id(), fields);
    };
  }

  private static Message decode(String type, int id, Fields fields) throws ProtocolFault {
    return switch (type) {
      case "exec" ->
          new Message.Exec(
              id,
              fields.texts("cmd"),
              fields.texts("env"),
              fields.text("workdir"),
              fields.text("user"),
              fields.flag("tty"),
              fields.flag("stdin"),
              fields.number("width"),
              fields.number("height"));
      case "check_health" ->
          new Message.CheckHealth(
              id,
              fields.texts("cmd"),
              fields.texts("env"),
              fields.text("workdir"),
              fields.text("user"),
              fields.count("timeout"));
      case "attach" ->
          new Message.Attach(
              id,
              fields.text("workdir"),
              fields.text("user"),
              fields.flag("tty"),
              fields.flag("stdin"),
              fields.number("width"),
              fields.number("height"));
      case "put_archive" ->
          new Message.PutArchive(
              id, fields.text("path"), fields.flag("keep_kinds"), fields.flag("keep_owners"));
      case "get_archive" -> new Message.GetArchive(id, fields.text("path"));
      case "stat_path" -> new Message.StatPath(id, fields.text("path"));
      case "connect" -> new Message.Connect(id, fields.number("port"));
      case "export" -> new Message.Export(id);
      case "processes" -> new Message.Processes(id);
      case "usage" -> new Message.Usage(id);
      case "pause" -> new Message.Pause(id);
      case "resume" -> new Message.Resume(id);
      case "shutdown" -> new Message.Shutdown(id);
      case "close_stdin" -> new Message.CloseStdin(id);
      case "signal" -> new Message.Signal(id, fields.number("signal"));
      case "resize" -> new Message.Resize(id, fields.number("width"), fields.number("height"));
      case "abandon" -> new Message.Abandon(id);
      case "started" -> new Message.Started(id, fields.number("pid"));
      case "rows" -> new Message.Rows(id, fields.rows("rows"));
      case "health" -> new Message.Health(id, fields.number("code"), fields.text("log"));
      case "exit" -> new Message.Exit(id, fields.number("code"));
      case "error" -> new Message.Failed(id, fields.number("code"), fields.text("message"));
      case "credit" -> {
        int stream = fields.number("stream");
        int bytes = fields.number("bytes");
        if (stream < 0 || stream >= STREAMS.size() || bytes < 0) {
          throw new ProtocolFault("a credit for no stream, or of less than nothing");
        }
        yield new Message.Credit(id, STREAMS.get(stream), bytes);
      }
      default -> throw new ProtocolFault("unknown message " + type);
    };
  }
}
