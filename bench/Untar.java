import java.util.Map;
import java.util.TreeMap;

/** The small files of a tar archive, whose bytes are the characters of a text. */
final class Untar {

  private static final int BLOCK = 512;

  private Untar() {}

  /** Contents by the archive's names. */
  static Map<String, String> files(String tar) {
    Map<String, String> files = new TreeMap<>();
    int at = 0;
    while (at + BLOCK <= tar.length() && tar.charAt(at) != 0) {
      String size = tar.substring(at + 124, at + 135).replace("\0", "").strip();
      int length = Integer.parseInt(size, 8);
      char type = tar.charAt(at + 156);
      int data = at + BLOCK;
      if (type == '0' || type == 0) {
        String name = tar.substring(at, at + 100);
        files.put(name.substring(0, name.indexOf(0)), tar.substring(data, data + length));
      }
      at = data + (length + BLOCK - 1) / BLOCK * BLOCK;
    }
    return files;
  }
}
