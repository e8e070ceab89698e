package io.sockerless.backend.core.driver;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** One process of a container, as {@code ps} shows it. */
public record ProcessInfo(
    int pid,
    int parentPid,
    String user,
    int uid,
    Instant started,
    Duration cpu,
    String terminal,
    char state,
    List<String> command) {}
