package io.sockerless.backend.core.dockerfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds what announces here-documents in an instruction's line. */
final class HereDocuments {

  private static final Pattern START = Pattern.compile("\\d*<<(-?)([^<\\s]+)");

  private HereDocuments() {}

  /** Those that a line announces, without content, in order. */
  static List<HereDocument> announced(String line, char escape) {
    List<HereDocument> documents = new ArrayList<>();
    for (String word : Words.split(line, escape)) {
      of(word).ifPresent(documents::add);
    }
    return documents;
  }

  /** What a word announces, if it does. */
  static Optional<HereDocument> of(String word) {
    Matcher matcher = START.matcher(word);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String name = matcher.group(2).replaceAll("[\"'\\\\]", "");
    return name.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new HereDocument(name, name.equals(matcher.group(2)), !matcher.group(1).isEmpty(), ""));
  }
}
