package io.sockerless.backend.memory.fs;

import io.sockerless.backend.core.driver.ContainerFiles.Change.Kind;
import java.util.Optional;

/**
 * One path at which a container's root is not as its image is.
 *
 * @param node what is there now; empty if it is gone
 * @param visible whether more than its inner times or its number of names has changed; what has not
 *     is of interest only to who keeps hard links together
 */
public record Difference(Kind kind, String path, Optional<Node> node, boolean visible) {}
