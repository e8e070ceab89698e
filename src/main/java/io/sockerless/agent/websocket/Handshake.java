package io.sockerless.agent.websocket;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * What both ends of an opening handshake know.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6455#section-4">RFC 6455, 4</a>
 */
final class Handshake {

  /** The only version that ever left the drafts. */
  static final String VERSION = "13";

  static final int KEY_BYTES = 16;

  /** All of a head, in bytes. */
  static final int MAX_HEAD = 16 * 1024;

  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private Handshake() {}

  /** What a server answers to a key, so that no cache and no other protocol can. */
  static String accept(String key) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      digest.update(key.getBytes(StandardCharsets.ISO_8859_1));
      digest.update(MAGIC.getBytes(StandardCharsets.ISO_8859_1));
      return Base64.getEncoder().encodeToString(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether a client may have made this key. */
  static boolean isKey(String key) {
    try {
      return Base64.getDecoder().decode(key).length == KEY_BYTES;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
