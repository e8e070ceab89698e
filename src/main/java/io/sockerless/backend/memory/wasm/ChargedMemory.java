package io.sockerless.backend.memory.wasm;

import io.sockerless.backend.memory.kernel.MemoryAccount;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.ConstantEvaluators;
import run.endive.runtime.Instance;
import run.endive.runtime.Memory;
import run.endive.runtime.WasmInterruptedException;
import run.endive.runtime.WasmRuntimeException;
import run.endive.wasm.UninstantiableException;
import run.endive.wasm.types.ActiveDataSegment;
import run.endive.wasm.types.DataSegment;
import run.endive.wasm.types.MemoryLimits;
import run.endive.wasm.types.PassiveDataSegment;

/**
 * A module's memory, charged to its container as it grows: one array, since compiled code spends
 * most of its time here. The array grows ahead of the memory, by doubling, so each access is
 * checked against the memory's own size; what lies outside is a trap.
 *
 * <p>No module has more than one thread, so nobody is ever notified, and to wait only passes time.
 */
@SuppressWarnings("removal") // the library's interface has methods that it is about to drop
final class ChargedMemory implements Memory {

  private static final VarHandle SHORT = view(short[].class);
  private static final VarHandle INT = view(int[].class);
  private static final VarHandle LONG = view(long[].class);
  private static final VarHandle FLOAT = view(float[].class);
  private static final VarHandle DOUBLE = view(double[].class);
  private static final int NOT_EQUAL = 1;
  private static final int TIMED_OUT = 2;
  private static final int REFUSED = -1;

  private final MemoryLimits limits;
  private final MemoryAccount account;
  private byte[] bytes;
  private int size;

  /** Up to here any number fits: the check that nearly all accesses need. */
  private int fitting;

  private DataSegment[] segments = {};

  ChargedMemory(MemoryLimits limits, MemoryAccount account) {
    this.limits = limits;
    this.account = account;
    if (limits.initialPages() > RUNTIME_MAX_PAGES) {
      throw new UninstantiableException(
          "a memory of " + limits.initialPages() + " pages is too large");
    }
    int initial = limits.initialPages() * PAGE_SIZE;
    account.charge(initial);
    this.bytes = new byte[initial];
    resize(initial);
  }

  private static VarHandle view(Class<?> array) {
    return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
  }

  /** The module has ended. */
  void giveBack() {
    account.charge(-size);
    bytes = new byte[0];
    resize(0);
  }

  private void resize(int now) {
    size = now;
    fitting = now - Long.BYTES;
  }

  @Override
  public int grow(int pages) {
    int before = pages();
    if (pages < 0 || pages > maximumPages() - before) {
      return REFUSED;
    }
    int added = pages * PAGE_SIZE;
    account.charge(added);
    if (added > bytes.length - size && !makeRoom(size + added)) {
      account.charge(-added);
      return REFUSED;
    }
    resize(size + added);
    return before;
  }

  /** False if the server has no room for it, which is the module's to bear. */
  private boolean makeRoom(int needed) {
    long twice = Math.min(2L * size, (long) maximumPages() * PAGE_SIZE);
    try {
      bytes = Arrays.copyOf(bytes, Math.max(needed, (int) twice));
      return true;
    } catch (OutOfMemoryError e) {
      return false;
    }
  }

  @Override
  public int pages() {
    return size / PAGE_SIZE;
  }

  @Override
  public int initialPages() {
    return limits.initialPages();
  }

  @Override
  public int maximumPages() {
    return Math.min(limits.maximumPages(), RUNTIME_MAX_PAGES);
  }

  @Override
  public boolean shared() {
    return limits.shared();
  }

  @Override
  public Object lock(int address) {
    return account;
  }

  @Override
  public int waitOn(int address, int expected, long timeout) {
    return readInt(address) == expected ? sleep(timeout) : NOT_EQUAL;
  }

  @Override
  public int waitOn(int address, long expected, long timeout) {
    return readLong(address) == expected ? sleep(timeout) : NOT_EQUAL;
  }

  private int sleep(long nanos) {
    if (!shared()) {
      throw new WasmRuntimeException("expected shared memory");
    }
    try {
      if (nanos < 0) {
        Thread.sleep(Long.MAX_VALUE);
      }
      TimeUnit.NANOSECONDS.sleep(nanos);
      return TIMED_OUT;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WasmInterruptedException("interrupted while waiting");
    }
  }

  @Override
  public int notify(int address, int count) {
    return 0;
  }

  @Override
  public void initialize(Instance instance, DataSegment[] segments) {
    initialize(instance, segments, 0);
  }

  /** Segments are none where a module has none, for which the library says null. */
  @Override
  public void initialize(Instance instance, DataSegment @Nullable [] segments, int index) {
    if (segments == null) {
      return;
    }
    this.segments = segments.clone();
    for (DataSegment segment : segments) {
      if (segment instanceof ActiveDataSegment active && active.index() == index) {
        long[] offset =
            ConstantEvaluators.computeConstantValue(instance, active.offsetInstructions());
        write((int) offset[0], active.data());
      }
    }
  }

