package io.sockerless.backend.memory.fs;

/** The bytes of a regular file in an image's layer; they never change. */
interface LowerFile {

  /** Nothing. */
  LowerFile EMPTY =
      new LowerFile() {
        @Override
        public long size() {
          return 0;
        }

        @Override
        public void read(long position, byte[] bytes, int offset, int length) {}
      };

  /** In bytes. */
  long size();

  /** Reads bytes that are all before the end. */
  void read(long position, byte[] bytes, int offset, int length);
}
