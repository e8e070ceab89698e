package io.sockerless.backend.core.dockerfile;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a Dockerfile into instructions: directives, comments, continued lines, here-documents. */
final class LineReader {

  private static final Pattern DIRECTIVE =
      Pattern.compile("#\\s*([a-zA-Z][a-zA-Z0-9]*)\\s*=\\s*(.+?)\\s*");
  private static final Set<String> DIRECTIVES = Set.of("syntax", "escape", "check");
  private static final Pattern BLANK = Pattern.compile("\\s+");
  private static final Set<String> WITH_DOCUMENTS = Set.of("RUN", "COPY", "ADD");

  private final String[] lines;
  private final List<String> warnings = new ArrayList<>();
  private char escape = '\\';
  private int next;

  LineReader(String text) {
    String whole = text.startsWith("\ufeff") ? text.substring(1) : text;
    lines = whole.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      lines[i] = lines[i].endsWith("\r") ? lines[i].substring(0, lines[i].length() - 1) : lines[i];
    }
  }

  /** What continues a line; known once the statements are. */
  char escape() {
    return escape;
  }

  List<String> warnings() {
    if (warnings.isEmpty()) {
      return List.of();
    }
    List<String> all = new ArrayList<>(warnings);
    all.add("[WARNING]: Empty continuation lines will become errors in a future release.");
    return all;
  }

  List<Statement> statements() {
    directives();
    List<Statement> statements = new ArrayList<>();
    while (next < lines.length) {
      int start = next + 1;
      String line = lines[next++].stripLeading();
      if (!line.startsWith("#") && !line.isBlank()) {
        String whole = joined(line);
        if (!whole.isBlank()) {
          statements.add(statement(start, whole.strip()));
        }
      }
    }
    return statements;
  }

  /** Directives stand at the very top; the first line that is none ends them. */
  private void directives() {
    Set<String> seen = new HashSet<>();
    while (next < lines.length) {
      Matcher matcher = DIRECTIVE.matcher(lines[next]);
      String name = matcher.matches() ? matcher.group(1).toLowerCase(Locale.ROOT) : "";
      if (!DIRECTIVES.contains(name)) {
        return;
      }
      if (!seen.add(name)) {
        throw DockerfileException.ofSyntax("only one " + name + " parser directive can be used");
      }
      if (name.equals("escape")) {
        escape = escape(matcher.group(2));
      }
      next++;
    }
  }

  private static char escape(String value) {
    if (value.equals("\\") || value.equals("`")) {
      return value.charAt(0);
    }
    throw DockerfileException.ofSyntax(
        "invalid escape token '" + value + "' does not match ` or \\");
  }

  /** The line with those that continue it; comments among them are left out. */
  private String joined(String first) {
    StringBuilder whole = new StringBuilder();
    boolean emptyLine = false;
    String line = first;
    int end = continuation(line);
    while (end >= 0 && next < lines.length) {
      whole.append(line, 0, end);
      line = "";
      while (next < lines.length && (lines[next].isBlank() || isComment(lines[next]))) {
        emptyLine |= lines[next].isBlank() && next < lines.length - 1;
        next++;
      }
      if (next < lines.length) {
        line = lines[next++];
      }
      end = continuation(line);
    }
    whole.append(line, 0, end >= 0 ? end : line.length());
    if (emptyLine) {
      warnings.add("[WARNING]: Empty continuation line found in:\n    " + whole);
    }
    return whole.toString();
  }

  private static boolean isComment(String line) {
    return line.stripLeading().startsWith("#");
  }

  /** Where the escape character stands that continues the line, or -1; two stand for one. */
  private int continuation(String line) {
    int end = line.length();
    while (end > 0 && (line.charAt(end - 1) == ' ' || line.charAt(end - 1) == '\t')) {
      end--;
    }
    boolean continued =
        end > 0 && line.charAt(end - 1) == escape && (end < 2 || line.charAt(end - 2) != escape);
    return continued ? end - 1 : -1;
  }

  private Statement statement(int line, String original) {
    String[] parts = BLANK.split(original, 2);
    String keyword = parts[0].toUpperCase(Locale.ROOT);
    Flags.Split split = Flags.split(parts.length > 1 ? parts[1].strip() : "", escape);
    String rest = split.rest().strip();
    List<HereDocument> documents = new ArrayList<>();
    if (WITH_DOCUMENTS.contains(documentKeyword(keyword, rest))) {
      for (HereDocument document : HereDocuments.announced(rest, escape)) {
        documents.add(document.withContent(content(document)));
      }
    }
    return new Statement(line, original, keyword, split.flags(), rest, List.copyOf(documents));
  }

  private static String documentKeyword(String keyword, String rest) {
    return keyword.equals("ONBUILD") ? BLANK.split(rest, 2)[0].toUpperCase(Locale.ROOT) : keyword;
  }

  private String content(HereDocument document) {
    StringBuilder content = new StringBuilder();
    while (next < lines.length) {
      String line = lines[next++];
      String shown = document.stripsTabs() ? withoutTabs(line) : line;
      if (shown.equals(document.name())) {
        return content.toString();
      }
      content.append(shown).append('\n');
    }
    throw DockerfileException.ofSyntax("unterminated heredoc");
  }

  private static String withoutTabs(String line) {
    int start = 0;
    while (start < line.length() && line.charAt(start) == '\t') {
      start++;
    }
    return line.substring(start);
  }
}
