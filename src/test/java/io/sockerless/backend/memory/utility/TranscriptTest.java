package io.sockerless.backend.memory.utility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.support.Sandbox;
import io.sockerless.backend.memory.support.Transcript;
import io.sockerless.backend.memory.utility.text.TextUtilities;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The utilities do what the transcripts say, and so does BusyBox where it is installed: the cases
 * in {@code busybox-*.txt} hold for both, those in {@code own-*.txt} for what BusyBox lacks.
 */
class TranscriptTest {

  private static final Path BUSYBOX = Path.of("/usr/bin/busybox");

  @TempDir private Path folder;

  private static Stream<Transcript> cases(String prefix) throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/transcripts"))) {
      List<String> names =
          files.map(it -> it.getFileName().toString()).filter(it -> it.startsWith(prefix)).toList();
      return names.stream().sorted().flatMap(name -> Transcript.read(name).stream());
    }
  }

  @TestFactory
  Stream<DynamicTest> theSandboxDoesWhatBusyBoxDoes() throws IOException {
    return cases("busybox-").map(it -> DynamicTest.dynamicTest(it.command(), () -> inSandbox(it)));
  }

  @TestFactory
  Stream<DynamicTest> theSandboxDoesWhatBusyBoxLacks() throws IOException {
    return cases("own-").map(it -> DynamicTest.dynamicTest(it.command(), () -> inSandbox(it)));
  }

  @TestFactory
  Stream<DynamicTest> busyBoxDoesWhatWasRecorded() throws IOException {
    if (!Files.isExecutable(BUSYBOX)) {
      if (Boolean.parseBoolean(System.getenv("SOCKERLESS_TEST_REQUIRE_DOCKER"))) {
        fail("busybox is not installed");
      }
      assumeTrue(false, "busybox is not installed: nothing to compare with");
    }
    return cases("busybox-").map(it -> DynamicTest.dynamicTest(it.command(), () -> inBusyBox(it)));
  }

  private static void inSandbox(Transcript expected) {
    Sandbox sandbox = new Sandbox().withEnvironment("LC_ALL", "C.UTF-8");
    TextUtilities.programs().forEach(sandbox::with);
    Map<String, byte[]> files = Transcript.files();
    files.forEach((name, content) -> sandbox.withFile(name, 0644, content));
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    StringBuilder errors = new StringBuilder();
    int code = 0;
    for (Transcript.Step step : expected.steps()) {
      sandbox.withInput(
          step.input().isEmpty() ? new byte[0] : Text.encode(sandbox.read(step.input())));
      Sandbox.Result result = sandbox.run(step.words().toArray(String[]::new));
      output.writeBytes(result.outputBytes());
      errors.append(result.errors());
      code = result.code();
    }
    check(expected, output.toByteArray(), errors.toString(), code);
  }

  private void inBusyBox(Transcript expected) throws IOException, InterruptedException {
    Path work = Files.createTempDirectory(folder, "case");
    for (Map.Entry<String, byte[]> file : Transcript.files().entrySet()) {
      Files.write(work.resolve(file.getKey()), file.getValue());
    }
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    StringBuilder errors = new StringBuilder();
    int code = 0;
    for (Transcript.Step step : expected.steps()) {
      List<String> command = new ArrayList<>(List.of(BUSYBOX.toString()));
      command.addAll(step.words());
      ProcessBuilder builder = new ProcessBuilder(command).directory(work.toFile());
      Path errorFile = Files.createTempFile(folder, "errors", "");
      Path input = step.input().isEmpty() ? Path.of("/dev/null") : work.resolve(step.input());
      builder.redirectError(errorFile.toFile()).redirectInput(input.toFile());
      builder.environment().put("LC_ALL", "C.UTF-8");
      Process process = builder.start();
      output.writeBytes(process.getInputStream().readAllBytes());
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
      errors.append(Text.decode(Files.readAllBytes(errorFile)));
      code = process.exitValue();
    }
    check(expected, output.toByteArray(), errors.toString(), code);
  }

  private static void check(Transcript expected, byte[] output, String errors, int code) {
    assertThat(Text.decode(output)).isEqualTo(Text.decode(expected.output()));
    if (!expected.error().isEmpty()) {
      assertThat(errors.lines().findFirst()).contains(expected.error());
    }
    assertThat(code).isEqualTo(expected.code());
  }
}
