package io.sockerless.backend.core.attach;

import io.sockerless.stream.DetachKeys;
import java.util.Optional;

/**
 * What a client that joins a process's standard streams wants.
 *
 * @param framed whether the outputs are told apart by frames; a terminal's are not
 * @param closesInput whether the end of the client's input is the process's; else it is the end of
 *     this client alone, as dockerd has it
 * @param detachKeys the keys that end the session; empty without a terminal
 */
public record ClientOptions(
    HijackHead head,
    boolean stdin,
    boolean stdout,
    boolean stderr,
    boolean framed,
    boolean closesInput,
    Optional<DetachKeys> detachKeys,
    Runnable onDetach) {}
