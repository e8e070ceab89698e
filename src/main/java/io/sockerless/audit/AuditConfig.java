package io.sockerless.audit;

import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * The settings of the audit.
 *
 * @param file where the lines go; without it, nothing is recorded
 * @param fileBytes the size at which a file is full
 * @param files how many are kept, the one that is written among them
 * @param refuses whether nobody is let in while nothing can be recorded
 */
public record AuditConfig(Optional<Path> file, long fileBytes, int files, boolean refuses) {

  static final String FILE = "sockerless.audit.file";
  static final String FILE_MEGABYTES = "sockerless.audit.megabytes";
  static final int FILE_MEGABYTES_DEFAULT = 64;
  static final String FILES = "sockerless.audit.files";
  static final int FILES_DEFAULT = 10;
  static final String UNWRITABLE = "sockerless.audit.unwritable";
  static final String UNWRITABLE_DEFAULT = "refuse";

  private static final long MEGABYTE = 1L << 20;

  /**
   * Reads and checks them.
   *
   * @throws IllegalArgumentException for what makes no sense
   */
  public static AuditConfig from(Config config) {
    int megabytes =
        config.getOptionalValue(FILE_MEGABYTES, Integer.class).orElse(FILE_MEGABYTES_DEFAULT);
    int files = config.getOptionalValue(FILES, Integer.class).orElse(FILES_DEFAULT);
    if (megabytes < 1 || files < 1) {
      throw new IllegalArgumentException(FILE_MEGABYTES + " and " + FILES + " are 1 or more");
    }
    String unwritable =
        config.getOptionalValue(UNWRITABLE, String.class).orElse(UNWRITABLE_DEFAULT);
    boolean refuses =
        switch (unwritable) {
          case "refuse" -> true;
          case "continue" -> false;
          default ->
              throw new IllegalArgumentException(
                  UNWRITABLE + ": " + unwritable + ": there are: refuse, continue");
        };
    return new AuditConfig(
        config.getOptionalValue(FILE, String.class).map(Path::of),
        megabytes * MEGABYTE,
        files,
        refuses);
  }
}
