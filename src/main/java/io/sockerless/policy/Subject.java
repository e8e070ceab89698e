package io.sockerless.policy;

import io.sockerless.policy.rule.Owner;

/**
 * An object that a request is about or makes use of.
 *
 * @param name as the client wrote it
 * @param replaced whether the request would take its name away for something else, which is refused
 *     openly: that the name is taken would show anyway
 */
record Subject(Kind kind, String name, Owner owner, boolean replaced) {}
