package io.sockerless.backend.core.image;

import io.sockerless.archive.TarEntry;
import io.sockerless.archive.TarEntry.Kind;
import io.sockerless.archive.TarWriter;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/** The root file system of the {@link EmbeddedImage}, the same bytes each time. */
final class EmbeddedFiles {

  /** What the sandbox knows its own utilities by. */
  static final String UTILITY = "\0sockerless-utility\n";

  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");
  private static final List<String> FOLDERS =
      List.of(
          "bin",
          "dev",
          "etc",
          "etc/profile.d",
          "home",
          "lib",
          "media",
          "mnt",
          "opt",
          "proc",
          "run",
          "sbin",
          "srv",
          "sys",
          "usr",
          "usr/bin",
          "usr/lib",
          "usr/local",
          "usr/local/bin",
          "usr/local/lib",
          "usr/sbin",
          "usr/share",
          "var",
          "var/cache",
          "var/lib",
          "var/log",
          "var/spool");

  private final Map<String, String> links;

  EmbeddedFiles(List<String> utilities) {
    Map<String, String> places = places();
    links = new TreeMap<>();
    for (String utility : new TreeSet<>(utilities)) {
      if (!utility.equals("busybox")) {
        links.put(places.getOrDefault(utility, "usr/bin/" + utility), "/bin/busybox");
      }
    }
  }

  /** Where commands customarily are, by their names. */
  private static Map<String, String> places() {
    Map<String, String> places = new TreeMap<>();
    try (InputStream stream =
            Objects.requireNonNull(EmbeddedFiles.class.getResourceAsStream("utility-places.txt"));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      for (String path = lines.readLine(); path != null; path = lines.readLine()) {
        places.putIfAbsent(path.substring(path.lastIndexOf('/') + 1), path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return places;
  }

  private static Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put(
        "etc/group",
        """
        root:x:0:root
        bin:x:1:root,bin,daemon
        daemon:x:2:root,bin,daemon
        sys:x:3:root,bin
        adm:x:4:root,daemon
        tty:x:5:
        disk:x:6:root
        wheel:x:10:root
        users:x:100:
        www-data:x:82:
        nogroup:x:65533:
        nobody:x:65534:
        """);
    texts.put("etc/hostname", "localhost\n");
    texts.put("etc/hosts", "127.0.0.1\tlocalhost localhost.localdomain\n::1\tlocalhost\n");
    texts.put("etc/issue", "Sockerless embedded image\n");
    texts.put("etc/nsswitch.conf", "hosts: files dns\n");
    texts.put(
        "etc/os-release",
        """
        NAME="Sockerless embedded image"
        ID=sockerless
        PRETTY_NAME="Sockerless embedded image"
        """);
    texts.put(
        "etc/passwd",
        """
        root:x:0:0:root:/root:/bin/sh
        bin:x:1:1:bin:/bin:/sbin/nologin
        daemon:x:2:2:daemon:/sbin:/sbin/nologin
        www-data:x:82:82:www-data:/var/www:/sbin/nologin
        nobody:x:65534:65534:nobody:/:/sbin/nologin
        """);
    texts.put(
        "etc/profile",
        """
        export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
        export PAGER=less
        umask 022
        for script in /etc/profile.d/*.sh; do
          [ -r "$script" ] && . "$script"
        done
        unset script
        """);
    texts.put("etc/resolv.conf", "");
    texts.put("etc/shells", "/bin/sh\n/bin/ash\n");
    return texts;
  }

  /** Writes it as a tar stream. */
  void write(OutputStream out) throws IOException {
    try (TarWriter tar = new TarWriter(out)) {
      for (String folder : FOLDERS) {
        tar.put(entry(folder, Kind.DIRECTORY, 0755, "", 0));
      }
      tar.put(entry("root", Kind.DIRECTORY, 0700, "", 0));
      tar.put(entry("tmp", Kind.DIRECTORY, 01777, "", 0));
      tar.put(entry("var/tmp", Kind.DIRECTORY, 01777, "", 0));
      for (Map.Entry<String, String> text : texts().entrySet()) {
        file(tar, text.getKey(), text.getValue(), 0644);
      }
      file(tar, "bin/busybox", UTILITY, 0755);
      tar.put(entry("var/run", Kind.SYMLINK, 0777, "../run", 0));
      for (Map.Entry<String, String> link : links.entrySet()) {
        tar.put(entry(link.getKey(), Kind.SYMLINK, 0777, link.getValue(), 0));
      }
    }
  }

  private static void file(TarWriter tar, String name, String text, int mode) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    tar.put(entry(name, Kind.FILE, mode, "", bytes.length), new ByteArrayInputStream(bytes));
  }

  private static TarEntry entry(String name, Kind kind, int mode, String target, long size) {
    return new TarEntry(name, kind, mode, 0, 0, TIME, target, 0, 0, size);
  }
}
