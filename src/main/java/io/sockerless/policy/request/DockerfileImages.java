package io.sockerless.policy.request;

import io.sockerless.engine.EngineException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The images that a Dockerfile builds on or copies from. Builders differ in what they take for an
 * instruction: documents inside of others, comments between the lines of one, another character
 * that continues lines. So whatever any of them could take for one counts, wherever a line begins;
 * a name too many is asked about, and none is missed.
 */
final class DockerfileImages {

  private static final Pattern LINE = Pattern.compile("\\r?\\n");
  private static final Pattern PASSED_OVER = Pattern.compile("(?U)\\s*(?:#.*)?");

  /** What builders have read in more ways than one. */
  private static final Pattern AMBIGUOUS =
      Pattern.compile(
          "<<|(?im)^\\s*#\\s*escape\\s*=|(?U)[\\s&&[^ \\t\\r\\n]]|[\\p{Cntrl}&&[^\\t\\r\\n]]");

  private static final Pattern INSTRUCTION =
      Pattern.compile("(?isU)\\s*(?:ONBUILD\\s+)*(FROM|COPY|ADD|ARG)\\s+(.*)");
  private static final Pattern FROM =
      Pattern.compile("(?isU)((?:--\\S*\\s+)*)(\\S+)(?:\\s+AS\\s+([a-z][a-z0-9_.-]*)\\s*)?.*");
  private static final Pattern SOURCE = Pattern.compile("(?iU)--from=(\\S+)");
  private static final Pattern ARGUMENT =
      Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)(?:=(\"[^\"]*\"|'[^']*'|\\S*))?");
  private static final Pattern VARIABLE =
      Pattern.compile(
          "\\$(?:([A-Za-z_][A-Za-z0-9_]*)|\\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}$]*))?})");
  private static final Pattern QUOTES = Pattern.compile("[\"'\\\\`]");
  private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/@-]*");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

  /** How far an argument may stand in the value of another. */
  private static final int MAX_EXPANSIONS = 8;

  /** Characters that are looked at for instructions of many lines. */
  private static final int MAX_WORK = 64 << 20;

  private final String text;
  private final Map<String, String> given;
  private final boolean plain;
  private final Map<String, String> arguments = new HashMap<>();
  private final Set<String> stages = new HashSet<>();
  private final Set<String> images = new LinkedHashSet<>();
  private boolean begun;
  private int work;

  /**
   * Reads a Dockerfile.
   *
   * @param given the values of arguments that come with the request
   */
  DockerfileImages(String text, Map<String, String> given) {
    this.text = text.startsWith("\ufeff") ? text.substring(1) : text;
    this.given = Map.copyOf(given);
    this.plain = !AMBIGUOUS.matcher(this.text).find();
  }

  /**
   * Finds them, as they are written but with the values of variables.
   *
   * @throws EngineException.InvalidParameter if it cannot be told which image is meant
   */
  Set<String> find() {
    List<String> lines = List.of(LINE.split(text, -1));
    find(lines, '\\');
    if (!plain) {
      find(lines, '`');
    }
    return images;
  }

  private void find(List<String> lines, char escape) {
    boolean continues = false;
    for (int i = 0; i < lines.size(); i++) {
      Matcher instruction = INSTRUCTION.matcher(joined(lines, i, escape));
      if (instruction.matches()) {
        read(instruction.group(1), instruction.group(2), plain && !continues);
      }
      if (!isPassedOver(lines.get(i))) {
        continues = isContinued(lines.get(i), escape);
      }
    }
  }

  /** A line and those that continue it. */
  private String joined(List<String> lines, int from, char escape) {
    StringBuilder joined = new StringBuilder();
    for (int i = from; i < lines.size(); i++) {
      String line = lines.get(i);
      if (i > from && isPassedOver(line)) {
        continue;
      }
      work += line.length() + 1;
      if (work > MAX_WORK) {
        throw new EngineException.InvalidParameter(
            "the Dockerfile has too many lines that continue others for the policy");
      }
      if (!isContinued(line, escape)) {
        return joined.append(line).toString();
      }
      joined.append(line, 0, line.lastIndexOf(escape));
    }
    return joined.toString();
  }

  private static boolean isPassedOver(String line) {
    return PASSED_OVER.matcher(line).matches();
  }

  private static boolean isContinued(String line, char escape) {
    String stripped = line.stripTrailing();
    return !stripped.isEmpty() && stripped.charAt(stripped.length() - 1) == escape;
  }

  /**
   * Takes one instruction.
   *
   * @param sure whether every builder takes it for one
   */
  private void read(String keyword, String rest, boolean sure) {
    switch (keyword.toUpperCase(Locale.ROOT)) {
      case "FROM" -> from(rest, sure);
      case "ARG" -> {
        if (sure && !begun) {
          ARGUMENT.matcher(rest).results().forEach(this::declare);
        }
      }
      default ->
          SOURCE
              .matcher(QUOTES.matcher(rest).replaceAll(""))
              .results()
              .map(source -> source.group(1))
              .filter(source -> !NUMBER.matcher(source).matches())
              .forEach(this::use);
    }
  }

  private void from(String rest, boolean sure) {
    begun |= sure;
    Matcher from = FROM.matcher(rest);
    if (!from.matches()) {
      return;
    }
    if (QUOTES.matcher(from.group(1)).find()) {
      throw untold(rest);
    }
    use(from.group(2));
    if (sure && from.group(3) != null) {
      stages.add(from.group(3).toLowerCase(Locale.ROOT));
    }
  }

  private void declare(MatchResult argument) {
    String value = argument.group(2) == null ? "" : argument.group(2);
    arguments.put(argument.group(1), given.getOrDefault(argument.group(1), value));
  }

  private void use(String written) {
    String name = QUOTES.matcher(expanded(written)).replaceAll("");
    if (!stages.contains(name.toLowerCase(Locale.ROOT))
        && !name.equals("scratch")
        && REFERENCE.matcher(name).matches()) {
      images.add(name);
    }
  }

  private String expanded(String written) {
    String name = written;
    for (int i = 0; name.indexOf('$') >= 0; i++) {
      Matcher variable = VARIABLE.matcher(name);
      if (i == MAX_EXPANSIONS || !variable.find()) {
        throw untold(written);
      }
      name = variable.replaceAll(it -> Matcher.quoteReplacement(value(it, written)));
    }
    return name;
  }

  /** Only what is declared before the first stage has a value there. */
  private String value(MatchResult variable, String written) {
    String name = variable.group(1) == null ? variable.group(2) : variable.group(1);
    if (!arguments.containsKey(name)) {
      throw untold(written);
    }
    String value = arguments.getOrDefault(name, "");
    return value.isEmpty() && variable.group(3) != null ? variable.group(3) : value;
  }

  private static EngineException untold(String written) {
    return new EngineException.InvalidParameter(
        "the policy cannot tell which image the Dockerfile means by " + written.strip());
  }
}
