package io.sockerless.backend.core.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockerless.engine.EngineException;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlatformTest {

  private static Manifest index(String... platforms) throws IOException {
    String manifests =
        List.of(platforms).stream()
            .map(Platform::parse)
            .map(platform ->
                "{\"mediaType\":\"%s\",\"size\":1,\"digest\":\"%s\",\"platform\":{\"os\":\"%s\",\"architecture\":\"%s\",\"variant\":\"%s\"}}"
                    .formatted(
                        Manifest.OCI,
                        Digest.sha256(platform.toString()),
                        platform.os(),
                        platform.architecture(),
                        platform.variant()))
            .collect(Collectors.joining(","));
    return Manifest.parse(
        Manifest.OCI_INDEX, "{\"schemaVersion\":2,\"manifests\":[" + manifests + "]}");
  }

  @ParameterizedTest
  @CsvSource({
    "linux/x86_64,linux/amd64",
    "linux/aarch64,linux/arm64",
    "linux/arm64/v8,linux/arm64",
    "linux/arm,linux/arm/v7",
    "Linux/ARM/v6,linux/arm/v6",
    "arm,linux/arm/v7",
    "aarch64,linux/arm64",
    "linux/foo,linux/foo",
    "wasi/wasm,wasi/wasm",
    "wasip1/wasm,wasip1/wasm"
  })
  void spellingsAreBroughtIntoOne(String text, String normal) {
    assertThat(Platform.parse(text)).hasToString(normal);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "linux/", "a/b/c/d", "linux/ amd64", "foo"})
  void whatIsNoPlatformIsRefused(String text) {
    assertThatThrownBy(() -> Platform.parse(text))
        .isInstanceOf(EngineException.InvalidParameter.class);
  }

  @ParameterizedTest
  @CsvSource({
    "linux/amd64,true,linux/amd64",
    "linux/arm/v7,true,linux/arm/v6",
    "linux/arm/v6,true,linux/arm/v6",
    "linux/arm64,true,linux/arm64"
  })
  void anIndexYieldsTheImageThatFits(String wanted, boolean asked, String chosen)
      throws IOException {
    Manifest index = index("linux/amd64", "linux/arm64", "linux/arm/v6", "linux/arm/v5");
    assertThat(index.choose(Platform.parse(wanted), asked))
        .hasValueSatisfying(image -> assertThat(image.platform()).contains(Platform.parse(chosen)));
  }

  @Test
  void anIndexWithoutTheImageYieldsNone() throws IOException {
    assertThat(index("linux/amd64").choose(Platform.parse("linux/s390x"), true)).isEmpty();
  }

  @Test
  void webAssemblyServesWhereThereIsNothingElseAndNothingElseWasAskedFor() throws IOException {
    Manifest index = index("wasip1/wasm");
    assertThat(index.choose(Platform.host(), false)).isPresent();
    assertThat(index.choose(Platform.parse("wasi/wasm"), true)).isPresent();
    assertThat(index.choose(Platform.parse("linux/amd64"), true)).isEmpty();
    assertThat(index("wasi/wasm", "linux/amd64").choose(Platform.parse("linux/amd64"), false))
        .hasValueSatisfying(
            image -> assertThat(image.platform()).contains(Platform.parse("linux/amd64")));
  }
}
