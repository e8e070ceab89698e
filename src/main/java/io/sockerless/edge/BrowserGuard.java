package io.sockerless.edge;

import io.sockerless.edge.Peer.Way;
import io.sockerless.http.Sites;
import io.sockerless.wire.Headers;
import io.sockerless.wire.RequestHead;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps the pages that a browser on this machine shows away from an API that hands out root: what
 * {@link Sites} tells to be of another page does not come in. No page reaches a unix socket.
 */
final class BrowserGuard {

  private static final String CROSS_ORIGIN = "Access-Control-";

  private final Sites sites;

  /** Lets loopback be called by these names too, in lower case. */
  BrowserGuard(Set<String> names) {
    this.sites = new Sites(names);
  }

  /** What is wrong with a request, if a page may be behind it that is not ours. */
  Optional<String> objection(RequestHead head, Peer peer) {
    if (peer.way() == Way.UNIX) {
      return Optional.empty();
    }
    Headers headers = head.headers();
    return sites.objection(
        new Sites.Request(
            head.method(),
            headers.first("Host").orElse(""),
            headers.all("Origin"),
            headers.first("Upgrade").isPresent(),
            peer.encrypted(),
            peer.way() == Way.LOOPBACK));
  }

  /** The fields of an answer without those that would let another site read it. */
  static Headers ownSiteOnly(Headers answer) {
    return answer.withoutPrefix(CROSS_ORIGIN);
  }
}
