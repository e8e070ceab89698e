package io.sockerless.backend.memory.fs;

import java.io.IOException;

/**
 * What opens the nodes of a tree that are no files: FIFOs and character devices. Trees keep such
 * nodes but know nothing of pipes and terminals, which belong to whoever runs processes.
 */
@FunctionalInterface
public interface DeviceOpener {

  /** Where nothing runs: such nodes can be kept and copied, not opened. */
  DeviceOpener NONE =
      (node, stat, mode) -> {
        throw Errno.ENXIO.exception();
      };

  /**
   * Opens a FIFO, which all who open the same node share, or a device by its number.
   *
   * @param node the same object for as long as the file is there and its tree is open
   */
  OpenFile open(Node node, FileStat stat, OpenMode mode) throws IOException;
}
