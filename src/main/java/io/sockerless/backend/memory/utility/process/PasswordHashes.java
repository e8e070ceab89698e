package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.utility.Failure;
import java.security.SecureRandom;
import java.util.Locale;
import org.apache.commons.codec.digest.Md5Crypt;
import org.apache.commons.codec.digest.Sha2Crypt;

/**
 * Hashes of passwords as {@code /etc/shadow} has them.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/crypt.5.html">crypt(5)</a>
 */
final class PasswordHashes {

  private static final String SALT_CHARACTERS =
      "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int SALT_LENGTH = 16;
  private static final int MD5_SALT_LENGTH = 8;

  private PasswordHashes() {}

  /** The hash of a password by a method's name, with a salt of its own. */
  static String hash(String method, String password) throws Failure {
    SecureRandom random = new SecureRandom();
    StringBuilder salt = new StringBuilder();
    for (int i = 0; i < (method.equals("md5") ? MD5_SALT_LENGTH : SALT_LENGTH); i++) {
      salt.append(SALT_CHARACTERS.charAt(random.nextInt(SALT_CHARACTERS.length())));
    }
    return hash(method, password, salt.toString());
  }

  /**
   * The hash of a password with a salt.
   *
   * @throws Failure if the method is not known, or the salt has other characters than it may
   */
  static String hash(String method, String password, String salt) throws Failure {
    if (salt.isEmpty() || !salt.chars().allMatch(c -> SALT_CHARACTERS.indexOf(c) >= 0)) {
      throw new Failure("bad salt");
    }
    byte[] bytes = Text.encode(password);
    return switch (method.toLowerCase(Locale.ROOT)) {
      case "md5" -> Md5Crypt.md5Crypt(bytes, "$1$" + salt);
      case "sha256" -> Sha2Crypt.sha256Crypt(bytes, "$5$" + salt);
      case "sha512" -> Sha2Crypt.sha512Crypt(bytes, "$6$" + salt);
      default -> throw new Failure("unknown method '" + method + "'");
    };
  }
}
