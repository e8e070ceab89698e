package io.sockerless.backend.memory.shell;

import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.fs.Paths;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Descriptors;
import io.sockerless.backend.memory.kernel.NetworkStack;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.shell.expand.Expander;
import io.sockerless.backend.memory.shell.syntax.Redirection;
import io.sockerless.backend.memory.shell.syntax.ShellException;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Opens what redirections name, and puts descriptors back that a command had only for a while. */
final class Redirector {

  private static final int NEW_FILE = 0666;

  /** A path that bash takes for a connection, whatever files there are. */
  private static final Pattern CONNECTION = Pattern.compile("/dev/(tcp|udp)/([^/]+)/([0-9]{1,5})");

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Lower ones are for scripts to choose. */
  private static final int FIRST_FREE = 10;

  private final Task task;
  private final ShellState state;
  private final Expander expander;
  private final Messages messages;

  Redirector(Task task, ShellState state, Expander expander, Messages messages) {
    this.messages = messages;
    this.task = task;
    this.state = state;
    this.expander = expander;
  }

  /** A redirection failed; the message says how. */
  static final class FailedException extends ShellException {
    private static final long serialVersionUID = 1L;

    FailedException(String message) {
      super(message);
    }
  }

  /** Descriptors as they were; to be put back. */
  final class Saved {
    private final Map<Integer, Optional<OpenFile>> files = new LinkedHashMap<>();

    private void keep(int descriptor) {
      files.computeIfAbsent(
          descriptor, number -> task.descriptors().find(number).map(OpenFile::retain));
    }

    /** Puts them back. */
    void restore() throws IOException {
      for (Map.Entry<Integer, Optional<OpenFile>> entry : files.entrySet()) {
        if (entry.getValue().isPresent()) {
          task.descriptors().set(entry.getKey(), entry.getValue().get());
        } else if (task.descriptors().find(entry.getKey()).isPresent()) {
          task.descriptors().close(entry.getKey());
        }
      }
      files.clear();
    }

    /** Leaves things as they are: {@code exec} without a command. */
    void forget() throws IOException {
      for (Optional<OpenFile> file : files.values()) {
        if (file.isPresent()) {
          file.get().close();
        }
      }
      files.clear();
    }
  }

  /**
   * Redirects.
   *
   * @return what to undo it with
   * @throws FailedException if one fails; that was told, to where those before it say, and nothing
   *     is redirected then
   */
  Saved redirect(List<Redirection> redirections) throws IOException {
    Saved saved = new Saved();
    boolean done = false;
    try {
      for (Redirection redirection : redirections) {
        apply(redirection, saved);
      }
      done = true;
      return saved;
    } catch (FailedException e) {
      messages.error(e.getMessage());
      throw e;
    } finally {
      if (!done) {
        saved.restore();
      }
    }
  }

  /** Lets standard input be a file. */
  Saved input(OpenFile file) throws IOException {
    Saved saved = new Saved();
    set(0, file, saved);
    return saved;
  }

  private void apply(Redirection redirection, Saved saved) throws IOException {
    switch (redirection) {
      case Redirection.ToFile file -> toFile(file, saved);
      case Redirection.Named named -> named(named);
      case Redirection.ToDocument document ->
          set(
              document.descriptor(),
              new TextFile(Text.encode(expander.document(document.document().body()))),
              saved);
      case Redirection.ToString string ->
          set(
              string.descriptor(),
              new TextFile(Text.encode(expander.text(string.text()) + "\n")),
              saved);
    }
  }

  private void set(int descriptor, OpenFile file, Saved saved) throws IOException {
    saved.keep(descriptor);
    try {
      task.descriptors().set(descriptor, file);
    } catch (PosixException e) {
      throw new FailedException(descriptor + ": " + e.getMessage());
    }
  }

  private void toFile(Redirection.ToFile redirection, Saved saved) throws IOException {
    String target = expander.text(redirection.target());
    int descriptor = redirection.descriptor();
    switch (redirection.kind()) {
      case DUPLICATE -> duplicate(descriptor, target, saved);
      case BOTH, APPEND_BOTH -> both(redirection.kind(), target, saved);
      default -> set(descriptor, open(redirection.kind(), target), saved);
    }
  }

  /** Opens a free descriptor for good, or closes the one that a variable tells. */
  private void named(Redirection.Named named) throws IOException {
    boolean closes =
        named.redirection() instanceof Redirection.ToFile file
            && file.kind() == Redirection.Kind.DUPLICATE
            && expander.text(file.target()).equals("-");
    int number = FIRST_FREE;
    if (closes) {
      String text = state.variables().variable(named.variable()).value().orElse("");
      if (!text.matches("[0-9]{1,6}")) {
        throw new FailedException(named.variable() + ": ambiguous redirect");
      }
      number = Integer.parseInt(text);
    } else {
      while (task.descriptors().find(number).isPresent()) {
        number++;
      }
      state.variables().set(named.variable(), Integer.toString(number));
    }
    Saved saved = new Saved();
    apply(at(number, named.redirection()), saved);
    saved.forget();
  }

