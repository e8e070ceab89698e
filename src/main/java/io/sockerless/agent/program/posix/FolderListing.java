package io.sockerless.agent.program.posix;

import static io.sockerless.agent.program.posix.PosixException.check;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The names in a folder.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/getdents.2.html">getdents64(2)</a>
 */
final class FolderListing {

  private static final int BUFFER = 32_768;
  private static final int LENGTH = 16;
  private static final int NAME = 19;

  private FolderListing() {}

  static List<String> read(Descriptor folder) throws PosixException {
    List<String> names = new ArrayList<>();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment entries = arena.allocate(BUFFER, 8);
      while (true) {
        long count = check(SystemCall.GETDENTS64.call(folder.number(), entries.address(), BUFFER));
        if (count == 0) {
          Collections.sort(names);
          return names;
        }
        for (long at = 0; at < count; ) {
          long length = entries.get(ValueLayout.JAVA_SHORT, at + LENGTH) & 0xffff;
          add(entries.asSlice(at + NAME, length - NAME), names);
          at += length;
        }
      }
    }
  }

  private static void add(MemorySegment padded, List<String> names) throws PosixException {
    int end = 0;
    while (padded.get(ValueLayout.JAVA_BYTE, end) != 0) {
      end++;
    }
    String name = text(padded.asSlice(0, end).toArray(ValueLayout.JAVA_BYTE));
    if (!name.equals(".") && !name.equals("..")) {
      names.add(name);
    }
  }

  /** A name, which must be text: it could not be told to anybody, and not be opened again. */
  static String text(byte[] name) throws PosixException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(name)).toString();
    } catch (CharacterCodingException e) {
      PosixException error = new PosixException(Errno.EILSEQ);
      error.initCause(e);
      throw error;
    }
  }
}
