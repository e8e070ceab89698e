package io.sockerless.backend.core.driver;

/**
 * How a process ended.
 *
 * @param code 0 to 255; 128 and the signal's number after a signal
 * @param outOfMemory whether its container was killed for using more memory than it may
 */
public record ExitStatus(int code, boolean outOfMemory) {}
