package io.sockerless.backend.memory.utility.diff;

/** Lines of one file that stand in the place of lines of another; one side may be empty. */
record Change(int aStart, int aEnd, int bStart, int bEnd) {}
