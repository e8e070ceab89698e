package io.sockerless.backend.memory.fs;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/** A volume's files, which outlive the containers that mount it. */
public final class VolumeTree extends DurableTree {

  /** Opens the volume in a folder, made if it is not there; it must be open only once at a time. */
  public VolumeTree(Path folder, DeviceOpener devices) throws IOException {
    super(
        LowerTree.empty(Attributes.of(NewNode.directory(0755, 0, 0), Instant.EPOCH)),
        folder,
        0,
        devices);
  }

  @Override
  public String type() {
    return "ext4";
  }
}