  @Override
  public void initPassiveSegment(int segment, int address, int offset, int length) {
    write(address, segments[segment].data(), offset, length);
  }

  @Override
  public void drop(int segment) {
    segments[segment] = PassiveDataSegment.EMPTY;
  }

  @Override
  public void write(int address, byte[] source, int offset, int length) {
    check(offset, length, source.length);
    check(address, length, size);
    System.arraycopy(source, offset, bytes, address, length);
  }

  @Override
  public byte[] readBytes(int address, int length) {
    check(address, length, size);
    return Arrays.copyOfRange(bytes, address, address + length);
  }

  @Override
  public void zero() {
    Arrays.fill(bytes, 0, size, (byte) 0);
  }

  @Override
  public void fill(byte value, int from, int to) {
    check(from, to - from, size);
    Arrays.fill(bytes, from, to, value);
  }

  @Override
  public void copy(int to, int from, int length) {
    check(from, length, size);
    check(to, length, size);
    System.arraycopy(bytes, from, bytes, to, length);
  }

  private static void check(int from, int length, int size) {
    if ((from | length) < 0 || from > size - length) {
      throw outside(from, length, size);
    }
  }

  private static WasmRuntimeException outside(int address, int length, int size) {
    return new WasmRuntimeException(
        "out of bounds memory access: attempted to access address: %d but limit is: %d and size: %d"
            .formatted(address, size, length));
  }

  /** The address, unless it lies above the memory; below it, the array's own check finds it. */
  private int at(int address, int length) {
    if (address > fitting && address > size - length) {
      throw outside(address, length, size);
    }
    return address;
  }

  @Override
  public byte read(int address) {
    try {
      return bytes[at(address, Byte.BYTES)];
    } catch (IndexOutOfBoundsException e) {
      throw outside(address, Byte.BYTES, size);
    }
  }

  @Override
  public void writeByte(int address, byte value) {
    try {
      bytes[at(address, Byte.BYTES)] = value;
    } catch (IndexOutOfBoundsException e) {
      throw outside(address, Byte.BYTES, size);
    }
  }

  @Override
  public short readShort(int address) {
    try {
      return (short) SHORT.get(bytes, at(address, Short.BYTES));
    } catch (IndexOutOfBoundsException e) {
      throw outside(address, Short.BYTES, size);
    }
  }

  @Override
  public void writeShort(int address, short value) {
    try {
      SHORT.set(bytes, at(address, Short.BYTES), value);
    } catch (IndexOutOfBoundsException e) {
      throw outside(address, Short.BYTES, size);
    }
  }

  @Override
  public long readU16(int address) {
    return Short.toUnsignedLong(readShort(address));
  }

  @Override
  public int readInt(int address) {
    try {
      return (int) INT.get(bytes, at(address, Integer.BYTES));
    } catch (IndexOutOfBoundsException e) {
      throw outside(address, Integer.BYTES, size);
    }
  }

  @Override
  public void writeI32(int address, int value) {
    try {
      INT.set(bytes, at(address, Integer.BYTES), value);
    } catch (IndexOutOfBoundsException e) {
      throw outside(address, Integer.BYTES, size);
    }
  }

  @Override
  public long readLong(int address) {
    try {
      return (long) LONG.get(bytes, at(address, Long.BYTES));
    } catch (IndexOutOfBoundsException e) {
      throw outside(address, Long.BYTES, size);
    }
  }

  @Override
  public void writeLong(int address, long value) {
    try {
      LONG.set(bytes, at(address, Long.BYTES), value);
    } catch (IndexOutOfBoundsException e) {
      throw outside(address, Long.BYTES, size);
    }
  }

  @Override
  public float readFloat(int address) {
    try {
      return (float) FLOAT.get(bytes, at(address, Float.BYTES));
    } catch (IndexOutOfBoundsException e) {
      throw outside(address, Float.BYTES, size);
    }
  }

  @Override
  public long readF32(int address) {
    return Integer.toUnsignedLong(readInt(address));
  }

  @Override
  public void writeF32(int address, float value) {
    try {
      FLOAT.set(bytes, at(address, Float.BYTES), value);
    } catch (IndexOutOfBoundsException e) {
      throw outside(address, Float.BYTES, size);
    }
  }

  @Override
  public double readDouble(int address) {
    try {
      return (double) DOUBLE.get(bytes, at(address, Double.BYTES));
    } catch (IndexOutOfBoundsException e) {
      throw outside(address, Double.BYTES, size);
    }
  }

  @Override
  public long readF64(int address) {
    return readLong(address);
  }

  @Override
  public void writeF64(int address, double value) {
    try {
      DOUBLE.set(bytes, at(address, Double.BYTES), value);
    } catch (IndexOutOfBoundsException e) {
      throw outside(address, Double.BYTES, size);
    }
  }
}
