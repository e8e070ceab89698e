package io.sockerless.backend.core.container;

import static io.sockerless.backend.core.document.Documents.string;

import io.sockerless.engine.EngineException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.NotDirectoryException;

/**
 * Where a container's command is to begin. It is there from the container's creation, so that files
 * can be copied there before the start.
 */
final class WorkingDirectory {

  private static final Logger LOG = System.getLogger(WorkingDirectory.class.getName());

  private final Specs specs;

  WorkingDirectory(Specs specs) {
    this.specs = specs;
  }

  /**
   * Makes it for a container that is being made, unless it is the image's own, which has it.
   *
   * @param imagesOwn the image's working directory
   * @throws EngineException.Failure in dockerd's words, if a file is in its place
   */
  void make(ContainerRecord record, String imagesOwn) {
    String directory = string(record.config(), "WorkingDir");
    if (directory.isEmpty() || directory.equals("/") || directory.equals(imagesOwn)) {
      return;
    }
    try {
      specs.files(record).makeFolders(directory);
    } catch (NotDirectoryException e) {
      throw new EngineException.Failure(500, "Cannot mkdir: " + directory + " is not a directory");
    } catch (IOException e) {
      // What is in the way now need not be there at the start, which says what it meets.
      LOG.log(Level.DEBUG, "{0} of container {1} is not made yet: {2}", directory, record.id(), e);
    }
  }
}