  private static Redirection at(int descriptor, Redirection redirection) {
    return switch (redirection) {
      case Redirection.ToFile it -> new Redirection.ToFile(descriptor, it.kind(), it.target());
      case Redirection.ToDocument it -> new Redirection.ToDocument(descriptor, it.document());
      case Redirection.ToString it -> new Redirection.ToString(descriptor, it.text());
      case Redirection.Named it -> it;
    };
  }

  private void both(Redirection.Kind kind, String target, Saved saved) throws IOException {
    set(1, open(kind, target), saved);
    set(2, task.descriptors().get(1).retain(), saved);
  }

  private void duplicate(int descriptor, String target, Saved saved) throws IOException {
    Descriptors descriptors = task.descriptors();
    if (target.equals("-")) {
      saved.keep(descriptor);
      if (descriptors.find(descriptor).isPresent()) {
        descriptors.close(descriptor);
      }
      return;
    }
    boolean moves = state.isBash() && target.matches("[0-9]+-");
    String number = moves ? target.substring(0, target.length() - 1) : target;
    if (number.isEmpty() || !number.chars().allMatch(c -> c >= '0' && c <= '9')) {
      if (descriptor == 1 && !target.isEmpty()) {
        both(Redirection.Kind.BOTH, target, saved);
        return;
      }
      throw new FailedException("syntax error: bad fd number");
    }
    int from = number.length() > 8 ? Integer.MAX_VALUE : Integer.parseInt(number);
    Optional<OpenFile> file = descriptors.find(from);
    if (file.isEmpty()) {
      String what = state.isBash() ? number : "dup2(" + number + "," + descriptor + ")";
      throw new FailedException(what + ": " + Errno.EBADF.text());
    }
    set(descriptor, file.get().retain(), saved);
    if (moves && from != descriptor) {
      saved.keep(from);
      descriptors.close(from);
    }
  }

  private OpenFile open(Redirection.Kind kind, String target) throws IOException {
    boolean reading = kind == Redirection.Kind.READ;
    Matcher connection = CONNECTION.matcher(target);
    try {
      if (state.isBash() && connection.matches()) {
        int port = Integer.parseInt(connection.group(3));
        return connect(connection.group(1).equals("udp"), connection.group(2), port);
      }
      return reading ? task.files().open(target, OpenMode.READ) : create(kind, target);
    } catch (PosixException e) {
      String reason = e.getMessage();
      if (state.isBash()) {
        boolean kept = e.errno() == Errno.EEXIST;
        throw new FailedException(
            target + ": " + (kept ? "cannot overwrite existing file" : e.errno().text()));
      }
      if (e.errno() == Errno.ENOENT || e.errno() == Errno.ENOTDIR) {
        reason = reading ? "no such file" : "nonexistent directory";
      }
      String verb = reading ? "open" : "create";
      throw new FailedException("can't " + verb + " " + target + ": " + reason);
    }
  }

  /** Bash tells why there is no connection before it tells what it is not there for. */
  private OpenFile connect(boolean datagrams, String host, int port) throws IOException {
    NetworkStack network = task.kernel().network();
    try {
      if (datagrams) {
        return datagrams(network, host, port);
      }
      return network.connect(host, port, PATIENCE).file();
    } catch (PosixException e) {
      messages.print(state.name() + ": connect: " + e.errno().text() + "\n");
      throw e;
    }
  }

  private static OpenFile datagrams(NetworkStack network, String host, int port)
      throws IOException {
    NetworkStack.DatagramSocket socket = network.bind("0.0.0.0", 0);
    boolean connected = false;
    try {
      socket.connect(host, port);
      connected = true;
      return socket.file();
    } finally {
      if (!connected) {
        socket.file().close();
      }
    }
  }

  private OpenFile create(Redirection.Kind kind, String target) throws IOException {
    Paths files = task.files();
    boolean keeps =
        (kind == Redirection.Kind.WRITE || kind == Redirection.Kind.BOTH)
            && state.has(ShellOption.NOCLOBBER);
    if (keeps && files.exists(target) && files.stat(target).isRegular()) {
      throw Errno.EEXIST.exception();
    }
    OpenMode mode =
        switch (kind) {
          case APPEND, APPEND_BOTH -> OpenMode.APPEND;
          case READ_WRITE -> OpenMode.READ_WRITE;
          default -> OpenMode.WRITE;
        };
    return files.create(target, mode, NEW_FILE, false);
  }
}
