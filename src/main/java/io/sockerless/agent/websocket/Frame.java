package io.sockerless.agent.websocket;

/**
 * One frame as it came, its payload unmasked.
 *
 * @param last whether a message ends with it
 * @param payload the receiver's own
 */
@SuppressWarnings("ArrayRecordComponent")
record Frame(boolean last, Opcode opcode, byte[] payload) {}
