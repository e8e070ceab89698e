package io.sockerless.backend.memory.shell.syntax;

import java.io.IOException;

/** What words need of the parser: commands stand in them. */
interface SubstitutionParser {

  /** Commands up to the parenthesis that closes a substitution, which is taken. */
  Command substitution() throws IOException;

  /** Commands that are a whole text. */
  Command text(String text) throws IOException;

  /** The same for other characters. */
  SubstitutionParser over(Characters other);
}
