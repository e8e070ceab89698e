package io.sockerless.backend.memory.shell.syntax;

/**
 * The text after the line of a {@code <<}. The parser meets the operator before the text, so the
 * text is filled in once, before anybody can run the command.
 */
public final class HereDocument {

  private final Word delimiter;
  private final boolean stripsTabs;
  private Word body = Word.EMPTY;

  HereDocument(Word delimiter, boolean stripsTabs) {
    this.delimiter = delimiter;
    this.stripsTabs = stripsTabs;
  }

  /** What it ends with. */
  String delimiter() {
    return delimiter.literal();
  }

  /** Whether its text is taken as it is. */
  boolean isQuoted() {
    return delimiter.isQuoted();
  }

  /** Whether tabs at the beginnings of its lines are dropped. */
  boolean stripsTabs() {
    return stripsTabs;
  }

  void complete(Word text) {
    body = text;
  }

  /** The text, to be expanded without being split. */
  public Word body() {
    return body;
  }
}
