package io.sockerless.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The docker command, as a person runs it, at one server. */
public record DockerCli(String host, List<String> options) {

  private static final int TIMEOUT_SECONDS = 50;

  /** At a server that asks for nothing. */
  public DockerCli(String host) {
    this(host, List.of());
  }

  /** With a folder of certificates, as {@code DOCKER_CERT_PATH} names one. */
  public static DockerCli verifying(String host, Path certificates) {
    return new DockerCli(
        host,
        List.of(
            "--tlsverify",
            "--tlscacert=" + certificates.resolve("ca.pem"),
            "--tlscert=" + certificates.resolve("cert.pem"),
            "--tlskey=" + certificates.resolve("key.pem")));
  }

  /** How a command ended, and what it printed; every byte a character of its own. */
  public record Ended(int code, String out, String err) {}

  /** Runs a command without input. */
  public Ended run(String... arguments) {
    return run(new byte[0], arguments);
  }

  /** Runs a command that must succeed, and answers its output without the last newline. */
  public String ok(String... arguments) {
    Ended ended = run(arguments);
    assertThat(ended.code()).as("docker %s: %s", String.join(" ", arguments), ended.err()).isZero();
    return ended.out().stripTrailing();
  }

  /** Runs a command with input. */
  public Ended run(byte[] input, String... arguments) {
    List<String> command = new ArrayList<>(List.of("docker", "-H", host));
    command.addAll(options);
    command.addAll(List.of(arguments));
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      // Only the classic builder is in both dockerd and our backends.
      builder.environment().put("DOCKER_BUILDKIT", "0");
      Process process = builder.start();
      CompletableFuture<byte[]> out = all(process.getInputStream());
      CompletableFuture<byte[]> err = all(process.getErrorStream());
      feed(process.getOutputStream(), input);
      if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      return new Ended(
          process.waitFor(),
          new String(out.join(), StandardCharsets.ISO_8859_1),
          new String(err.join(), StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void feed(OutputStream stdin, byte[] input) {
    try (stdin) {
      stdin.write(input);
    } catch (IOException e) {
      // The command has ended without reading all of it, as commands may.
      return;
    }
  }

  private static CompletableFuture<byte[]> all(InputStream stream) {
    CompletableFuture<byte[]> bytes = new CompletableFuture<>();
    Thread.startVirtualThread(() -> {
      try (stream) {
        bytes.complete(stream.readAllBytes());
      } catch (IOException e) {
        bytes.completeExceptionally(e);
      }
    });
    return bytes;
  }
}
