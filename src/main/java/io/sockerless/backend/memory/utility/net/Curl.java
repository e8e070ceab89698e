package io.sockerless.backend.memory.utility.net;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends HTTP requests, with the options of curl that scripts use.
 *
 * @see <a href="https://curl.se/docs/manpage.html">curl(1)</a>
 */
final class Curl extends Utility {

  /** Exit code: the command line makes no sense. */
  static final int BAD_OPTION = 2;

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = options(task);
    List<String> urls = new ArrayList<>(options.values("url"));
    urls.addAll(options.operands());
    if (urls.isEmpty()) {
      throw new Failure(BAD_OPTION, "no URL specified!");
    }
    CookieJar cookies = CookieJar.of(task, options);
    List<String> targets = options.values("o");
    int code = 0;
    for (int i = 0; i < urls.size(); i++) {
      String target = i < targets.size() ? targets.get(i) : "-";
      code = new CurlTransfer(task, output, options, cookies, target).run(urls.get(i));
    }
    cookies.save();
    return code;
  }

  private static Options options(Task task) throws Failure {
    return Options.parse(
        task,
        BAD_OPTION,
        "sSfLo:OIX:H:d:u:kiw:m:A:e:b:c:D:F:T:r:vgN#G",
        "silent=s",
        "show-error=S",
        "fail=f",
        "location=L",
        "output=o",
        "remote-name=O",
        "head=I",
        "request=X",
        "header=H",
        "data=d",
        "data-ascii=d",
        "data-binary:",
        "data-raw:",
        "data-urlencode:",
        "url-query:",
        "json:",
        "form=F",
        "form-string:",
        "upload-file=T",
        "user=u",
        "oauth2-bearer:",
        "insecure=k",
        "include=i",
        "write-out=w",
        "max-time=m",
        "connect-timeout:",
        "user-agent=A",
        "referer=e",
        "cookie=b",
        "cookie-jar=c",
        "dump-header=D",
        "range=r",
        "resolve:",
        "unix-socket:",
        "verbose=v",
        "retry:",
        "retry-delay:",
        "retry-max-time:",
        "retry-connrefused",
        "retry-all-errors",
        "fail-with-body",
        "compressed",
        "create-dirs",
        "progress-bar=#",
        "no-progress-meter",
        "get=G",
        "globoff=g",
        "url:",
        "proto:",
        "tlsv1.2",
        "tlsv1.3",
        "http1.1",
        "no-buffer=N",
        "max-redirs:",
        "location-trusted",
        "output-dir:");
  }
}
