package io.sockerless.backend.memory.files;

import io.sockerless.backend.core.driver.ContainerSpec;
import io.sockerless.backend.core.driver.MountPoint;
import io.sockerless.backend.memory.fs.DeviceOpener;
import io.sockerless.backend.memory.fs.LayeredTree;
import io.sockerless.backend.memory.fs.MemoryTree;
import io.sockerless.backend.memory.fs.Mounts;
import io.sockerless.backend.memory.fs.Node;
import io.sockerless.backend.memory.fs.VolumeTree;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file systems of all containers: each container's root and each volume is open at most once,
 * however many processes and copies use it at the same time.
 */
public final class ContainerTrees {

  private static final Pattern SIZE = Pattern.compile("([0-9]{1,15})([kmgt]?)i?b?");

  private final DeviceOpener devices;
  private final TreeRegistry<LayeredTree> roots = new TreeRegistry<>();
  private final TreeRegistry<VolumeTree> volumes = new TreeRegistry<>();
  private final TreeRegistry<MemoryTree> memories = new TreeRegistry<>();
  private final Map<String, ContainerMounts> running = new ConcurrentHashMap<>();

  /** Whose devices and FIFOs this opens. */
  public ContainerTrees(DeviceOpener devices) {
    this.devices = devices;
  }

  /**
   * Mounts everything for a container's processes; to be closed when the last of them has ended.
   *
   * @param account is charged with what is kept in memory, in bytes
   * @param extras what the sandbox mounts besides, such as {@code /proc}; closed with the rest
   * @throws IOException if something cannot be mounted, with the target in its message
   */
  public ContainerMounts run(ContainerSpec spec, LongConsumer account, List<Mounts.Mount> extras)
      throws IOException {
    ContainerMounts mounts = new MountBuilder(this, spec, devices, account).build(extras);
    mounts.onClose(() -> running.remove(spec.id(), mounts));
    running.put(spec.id(), mounts);
    return mounts;
  }

  /**
   * What the container's processes see, or would see, without the extras; what is kept in memory is
   * empty if the container does not run.
   */
  ContainerMounts view(ContainerSpec spec) throws IOException {
    ContainerMounts shared = running.get(spec.id());
    if (shared != null && shared.retain()) {
      return shared;
    }
    return new MountBuilder(this, spec, devices, bytes -> {}).build(List.of());
  }

  /** The container's root, without what is mounted over it. */
  TreeRegistry.Lease<LayeredTree> root(ContainerSpec spec) throws IOException {
    return roots.acquire(
        key(spec.folder()),
        () -> LayeredTree.openRoot(spec.layers(), spec.folder(), sizeLimit(spec), devices));
  }

  /** The files of a volume. */
  TreeRegistry.Lease<VolumeTree> volume(Path folder) throws IOException {
    return volumes.acquire(key(folder), () -> new VolumeTree(folder, devices));
  }

  /** A volume that is memory, for all who use it; nobody's limit counts what is in it. */
  TreeRegistry.Lease<MemoryTree> volumeInMemory(MountPoint point) throws IOException {
    return memories.acquire(key(point.source()), () -> memory(point, devices, bytes -> {}));
  }

  /** Memory as a mount wants it. */
  static MemoryTree memory(MountPoint point, DeviceOpener devices, LongConsumer account)
      throws IOException {
    int mode = point.mode() == 0 ? 01777 : point.mode();
    MemoryTree tree = new MemoryTree(mode, point.sizeLimit(), devices, account);
    if (point.uid() != 0 || point.gid() != 0) {
      Node root = tree.root();
      root.setOwner(point.uid(), point.gid());
    }
    return tree;
  }

  private static Path key(Path folder) {
    return folder.toAbsolutePath().normalize();
  }

  /** Docker's {@code --storage-opt size=}; 0 if it is not given. */
  private static long sizeLimit(ContainerSpec spec) throws IOException {
    Optional<String> size =
        spec.hostConfig().get("StorageOpt") instanceof JsonObject options
                && options.get("size") instanceof JsonString text
            ? Optional.of(text.getString().toLowerCase(Locale.ROOT))
            : Optional.empty();
    if (size.isEmpty()) {
      return 0;
    }
    Matcher matcher = SIZE.matcher(size.get());
    if (!matcher.matches()) {
      throw new IOException("invalid size: '" + size.get() + "'");
    }
    int shift = matcher.group(2).isEmpty() ? 0 : 10 * (1 + "kmgt".indexOf(matcher.group(2)));
    return Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << shift);
  }
}
