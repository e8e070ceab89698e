package io.sockerless.backend.core.dockerfile;

import java.util.List;

/**
 * One instruction as it is written, its lines joined.
 *
 * @param line where it begins, from 1
 * @param original all of it, without the documents that follow it
 * @param keyword in upper case
 * @param flags such as {@code --from=0}, unquoted
 * @param rest what follows the flags
 */
record Statement(
    int line,
    String original,
    String keyword,
    List<String> flags,
    String rest,
    List<HereDocument> documents) {}
