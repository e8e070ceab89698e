package io.sockerless.policy.request;

import java.util.Locale;
import java.util.regex.Pattern;

/** References to images in the one form in which rules compare them. */
public final class ImageName {

  private static final Pattern ID = Pattern.compile("(?:sha256:)?[0-9a-fA-F]{1,64}");
  private static final String HUB = "docker.io";

  private ImageName() {}

  /** The reference in full: {@code docker.io/library/alpine:latest} for {@code alpine}. */
  public static String full(String reference) {
    int slash = reference.indexOf('/');
    String first = slash < 0 ? "" : reference.substring(0, slash);
    boolean named =
        first.contains(".")
            || first.contains(":")
            || first.equals("localhost")
            || !first.equals(first.toLowerCase(Locale.ROOT));
    String domain = named ? first : HUB;
    String path = named ? reference.substring(slash + 1) : reference;
    if (domain.equals("index.docker.io") || domain.equals("registry-1.docker.io")) {
      domain = HUB;
    }
    if (domain.equals(HUB) && path.indexOf('/') < 0) {
      path = "library/" + path;
    }
    return domain + "/" + path + (isTagged(path) ? "" : ":latest");
  }

  /** Whether it may be an image's id, or the beginning of one. */
  public static boolean mayBeId(String reference) {
    return ID.matcher(reference).matches();
  }

  /** Whether it names one image of a repository, by a tag or a digest. */
  public static boolean isTagged(String reference) {
    return reference.indexOf('@') >= 0
        || reference.indexOf(':', reference.lastIndexOf('/') + 1) >= 0;
  }

  /** The reference in full, but for its tag or digest. */
  public static String repository(String reference) {
    String full = full(reference);
    int at = full.indexOf('@');
    String named = at < 0 ? full : full.substring(0, at);
    int colon = named.indexOf(':', named.lastIndexOf('/') + 1);
    return colon < 0 ? named : named.substring(0, colon);
  }
}
