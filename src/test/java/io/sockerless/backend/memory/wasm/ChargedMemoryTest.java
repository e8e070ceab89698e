package io.sockerless.backend.memory.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockerless.backend.memory.kernel.MemoryAccount;
import io.sockerless.backend.memory.support.Sandbox;
import java.util.List;
import org.junit.jupiter.api.Test;
import run.endive.runtime.Instance;
import run.endive.runtime.Memory;
import run.endive.runtime.WasmRuntimeException;
import run.endive.wasm.UninstantiableException;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.DataSegment;
import run.endive.wasm.types.MemoryLimits;
import run.endive.wasm.types.PassiveDataSegment;

/** What WebAssembly says of memories. */
class ChargedMemoryTest {

  private static final int PAGE = Memory.PAGE_SIZE;

  private final MemoryAccount account = new Sandbox().kernel().memory();
  private final ChargedMemory memory = memory(1, 10);

  private ChargedMemory memory(int initial, int maximum) {
    return new ChargedMemory(new MemoryLimits(initial, maximum), account);
  }

  private static void isOutside(Runnable access) {
    assertThatThrownBy(access::run)
        .isInstanceOf(WasmRuntimeException.class)
        .hasMessageStartingWith("out of bounds memory access");
  }

  @Test
  void numbersLieInItWithTheirLowestByteFirst() {
    memory.writeLong(3, 0x0102030405060708L);
    assertThat(memory.readBytes(3, 8)).containsExactly(8, 7, 6, 5, 4, 3, 2, 1);
    assertThat(memory.readInt(3)).isEqualTo(0x05060708);
    assertThat(memory.readShort(5)).isEqualTo((short) 0x0506);
    assertThat(memory.read(10)).isEqualTo((byte) 1);
    memory.writeF64(1, Math.PI);
    memory.writeF32(20, 1.5f);
    assertThat(memory.readDouble(1)).isEqualTo(Math.PI);
    assertThat(memory.readFloat(20)).isEqualTo(1.5f);
  }

  @Test
  void theLastByteIsInAndTheNextOneIsNot() {
    memory.writeByte(PAGE - 1, (byte) 7);
    memory.writeShort(PAGE - 2, (short) 7);
    memory.writeI32(PAGE - 4, 7);
    memory.writeLong(PAGE - 8, 7);
    isOutside(() -> memory.read(PAGE));
    isOutside(() -> memory.readShort(PAGE - 1));
    isOutside(() -> memory.readInt(PAGE - 3));
    isOutside(() -> memory.writeLong(PAGE - 7, 7));
    isOutside(() -> memory.writeF32(-1, 7));
    isOutside(() -> memory.readDouble(Integer.MIN_VALUE));
  }

  @Test
  void whatTheArrayHasAheadIsOutsideUntilTheMemoryGrows() {
    for (int pages = 1; pages < 5; pages++) {
      int end = pages * PAGE;
      isOutside(() -> memory.writeByte(end, (byte) 1));
      isOutside(() -> memory.readInt(end - 2));
      isOutside(() -> memory.fill((byte) 1, end - 1, end + 1));
      assertThat(memory.grow(1)).isEqualTo(pages);
      assertThat(memory.read(end)).isZero();
      memory.writeByte(end, (byte) 1);
    }
    assertThat(memory.pages()).isEqualTo(5);
  }

  @Test
  void itGrowsUpToItsMaximumAndKeepsWhatItHolds() {
    memory.writeI32(100, 42);
    assertThat(memory.grow(10)).isEqualTo(-1);
    assertThat(memory.grow(-1)).isEqualTo(-1);
    assertThat(memory.grow(9)).isEqualTo(1);
    assertThat(memory.grow(1)).isEqualTo(-1);
    assertThat(memory.grow(0)).isEqualTo(10);
    assertThat(memory.readInt(100)).isEqualTo(42);
  }

  @Test
  void whatItHoldsIsChargedToTheContainerUntilTheModuleEnds() {
    assertThat(account.used()).isEqualTo(PAGE);
    memory.grow(4);
    assertThat(account.used()).isEqualTo(5 * PAGE);
    memory.grow(100);
    assertThat(account.used()).isEqualTo(5 * PAGE);
    memory.giveBack();
    assertThat(account.used()).isZero();
  }

  @Test
  void areasAreCopiedAsIfAtOnce() {
    memory.write(0, new byte[] {1, 2, 3, 4, 5});
    memory.copy(1, 0, 4);
    assertThat(memory.readBytes(0, 5)).containsExactly(1, 1, 2, 3, 4);
    memory.copy(PAGE, 0, 0);
    isOutside(() -> memory.copy(PAGE + 1, 0, 0));
    isOutside(() -> memory.copy(PAGE - 1, 0, 2));
    isOutside(() -> memory.copy(0, Integer.MAX_VALUE, Integer.MAX_VALUE));
  }

  @Test
  void aDroppedSegmentIsEmptyForThisModuleAlone() {
    Instance instance = Instance.builder(WasmModule.builder().build()).build();
    DataSegment[] segments = {new PassiveDataSegment(new byte[] {1, 2, 3})};
    for (ChargedMemory each : List.of(memory, memory(1, 1))) {
      each.initialize(instance, segments);
      each.initPassiveSegment(0, 8, 1, 2);
      assertThat(each.readBytes(8, 2)).containsExactly(2, 3);
      each.drop(0);
      isOutside(() -> each.initPassiveSegment(0, 8, 1, 1));
    }
  }

  @Test
  void toWaitTellsWhatIsThereOrPassesTheTime() {
    ChargedMemory shared = new ChargedMemory(new MemoryLimits(1, 1, true), account);
    assertThat(shared.waitOn(0, 1, -1)).as("another number").isEqualTo(1);
    assertThat(shared.waitOn(0, 0L, 1_000)).as("timed out").isEqualTo(2);
    assertThat(shared.notify(0, 1)).isZero();
    assertThatThrownBy(() -> memory.waitOn(0, 0, 1)).isInstanceOf(WasmRuntimeException.class);
  }

  @Test
  void oneThatNoArrayCanHoldIsRefused() {
    assertThatThrownBy(() -> memory(40_000, 50_000)).isInstanceOf(UninstantiableException.class);
  }
}
