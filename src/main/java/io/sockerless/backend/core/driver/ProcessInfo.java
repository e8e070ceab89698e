package io.sockerless.backend.core.driver;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One process of a container, as {@code ps} shows it.
 *
 * @param memory in bytes, 0 where it is not known
 */
public record ProcessInfo(
    int pid,
    int parentPid,
    String user,
    int uid,
    Instant started,
    Duration cpu,
    long memory,
    String terminal,
    char state,
    List<String> command) {}
