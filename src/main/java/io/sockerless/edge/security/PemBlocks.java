package io.sockerless.edge.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What of a PEM file is asked for, and nothing else of it: {@code openssl} writes parameters before
 * a key, and many keep a key and its certificates in one file.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7468">RFC 7468</a>
 */
final class PemBlocks {

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----.*?-----END \\1-----", Pattern.DOTALL);

  private PemBlocks() {}

  /** All certificates in a file. */
  static String certificates(String setting, Path file) throws IOException {
    return blocks(setting, file, label -> label.equals("CERTIFICATE"), "certificate");
  }

  /** The private keys in a file. */
  static String keys(String setting, Path file) throws IOException {
    return blocks(setting, file, label -> label.endsWith("PRIVATE KEY"), "private key");
  }

  private static String blocks(
      String setting, Path file, Predicate<String> wanted, String description) throws IOException {
    String text;
    try {
      text = Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new IOException(setting + ": " + file + ": there is no such file", e);
    } catch (IOException e) {
      throw new IOException(setting + ": " + file + ": " + e.getMessage(), e);
    }
    String blocks =
        BLOCK
            .matcher(text)
            .results()
            .filter(block -> wanted.test(block.group(1)))
            .map(MatchResult::group)
            .collect(Collectors.joining("\n"));
    if (blocks.isEmpty()) {
      throw new IOException(setting + ": " + file + ": no " + description + " in it");
    }
    return blocks;
  }
}
