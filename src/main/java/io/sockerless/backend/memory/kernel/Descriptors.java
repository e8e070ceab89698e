package io.sockerless.backend.memory.kernel;

import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.OpenFile;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A task's file descriptors: small numbers for what it has open. */
public final class Descriptors {

  private record Entry(OpenFile file, boolean closeOnExec) {}

  private final SortedMap<Integer, Entry> entries = new TreeMap<>();
  private volatile int limit = 1024;
  private volatile int limitAtMost = 1024;
  private boolean closed;

  /**
   * How many there may be; one more is {@link Errno#EMFILE}.
   *
   * @param atMost up to where the task may raise it
   */
  public void setLimits(int limit, int atMost) {
    this.limit = limit;
    this.limitAtMost = atMost;
  }

  /** How many there may be. */
  public int limit() {
    return limit;
  }

  /** Up to where the task may raise it. */
  public int limitAtMost() {
    return limitAtMost;
  }

  /**
   * What a number stands for.
   *
   * @throws io.sockerless.backend.memory.fs.PosixException {@code EBADF}
   */
  public synchronized OpenFile get(int number) throws IOException {
    Entry entry = entries.get(number);
    if (entry == null) {
      throw Errno.EBADF.exception();
    }
    return entry.file();
  }

  /** What a number stands for, if it does. */
  public synchronized Optional<OpenFile> find(int number) {
    return Optional.ofNullable(entries.get(number)).map(Entry::file);
  }

  /** Gives an open file a number; what had it is closed. */
  public void set(int number, OpenFile file) throws IOException {
    Entry old;
    synchronized (this) {
      if (closed || number < 0 || number >= limit) {
        file.close();
        throw Errno.EBADF.exception();
      }
      old = entries.put(number, new Entry(file, false));
    }
    if (old != null) {
      old.file().close();
    }
  }

  /** Lets a number stand for what another one stands for, as {@code dup2} does. */
  public void duplicate(int from, int to) throws IOException {
    if (from != to) {
      set(to, get(from).retain());
    } else {
      get(from);
    }
  }

  /** Closes a number. */
  public void close(int number) throws IOException {
    Entry old;
    synchronized (this) {
      old = entries.remove(number);
    }
    if (old == null) {
      throw Errno.EBADF.exception();
    }
    old.file().close();
  }

  /** The numbers in use and what they stand for, lowest first. */
  public synchronized SortedMap<Integer, OpenFile> all() {
    SortedMap<Integer, OpenFile> all = new TreeMap<>();
    entries.forEach((number, entry) -> all.put(number, entry.file()));
    return all;
  }

  /** The same for a child: every open file is shared. */
  synchronized Descriptors copy() {
    Descriptors copy = new Descriptors();
    copy.limit = limit;
    copy.limitAtMost = limitAtMost;
    for (Map.Entry<Integer, Entry> entry : entries.entrySet()) {
      entry.getValue().file().retain();
      copy.entries.put(entry.getKey(), entry.getValue());
    }
    return copy;
  }

  /** Closes what an executed program does not get. */
  void closeOnExec() throws IOException {
    for (Map.Entry<Integer, Entry> entry : snapshot().entrySet()) {
      if (entry.getValue().closeOnExec()) {
        close(entry.getKey());
      }
    }
  }

  /** Closes all of them, for good. */
  void closeAll() {
    Map<Integer, Entry> old;
    synchronized (this) {
      closed = true;
      old = new TreeMap<>(entries);
      entries.clear();
    }
    for (Entry entry : old.values()) {
      try {
        entry.file().close();
      } catch (IOException e) {
        // The task is over, and nobody is left to be told.
      }
    }
  }

  private synchronized Map<Integer, Entry> snapshot() {
    return new TreeMap<>(entries);
  }
}
