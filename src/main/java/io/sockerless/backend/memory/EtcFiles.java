package io.sockerless.backend.memory;

import io.sockerless.backend.core.document.Documents;
import io.sockerless.backend.core.driver.ContainerSpec;
import io.sockerless.backend.core.driver.NetworkEndpoint;
import io.sockerless.backend.memory.fs.Credentials;
import io.sockerless.backend.memory.fs.FileTree;
import io.sockerless.backend.memory.fs.MemoryTree;
import io.sockerless.backend.memory.fs.Mounts;
import io.sockerless.backend.memory.fs.NewNode;
import io.sockerless.backend.memory.fs.Node;
import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.fs.Paths;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The files of {@code /etc} that the runtime and not the image decides: they lie over the image's
 * own, so that they are in no commit.
 */
final class EtcFiles {

  private static final String LOCAL =
      """
      127.0.0.1\tlocalhost
      ::1\tlocalhost ip6-localhost ip6-loopback
      fe00::0\tip6-localnet
      ff00::0\tip6-mcastprefix
      ff02::1\tip6-allnodes
      ff02::2\tip6-allrouters
      """;

  private static final String RESOLVER = "127.0.0.11";

  /** Networks on which Docker resolves no names. */
  private static final Set<String> STANDARD = Set.of("bridge", "host", "none");

  /** The option of a resolver that Docker's own needs: to be asked for names without dots, too. */
  private static final String DOTS = "ndots:";

  private final ContainerSpec spec;

  EtcFiles(ContainerSpec spec) {
    this.spec = spec;
  }

  /**
   * Lays the files over those of the image. What is not there to lie under them is made in the
   * folder itself, since a root that takes no writes gets these files as well.
   *
   * @param outside gets the same files, so that copies from a container have what its processes see
   */
  void mount(Mounts mounts, Mounts outside) throws IOException {
    Paths paths = new Paths(mounts, Credentials.ROOT);
    if (!paths.exists("/etc")) {
      paths.locate("/").node().create("etc", NewNode.directory(0755, 0, 0));
    }
    boolean readOnly = Documents.flag(spec.hostConfig(), "ReadonlyRootfs");
    for (Map.Entry<String, String> file : contents().entrySet()) {
      String path = "/etc/" + file.getKey();
      if (mounts.at(path).isEmpty()) {
        if (!paths.exists(path)) {
          paths.locate("/etc").node().create(file.getKey(), NewNode.file(0644, 0, 0));
        }
        String target = paths.realPath(path);
        FileMount content = new FileMount(file.getValue());
        mounts.add(target, content, readOnly);
        outside.add(target, content, readOnly);
      }
    }
  }

  private Map<String, String> contents() {
    return Map.of("hostname", spec.hostname() + "\n", "hosts", hosts(), "resolv.conf", resolver());
  }

  private String hosts() {
    String added =
        spec.hosts().entrySet().stream()
            .map(host -> host.getValue() + "\t" + host.getKey() + "\n")
            .collect(Collectors.joining());
    String own =
        spec.networks().stream()
            .map(NetworkEndpoint::address)
            .filter(address -> !spec.hosts().containsKey(spec.hostname()))
            .map(address -> address + "\t" + ownNames() + "\n")
            .collect(Collectors.joining());
    return LOCAL + added + own;
  }

  /** The whole name and the part before its first dot, as dockerd splits it. */
  private String ownNames() {
    String domain = Documents.string(spec.config(), "Domainname");
    String whole = spec.hostname() + (domain.isEmpty() ? "" : "." + domain);
    int dot = whole.indexOf('.');
    return dot < 0 ? whole : whole + " " + whole.substring(0, dot);
  }

  /**
   * Names are resolved by the sandbox itself, as Docker's own resolver does at this address; on the
   * default network and on the host's dockerd shows the servers that the container asked for.
   */
  private String resolver() {
    String network = spec.networks().isEmpty() ? "none" : spec.networks().getFirst().networkName();
    boolean standard = STANDARD.contains(network);
    List<String> servers = Documents.strings(spec.hostConfig(), "Dns");
    List<String> search = Documents.strings(spec.hostConfig(), "DnsSearch");
    List<String> options = Documents.strings(spec.hostConfig(), "DnsOptions");
    StringBuilder text = new StringBuilder();
    List<String> own = spec.networks().isEmpty() ? List.of() : List.of(RESOLVER);
    for (String server : standard && !servers.isEmpty() ? servers : own) {
      text.append("nameserver ").append(server).append('\n');
    }
    if (!search.isEmpty() && !search.equals(List.of("."))) {
      text.append("search ").append(String.join(" ", search)).append('\n');
    }
    List<String> all = new ArrayList<>(options);
    if (!standard && options.stream().noneMatch(option -> option.startsWith(DOTS))) {
      all.add(DOTS + "0");
    }
    if (!all.isEmpty()) {
      text.append("options ").append(String.join(" ", all)).append('\n');
    }
    return text.toString();
  }

  /** A tree that is a file. */
  private static final class FileMount implements FileTree {
    private final MemoryTree tree = new MemoryTree(0755);
    private final Node file;

    FileMount(String content) throws IOException {
      Node folder = tree.root();
      file = folder.create("file", NewNode.file(0644, 0, 0));
      byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
      try (OpenFile open = file.open(OpenMode.WRITE)) {
        open.write(bytes, 0, bytes.length);
      }
    }

    @Override
    public Node root() {
      return file;
    }

    @Override
    public String type() {
      return tree.type();
    }

    @Override
    public Usage usage() {
      return tree.usage();
    }

    @Override
    public void close() {
      tree.close();
    }
  }
}
