package io.sockerless.backend.core.dockerfile;

/**
 * Lines that stand in the Dockerfile itself, for an instruction.
 *
 * @param name what ends it, and what the file is called that it becomes
 * @param expands whether variables in it are replaced: its name was not quoted
 * @param stripsTabs whether it began with {@code <<-}
 * @param content with the newline of the last line
 */
public record HereDocument(String name, boolean expands, boolean stripsTabs, String content) {

  HereDocument withContent(String text) {
    return new HereDocument(name, expands, stripsTabs, text);
  }
}
