package io.sockerless.metrics;

/**
 * What clients have asked for since the server started, in a few figures.
 *
 * @param operations of the port, whatever they were answered
 * @param failures those of them that were answered by 500 and up
 * @param answersOpen answers that stream at this moment, such as logs that are followed
 * @param answerBytes of answers' bodies
 * @param streamsOpen connections that an attach, an exec or the like has taken over
 * @param streamBytesIn of those, from clients
 * @param streamBytesOut of those, to clients
 */
public record RequestTotals(
    long operations,
    long failures,
    long answersOpen,
    long answerBytes,
    long streamsOpen,
    long streamBytesIn,
    long streamBytesOut) {}
