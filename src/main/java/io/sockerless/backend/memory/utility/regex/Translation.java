package io.sockerless.backend.memory.utility.regex;

/**
 * A pattern in the matcher's own language.
 *
 * @param ambiguous whether the first way to match need not be the longest
 */
@SuppressWarnings("ArrayRecordComponent")
record Translation(byte[] pattern, int groups, boolean ambiguous) {}
