package io.sockerless.backend.memory.fs;

/** One name in a folder; {@code .} and {@code ..} are never among them. */
public record DirectoryEntry(String name, FileType type, long inode) {}
