import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Containers, a volume and an image on the daemon that are taken away again. */
final class Fixture implements AutoCloseable {

  static final String IMAGE = "alpine";

  /** Where containers find the volume in memory, so that no disk is measured. */
  static final String MEMORY = "/memory";

  private static final Pattern ID = Pattern.compile("\"Id\": ?\"([0-9a-f]+)\"");

  private final Endpoint daemon;
  private final String name = "sockerless-bench-" + ProcessHandle.current().pid();
  private final List<String> containers = new ArrayList<>();
  private boolean volume;

  Fixture(Endpoint daemon) throws IOException {
    this.daemon = daemon;
    try {
      Http.call(daemon, "GET", "/images/" + IMAGE + "/json", "");
    } catch (IOException e) {
      throw new IOException(
          "the daemon at " + daemon.host() + " needs the image " + IMAGE + ": .ci/docker-up", e);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
  }

  /** Brings the image to a server that has none; one that comes with a server serves as well. */
  static void pull(Endpoint endpoint) throws IOException {
    Http.call(endpoint, "POST", "/images/create?fromImage=" + IMAGE + "&tag=latest", "");
  }

  /** A container that is created and not started, with standard input open. */
  String create(String command) throws IOException {
    String json =
        """
        {"Image": "%s", "Cmd": ["sh", "-c", "%s"], "OpenStdin": true, "StdinOnce": true,
         "AttachStdin": true, "AttachStdout": true, "AttachStderr": true, "Labels": {"bench": "%s"},
         "HostConfig": {"NetworkMode": "none", "LogConfig": {"Type": "none"}, "Init": false%s}}\
        """
            .formatted(
                IMAGE,
                command,
                name,
                volume ? ", \"Binds\": [\"" + name + ":" + MEMORY + "\"]" : "");
    String id = id(Http.call(daemon, "POST", "/containers/create", json));
    synchronized (containers) {
      containers.add(id);
    }
    return id;
  }

  /** A container that runs until it is removed. */
  String running() throws IOException {
    String id = create("exec sleep 86400");
    Http.call(daemon, "POST", "/containers/" + id + "/start", "");
    return id;
  }

  /** Gives the containers made from here on a volume in memory. */
  void addVolume(long size) throws IOException {
    Http.call(
        daemon,
        "POST",
        "/volumes/create",
        """
        {"Name": "%s", "Driver": "local", "DriverOpts": {"type": "tmpfs", "device": "tmpfs", "o": "size=%d"}}\
        """
            .formatted(name, size));
    volume = true;
  }

  /** Runs a command in a container and waits for its end. */
  void run(String container, String command) throws IOException {
    String exec = exec(container, command);
    try (Http http = Http.open(daemon)) {
      http.hijack("/exec/" + exec + "/start", "{}");
      http.readFrames();
    }
  }

  /** An exec instance that is not started. */
  String exec(String container, String command) throws IOException {
    String json =
        """
        {"AttachStdin": true, "AttachStdout": true, "AttachStderr": true, "Cmd": ["sh", "-c", "%s"]}\
        """
            .formatted(command);
    return id(Http.call(daemon, "POST", "/containers/" + container + "/exec", json));
  }

  static String id(String answer) throws IOException {
    Matcher id = ID.matcher(answer);
    if (!id.find()) {
      throw new IOException("no Id in " + answer);
    }
    return id.group(1);
  }

  void remove(String container) throws IOException {
    synchronized (containers) {
      containers.remove(container);
    }
    Http.call(daemon, "DELETE", "/containers/" + container + "?force=1", "");
  }

  /** The name of an image to load. */
  String image() {
    return name + ":latest";
  }

  void removeImage() throws IOException {
    Http.call(daemon, "DELETE", "/images/" + image(), "");
  }

  @Override
  public void close() {
    List<String> left;
    synchronized (containers) {
      left = List.copyOf(containers);
    }
    try {
      for (String container : left) {
        remove(container);
      }
      if (volume) {
        volume = false;
        Http.call(daemon, "DELETE", "/volumes/" + name, "");
      }
    } catch (IOException e) {
      System.err.println("left behind on the daemon: " + name + ": " + e.getMessage());
    }
  }
}
