package io.sockerless.backend.memory.utility.net;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.utility.Output;
import java.io.IOException;

/**
 * What curl's {@code -v} tells of a transfer on standard error.
 *
 * @param output flushed before, so that both are in the order in which they came
 * @param told whether it is wanted
 */
record CurlTrace(Task task, Output output, boolean told) {

  void trying(String address, int port) throws IOException {
    say("*   Trying " + address + ":" + port + "...\n");
  }

  void connected(Url url, String address) throws IOException {
    say("* Connected to " + url.host() + " (" + address + ") port " + url.port() + " (#0)\n");
  }

  void asked(HttpExchange.Request request) throws IOException {
    say(request.head().replaceAll("(?m)^", "> "));
  }

  void answered(HttpExchange exchange) throws IOException {
    StringBuilder text = new StringBuilder("< " + exchange.statusLine() + "\r\n");
    exchange.headers().forEach(line -> text.append("< ").append(line).append("\r\n"));
    say(text.append("< \r\n").toString());
  }

  void closed() throws IOException {
    say("* Closing connection 0\n");
  }

  private void say(String text) throws IOException {
    if (told) {
      output.flush();
      task.error().write(Text.encode(text));
    }
  }
}
