package io.sockerless.backend.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.backend.memory.kernel.Limits;
import jakarta.json.Json;
import jakarta.json.JsonReader;
import java.io.StringReader;
import org.junit.jupiter.api.Test;

class ResourceLimitsTest {

  private static Limits limits(String hostConfig) {
    Limits limits = new Limits();
    try (JsonReader reader = Json.createReader(new StringReader(hostConfig.replace('\'', '"')))) {
      ResourceLimits.apply(reader.readObject(), limits);
    }
    return limits;
  }

  @Test
  void openFilesHaveTwoLimits() {
    Limits limits = limits("{'Ulimits':[{'Name':'nofile','Soft':64,'Hard':128}]}");
    assertThat(limits.openFiles()).isEqualTo(64);
    assertThat(limits.openFilesAtMost()).isEqualTo(128);
  }

  @Test
  void noLimitOfOpenFilesIsWhatASystemHasAtMost() {
    Limits limits = limits("{'Ulimits':[{'Name':'nofile','Soft':-1,'Hard':-1}]}");
    assertThat(limits.openFiles()).isEqualTo(new Limits().openFilesAtMost());
  }

  @Test
  void theScoreOfMemoryThatRunsOutIsKept() {
    assertThat(limits("{'OomScoreAdj':-500}").oomScore()).isEqualTo(-500);
  }

  @Test
  void aQuotaOfProcessorTimeIsAShareOfItsPeriod() {
    assertThat(limits("{'CpuQuota':50000,'CpuPeriod':100000}").cpus()).isEqualTo(0.5);
    assertThat(limits("{'NanoCpus':1500000000}").cpus()).isEqualTo(1.5);
  }
}
