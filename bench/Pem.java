import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/** A certificate of a run's own, by the JDK's keytool, in the form that our server reads. */
record Pem(Path certificate, Path key) implements AutoCloseable {

  private static final String PASSWORD = "measured";

  static Pem make() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("sockerless-bench-tls");
    Path store = folder.resolve("store.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-alias", "a", "-keyalg", "RSA", "-keysize", "2048",
                "-dname", "CN=127.0.0.1", "-ext", "san=ip:127.0.0.1", "-validity", "2",
                "-keystore", store.toString(), "-storepass", PASSWORD)
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes());
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool: " + said);
    }
    try (InputStream stream = Files.newInputStream(store)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(stream, PASSWORD.toCharArray());
      Pem pem = new Pem(folder.resolve("cert.pem"), folder.resolve("key.pem"));
      write(pem.certificate, "CERTIFICATE", keys.getCertificate("a").getEncoded());
      write(pem.key, "PRIVATE KEY", keys.getKey("a", PASSWORD.toCharArray()).getEncoded());
      return pem;
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    } finally {
      Files.delete(store);
    }
  }

  private static void write(Path file, String kind, byte[] bytes) throws IOException {
    Files.writeString(
        file,
        "-----BEGIN "
            + kind
            + "-----\n"
            + Base64.getMimeEncoder().encodeToString(bytes)
            + "\n-----END "
            + kind
            + "-----\n");
  }

  @Override
  public void close() throws IOException {
    Files.delete(certificate);
    Files.delete(key);
    Files.delete(certificate.getParent());
  }
}
