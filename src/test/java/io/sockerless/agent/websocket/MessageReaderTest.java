package io.sockerless.agent.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class MessageReaderTest {

  private final MessageReader messages = new MessageReader(1000);

  private static Frame frame(Opcode opcode, boolean last, String text) {
    return new Frame(last, opcode, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertFault(int code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ProtocolFault.class, fault -> assertThat(fault.code()).isEqualTo(code));
  }

  @Property
  void fragmentsAreJoinedInOrder(
      @ForAll @Size(min = 2, max = 8) List<@Size(max = 100) byte[]> parts) throws ProtocolFault {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    MessageReader reader = new MessageReader(1000);
    Optional<Message> message = Optional.empty();
    for (int i = 0; i < parts.size(); i++) {
      assertThat(message).isEmpty();
      whole.writeBytes(parts.get(i));
      Opcode opcode = i == 0 ? Opcode.BINARY : Opcode.CONTINUATION;
      message = reader.add(new Frame(i == parts.size() - 1, opcode, parts.get(i)));
    }

    assertThat(((Message.Binary) message.orElseThrow()).bytes()).isEqualTo(whole.toByteArray());
  }

  @Test
  void aCharacterMayBeDividedBetweenFragments() throws ProtocolFault {
    byte[] euro = "€".getBytes(StandardCharsets.UTF_8);
    messages.add(new Frame(false, Opcode.TEXT, new byte[] {euro[0]}));

    assertThat(messages.add(new Frame(true, Opcode.CONTINUATION, new byte[] {euro[1], euro[2]})))
        .contains(new Message.Text("€"));
  }

  @Test
  void theNextMessageStartsAfresh() throws ProtocolFault {
    messages.add(frame(Opcode.TEXT, false, "a"));
    messages.add(frame(Opcode.CONTINUATION, true, "b"));

    assertThat(messages.add(frame(Opcode.TEXT, true, "c"))).contains(new Message.Text("c"));
  }

  @Test
  void fragmentsCountTogether() throws ProtocolFault {
    messages.add(frame(Opcode.BINARY, false, "x".repeat(400)));

    assertThat(messages.remaining()).isEqualTo(600);
    messages.add(frame(Opcode.CONTINUATION, true, "x"));
    assertThat(messages.remaining()).isEqualTo(1000);
  }

  @Test
  void aContinuationNeedsAStart() {
    assertFault(1002, () -> messages.add(frame(Opcode.CONTINUATION, true, "a")));
  }

  @Test
  void aMessageMayNotStartAmidAnother() throws ProtocolFault {
    messages.add(frame(Opcode.TEXT, false, "a"));

    assertFault(1002, () -> messages.add(frame(Opcode.TEXT, true, "b")));
  }

  @Test
  void aTextThatIsNoUtf8IsAFaultOfItsOwn() {
    for (byte[] bytes :
        new byte[][] {
          {(byte) 0xff},
          {'a', (byte) 0xc3},
          {(byte) 0xc0, (byte) 0x80},
          {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
          {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80}
        }) {
      assertFault(1007, () -> messages.add(new Frame(true, Opcode.TEXT, bytes)));
    }
  }

  @Test
  void theCharacterThatStandsForBadOnesMayBeSent() throws ProtocolFault {
    assertThat(messages.add(frame(Opcode.TEXT, true, "a\uFFFDb")))
        .contains(new Message.Text("a\uFFFDb"));
  }
}
