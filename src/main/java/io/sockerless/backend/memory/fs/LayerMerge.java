package io.sockerless.backend.memory.fs;

import io.sockerless.archive.TarEntry;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Lays an image's layers over one another.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/layer.md">OCI layers</a>
 */
final class LayerMerge {

  private static final String WHITEOUT = ".wh.";
  private static final String OPAQUE = ".wh..wh..opq";
  private static final String ATTRIBUTES_OF_AUFS = ".wh..wh.";
  private static final int MAX_PATH = 4_096;
  private static final int MAX_LINKS = 40;

  /** A node that further layers may change. */
  private static final class Draft {
    private Attributes attributes;
    private Optional<LowerFile> file = Optional.empty();
    private final Map<String, Draft> children = new HashMap<>();
    private int names;

    Draft(Attributes attributes) {
      this.attributes = attributes;
    }

    static Draft folder() {
      return new Draft(attributes(FileType.DIRECTORY, 0755, 0, 0, 0, "", Instant.EPOCH));
    }

    boolean isFolder() {
      return attributes.type() == FileType.DIRECTORY;
    }
  }

  private final Draft root = Draft.folder();

  private LayerMerge() {}

  /**
   * The tree of layers, the lowest first.
   *
   * @param furniture what is there besides, where the layers have nothing
   */
  static LowerTree merge(List<Layer> layers, List<Furniture> furniture) throws IOException {
    LayerMerge merge = new LayerMerge();
    for (Layer layer : layers) {
      for (Layer.Member member : layer.members()) {
        if (member.entry().name().contains(WHITEOUT)) {
          merge.hide(names(member.entry().name()));
        }
      }
      for (Layer.Member member : layer.members()) {
        merge.add(member);
      }
    }
    return merge.freeze(furniture);
  }

  /** Whiteouts hide what lower layers have, whatever their place in their own layer. */
  private void hide(List<String> names) throws IOException {
    if (names.isEmpty() || !names.getLast().startsWith(WHITEOUT)) {
      return;
    }
    Optional<Draft> folder = find(names.subList(0, names.size() - 1));
    if (folder.isEmpty()) {
      return;
    }
    String name = names.getLast();
    if (name.equals(OPAQUE)) {
      folder.get().children.clear();
    } else if (!name.startsWith(ATTRIBUTES_OF_AUFS)) {
      folder.get().children.remove(name.substring(WHITEOUT.length()));
    }
  }

  private void add(Layer.Member member) throws IOException {
    TarEntry entry = member.entry();
    List<String> names = names(entry.name());
    if (entry.name().contains(WHITEOUT)
        && names.stream().anyMatch(name -> name.startsWith(WHITEOUT))) {
      return;
    }
    if (names.isEmpty()) {
      if (entry.kind() == TarEntry.Kind.DIRECTORY) {
        root.attributes = attributes(entry);
      }
      return;
    }
    Draft folder = folder(names.subList(0, names.size() - 1));
    String name = names.getLast();
    if (entry.kind() == TarEntry.Kind.HARD_LINK) {
      folder.children.put(name, linked(entry));
      return;
    }
    Draft there = folder.children.get(name);
    if (entry.kind() == TarEntry.Kind.DIRECTORY && there != null && there.isFolder()) {
      there.attributes = attributes(entry);
      return;
    }
    Draft made = new Draft(attributes(entry));
    made.file = member.file();
    folder.children.put(name, made);
  }

  private Draft linked(TarEntry entry) throws IOException {
    Optional<Draft> target = find(names(entry.linkTarget()));
    if (target.isEmpty() || target.get().isFolder()) {
      throw new IOException(
          "hard link " + entry.name() + " to " + entry.linkTarget() + ", which is no file");
    }
    return target.get();
  }

  /** The names on a path, which must not lead upwards. */
  private static List<String> names(String path) throws IOException {
    if (path.length() > MAX_PATH) {
      throw Errno.ENAMETOOLONG.exception();
    }
    List<String> names = new ArrayList<>();
    int start = 0;
    while (start < path.length()) {
      int slash = path.indexOf('/', start);
      int end = slash < 0 ? path.length() : slash;
      String name = path.substring(start, end);
      if (name.equals("..")) {
        throw new IOException("layer member leads out of the layer: " + path);
      }
      if (!name.isEmpty() && !name.equals(".")) {
        names.add(name);
      }
      start = end + 1;
    }
    return names;
  }

  private Optional<Draft> find(List<String> names) throws IOException {
    if (names.isEmpty()) {
      return Optional.of(root);
    }
    Draft folder = walk(names.subList(0, names.size() - 1), false);
    return Optional.ofNullable(folder.children.get(names.getLast()));
  }

  private Draft folder(List<String> names) throws IOException {
    return walk(names, true);
  }

  /**
   * Goes to a folder; links on the way are followed within the root.
   *
   * @param make whether folders that are not there are made; else an empty one stands for them
   */
  private Draft walk(List<String> path, boolean make) throws IOException {
    List<Draft> way = new ArrayList<>(List.of(root));
    List<String> names = new ArrayList<>(path.reversed());
    int links = 0;
    while (!names.isEmpty()) {
      String name = names.removeLast();
      Draft here = way.getLast();
      if (name.equals("..")) {
        way = way.size() > 1 ? way.subList(0, way.size() - 1) : way;
        continue;
      }
      if (name.isEmpty() || name.equals(".")) {
        continue;
      }
      Draft next = here.children.get(name);
      if (next != null && next.attributes.type() == FileType.SYMLINK) {
        if (++links > MAX_LINKS) {
          throw Errno.ELOOP.exception();
        }
        String target = next.attributes.linkTarget();
        names.addAll(Arrays.asList(target.split("/", -1)).reversed());
        way = target.startsWith("/") ? new ArrayList<>(List.of(root)) : way;
        continue;
      }
      if (next == null || !next.isFolder()) {
        next = Draft.folder();
        if (make) {
          here.children.put(name, next);
        }
      }
      way.add(next);
    }
    return way.getLast();
  }

