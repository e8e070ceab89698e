package io.sockerless.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class GatheringOutputTest {

  @Property(tries = 200)
  void whateverIsWrittenInWhateverPiecesArrivesInOrder(
      @ForAll List<@IntRange(max = 100_000) Integer> sizes) throws IOException {
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    ByteArrayOutputStream arrived = new ByteArrayOutputStream();
    GatheringOutput output = new GatheringOutput(arrived);
    byte next = 0;
    for (int size : sizes) {
      byte[] piece = new byte[size];
      for (int i = 0; i < size; i++) {
        piece[i] = next++;
      }
      expected.write(piece);
      output.write(piece);
    }
    output.flush();
    assertThat(arrived.toByteArray()).isEqualTo(expected.toByteArray());
  }

  @Test
  void smallWritesLeaveTogether() throws IOException {
    List<Integer> calls = new ArrayList<>();
    GatheringOutput output =
        new GatheringOutput(
            new OutputStream() {
              @Override
              public void write(int b) {
                throw new AssertionError("byte by byte");
              }

              @Override
              public void write(byte[] bytes, int offset, int length) {
                calls.add(length);
              }
            });
    for (int i = 0; i < 100; i++) {
      output.write(new byte[100]);
    }
    assertThat(calls).isEmpty();
    output.flush();
    output.flush();
    assertThat(calls).containsExactly(10_000);
  }
}
