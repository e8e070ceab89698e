package io.sockerless.backend.core.driver;

import java.util.OptionalInt;

/**
 * What came of a health check's command.
 *
 * @param exitCode empty if it did not end in time
 * @param output the beginning of both its outputs
 */
public record CheckResult(OptionalInt exitCode, String output) {}
