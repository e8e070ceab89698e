package io.sockerless.backend.memory.files;

import io.sockerless.backend.memory.fs.FileStat;

/** By what two names are known to be one file. */
record FileKey(long device, long inode) {

  static FileKey of(FileStat stat) {
    return new FileKey(stat.device(), stat.inode());
  }
}
