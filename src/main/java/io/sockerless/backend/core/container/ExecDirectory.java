package io.sockerless.backend.core.container;

import java.util.List;

/** What containers ask and tell of the commands in them, which are a noun of their own. */
public interface ExecDirectory {

  /** The ids of a container's commands that have not ended. */
  List<String> of(String containerId);

  /** The container runs no more: commands that nobody has started are forgotten, as by dockerd. */
  void containerEnded(String containerId);

  /** The container is gone, and so is all that was known of its commands. */
  void containerRemoved(String containerId);
}
