package io.sockerless.backend.core.store;

import java.nio.ByteBuffer;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/**
 * Documents in the file's pages, as the library itself writes an array of bytes; its own reading
 * takes a reflective call for each byte, which was a third of what a start with 10,000 containers
 * took to read them.
 */
final class StoredBytes extends BasicDataType<byte[]> {

  static final StoredBytes TYPE = new StoredBytes();

  /** An array: what it is of, its length, and what it has. */
  private static final byte ARRAY = 14;

  private static final byte OF_BYTES = 1;

  /** An array of fewer than 16 bytes: its length is in the tag. */
  private static final int SHORT_ARRAY = 104;

  private static final int HEADER = 24;

  private StoredBytes() {}

  @Override
  public int getMemory(byte[] document) {
    return HEADER + document.length;
  }

  @Override
  public void write(WriteBuffer page, byte[] document) {
    page.put(ARRAY).put(OF_BYTES).putVarInt(document.length).put(document);
  }

  @Override
  public byte[] read(ByteBuffer page) {
    int tag = page.get();
    if (tag == ARRAY && page.get() == OF_BYTES) {
      tag = SHORT_ARRAY + DataUtils.readVarInt(page);
    }
    if (tag < SHORT_ARRAY) {
      throw new IllegalStateException("no document where one is to be: " + tag);
    }
    byte[] document = new byte[tag - SHORT_ARRAY];
    page.get(document);
    return document;
  }

  @Override
  public byte[][] createStorage(int size) {
    return new byte[size][];
  }
}