  private static Attributes attributes(TarEntry entry) throws IOException {
    if (entry.uid() != (int) entry.uid() || entry.gid() != (int) entry.gid()) {
      throw new IOException("no such owner: " + entry.uid() + ":" + entry.gid());
    }
    FileType type = FileType.of(entry.kind());
    return attributes(
            type,
            type == FileType.SYMLINK ? 0777 : entry.mode(),
            (int) entry.uid(),
            (int) entry.gid(),
            (long) entry.major() << 8 | entry.minor(),
            entry.linkTarget(),
            entry.modified())
        .withExtended(entry.extended(), entry.modified());
  }

  private static Attributes attributes(
      FileType type, int mode, int uid, int gid, long device, String target, Instant time) {
    return new Attributes(type, mode, uid, gid, device, target, time, time, time, Map.of());
  }

  /**
   * Numbers the nodes in the order of their paths, so that they are always the same, and the
   * furniture apart: it may change with the server, and journals know nodes by their numbers.
   */
  private LowerTree freeze(List<Furniture> furniture) {
    Map<Long, List<Long>> moreFolders = new HashMap<>();
    List<Draft> order = new ArrayList<>(List.of(root));
    List<Long> parents = new ArrayList<>(List.of(LowerTree.ROOT));
    IdentityHashMap<Draft, Long> numbers = new IdentityHashMap<>();
    numbers.put(root, LowerTree.ROOT);
    for (int i = 0; i < order.size(); i++) {
      long folder = i + LowerTree.ROOT;
      for (Map.Entry<String, Draft> child : sorted(order.get(i))) {
        child.getValue().names++;
        Long known = numbers.putIfAbsent(child.getValue(), order.size() + LowerTree.ROOT);
        if (known == null) {
          order.add(child.getValue());
          parents.add(folder);
        } else {
          moreFolders.computeIfAbsent(known, _ -> new ArrayList<>()).add(folder);
        }
      }
    }
    int own = order.size();
    for (Added added : furnish(furniture)) {
      numbers.put(added.draft(), LowerTree.FURNITURE + order.size() - own);
      order.add(added.draft());
      parents.add(Objects.requireNonNull(numbers.get(added.folder())));
    }
    List<LowerNode> nodes = frozen(order, parents, numbers);
    return new LowerTree(nodes.subList(0, own), nodes.subList(own, nodes.size()), moreFolders);
  }

  private static List<LowerNode> frozen(
      List<Draft> order, List<Long> parents, IdentityHashMap<Draft, Long> numbers) {
    IdentityHashMap<Draft, LowerNode> frozen = new IdentityHashMap<>();
    for (int i = 0; i < order.size(); i++) {
      Draft draft = order.get(i);
      long number = Objects.requireNonNull(numbers.get(draft));
      frozen.put(
          draft, new LowerNode(number, parents.get(i), draft.attributes, draft.file, draft.names));
    }
    List<LowerNode> nodes = new ArrayList<>();
    for (Draft draft : order) {
      TreeMap<String, LowerNode> children = new TreeMap<>();
      draft.children.forEach((name, child) -> children.put(name, frozen.get(child)));
      LowerNode node = Objects.requireNonNull(frozen.get(draft));
      node.setChildren(children);
      nodes.add(node);
    }
    return nodes;
  }

  /** Something that is in every root, and the folder that it is in. */
  private record Added(Draft draft, Draft folder) {}

  /** Adds what every root has, where the image has nothing; tells what that was. */
  private List<Added> furnish(List<Furniture> furniture) {
    List<Added> added = new ArrayList<>();
    for (Furniture piece : furniture) {
      List<String> names = piece.names();
      Optional<Draft> folder = Optional.of(root);
      for (String name : names.subList(0, names.size() - 1)) {
        folder = folder.map(it -> it.children.get(name)).filter(Draft::isFolder);
      }
      if (folder.isPresent() && !folder.get().children.containsKey(names.getLast())) {
        Draft draft = furniture(piece);
        folder.get().children.put(names.getLast(), draft);
        added.add(new Added(draft, folder.get()));
      }
    }
    return added;
  }

  private Draft furniture(Furniture piece) {
    int mode = piece.type() == FileType.SYMLINK ? 0777 : 0755;
    Instant time = root.attributes.modified();
    Draft draft = new Draft(attributes(piece.type(), mode, 0, 0, 0, piece.linkTarget(), time));
    draft.file = piece.type() == FileType.REGULAR ? Optional.of(LowerFile.EMPTY) : Optional.empty();
    draft.names = 1;
    return draft;
  }

  private static List<Map.Entry<String, Draft>> sorted(Draft folder) {
    List<Map.Entry<String, Draft>> children = new ArrayList<>(folder.children.entrySet());
    children.sort(Comparator.comparing(Map.Entry::getKey));
    return children;
  }
}
