package io.sockerless.agent.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameTest {

  private static final int LIMIT = 300_000;

  private static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  private static byte[] written(Role role, Opcode opcode, byte[] payload) throws IOException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    new FrameWriter(output, role).write(opcode, payload, 0, payload.length);
    return output.toByteArray();
  }

  private static Role peer(Role role) {
    return role == Role.CLIENT ? Role.SERVER : Role.CLIENT;
  }

  private static Frame read(Role role, String hex) throws IOException {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    return new FrameReader(new ByteArrayInputStream(bytes), role).read(LIMIT);
  }

  @Property(tries = 200)
  void framesOfAnySizeArriveInWhateverPiecesTheyCome(
      @ForAll Role sender,
      @ForAll @Size(min = 1, max = 4) List<@IntRange(max = 200_000) Integer> sizes,
      @ForAll @IntRange(min = 1, max = 100_000) int largestPiece,
      @ForAll long seed)
      throws IOException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    FrameWriter writer = new FrameWriter(output, sender);
    for (int size : sizes) {
      writer.write(Opcode.BINARY, bytes(size), 0, size);
    }
    InputStream pieces =
        new Pieces(new ByteArrayInputStream(output.toByteArray()), seed, largestPiece);
    FrameReader reader = new FrameReader(new BufferedInputStream(pieces), peer(sender));

    for (int size : sizes) {
      Frame frame = reader.read(LIMIT);
      assertThat(frame.opcode()).isEqualTo(Opcode.BINARY);
      assertThat(frame.last()).isTrue();
      assertThat(frame.payload()).isEqualTo(bytes(size));
    }
  }

  @Property(tries = 100)
  void aPayloadInTwoPartsIsOne(
      @ForAll Role sender,
      @ForAll @Size(max = 9) byte[] first,
      @ForAll @IntRange(max = 200_000) int size)
      throws IOException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    new FrameWriter(output, sender).write(Opcode.BINARY, first, bytes(size), 0, size);

    Frame frame =
        new FrameReader(new ByteArrayInputStream(output.toByteArray()), peer(sender)).read(LIMIT);

    byte[] whole = Arrays.copyOf(first, first.length + size);
    System.arraycopy(bytes(size), 0, whole, first.length, size);
    assertThat(frame.payload()).isEqualTo(whole);
  }

  @Property(tries = 200)
  void aPartOfAnArrayIsSentAndTheArrayStaysAsItIs(
      @ForAll Role sender,
      @ForAll @IntRange(max = 140_000) int size,
      @ForAll @IntRange(max = 100) int offset)
      throws IOException {
    byte[] array = bytes(size + offset + 7);
    ByteArrayOutputStream output = new ByteArrayOutputStream();

    new FrameWriter(output, sender).write(Opcode.BINARY, array, offset, size);

    Frame frame =
        new FrameReader(new ByteArrayInputStream(output.toByteArray()), peer(sender)).read(LIMIT);
    assertThat(frame.payload()).isEqualTo(Arrays.copyOfRange(array, offset, offset + size));
    assertThat(array).isEqualTo(bytes(size + offset + 7));
  }

  @Test
  void theExamplesOfTheStandardAreRead() throws IOException {
    byte[] hello = "Hello".getBytes(StandardCharsets.UTF_8);
    assertThat(read(Role.CLIENT, "81 05 48 65 6c 6c 6f").payload()).isEqualTo(hello);
    Frame masked = read(Role.SERVER, "81 85 37 fa 21 3d 7f 9f 4d 51 58");
    assertThat(masked.opcode()).isEqualTo(Opcode.TEXT);
    assertThat(masked.payload()).isEqualTo(hello);
    Frame first = read(Role.CLIENT, "01 03 48 65 6c");
    assertThat(first.last()).isFalse();
    assertThat(first.opcode()).isEqualTo(Opcode.TEXT);
    Frame last = read(Role.CLIENT, "80 02 6c 6f");
    assertThat(last.last()).isTrue();
    assertThat(last.opcode()).isEqualTo(Opcode.CONTINUATION);
    assertThat(read(Role.CLIENT, "89 05 48 65 6c 6c 6f").opcode()).isEqualTo(Opcode.PING);
    assertThat(read(Role.SERVER, "8a 85 37 fa 21 3d 7f 9f 4d 51 58").payload()).isEqualTo(hello);
  }

  @ParameterizedTest
  @CsvSource({
    "0,8200",
    "5,8205",
    "125,827d",
    "126,827e007e",
    "256,827e0100",
    "65535,827effff",
    "65536,827f0000000000010000"
  })
  void aServersFrameHasTheShortestLengthThereIs(int size, String head) throws IOException {
    byte[] frame = written(Role.SERVER, Opcode.BINARY, bytes(size));

    assertThat(HexFormat.of().formatHex(frame, 0, frame.length - size)).isEqualTo(head);
  }

  @Test
  void eachFrameOfAClientHasAnotherKey() throws IOException {
    List<String> keys = new ArrayList<>();
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    FrameWriter writer = new FrameWriter(output, Role.CLIENT);
    for (int i = 0; i < 200; i++) {
      output.reset();
      writer.write(Opcode.BINARY, new byte[0], 0, 0);
      keys.add(HexFormat.of().formatHex(output.toByteArray(), 2, 6));
    }

    assertThat(keys).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void aFrameOf64KilobytesIsOneWrite(Role role) throws IOException {
    int[] writes = {0};
    OutputStream output =
        new OutputStream() {
          @Override
          public void write(int b) {
            writes[0]++;
          }

          @Override
          public void write(byte[] bytes, int offset, int length) {
            writes[0]++;
          }
        };

    new FrameWriter(output, role).write(Opcode.BINARY, bytes(65536), 0, 65536);

    assertThat(writes[0]).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c1 00",
        "a1 00",
        "91 00", // reserved bits
        "83 00",
        "87 00",
        "8b 00",
        "8f 00", // reserved opcodes
        "81 80 00 00 00 00", // a server's frame, masked
        "89 7e 00 7e",
        "88 7f 00 00 00 00 00 01 00 00", // control frames too long
        "09 00",
        "0a 00",
        "08 00", // control frames in parts
        "82 7e 00 7d",
        "82 7f 00 00 00 00 00 00 ff ff", // lengths longer than need be
        "82 7f 80 00 00 00 00 00 00 00" // a negative length
      })
  void aFrameThatMustNotBeIsAProtocolError(String frame) {
    assertThatThrownBy(() -> read(Role.CLIENT, frame))
        .isInstanceOfSatisfying(
            ProtocolFault.class, fault -> assertThat(fault.code()).isEqualTo(1002));
  }

  @Test
  void aClientsFrameMustBeMasked() {
    assertThatThrownBy(() -> read(Role.SERVER, "81 05 48 65 6c 6c 6f"))
        .isInstanceOfSatisfying(
            ProtocolFault.class, fault -> assertThat(fault.code()).isEqualTo(1002));
  }

  @ParameterizedTest
  @ValueSource(strings = {"82 7f 7f ff ff ff ff ff ff ff", "82 7f 00 00 00 00 00 04 93 e1"})
  void aFrameOverTheLimitIsTooBigBeforeItsPayloadComes(String frame) {
    assertThatThrownBy(() -> read(Role.CLIENT, frame))
        .isInstanceOfSatisfying(
            ProtocolFault.class, fault -> assertThat(fault.code()).isEqualTo(1009));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "82", "82 05 00", "82 7e 01", "82 7f 00 00"})
  void aStreamThatEndsAmidAFrameIsBroken(String frame) {
    assertThatThrownBy(() -> read(Role.CLIENT, frame)).isInstanceOf(EOFException.class);
  }
}
