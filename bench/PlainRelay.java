import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * What an exec session through server and agent is to be compared with: a command's streams over a
 * TCP connection, and a relay in the server's place that passes the bytes on as they are.
 */
final class PlainRelay implements AutoCloseable {

  private static final int PIECE = 64 * 1024;

  private final ServerSocket near = listen();
  private final ServerSocket far = listen();

  PlainRelay() throws IOException {
    accept(near, this::relay);
    accept(far, PlainRelay::serve);
  }

  private static ServerSocket listen() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  /** What is done with a connection, which ends with it. */
  private interface Service {
    void on(Socket socket) throws Exception;
  }

  private static void accept(ServerSocket listener, Service service) {
    background(() -> {
      while (true) {
        Socket socket = listener.accept();
        background(() -> {
          try (socket) {
            service.on(socket);
          }
        });
      }
    });
  }

  private interface Task {
    void run() throws Exception;
  }

  private static Thread background(Task task) {
    return Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            task.run();
          } catch (Exception e) {
            // Whoever waits for the other end of the connection sees that it has ended early.
          }
        });
  }

  /** Opens a session: the caller is the command's streams from there on. */
  Socket open(String command) throws IOException {
    Socket socket = new Socket(near.getInetAddress(), near.getLocalPort());
    socket.getOutputStream().write((command + "\n").getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private void relay(Socket client) throws Exception {
    try (Socket server = new Socket(far.getInetAddress(), far.getLocalPort())) {
      Thread up =
          background(() -> {
            copy(client.getInputStream(), server.getOutputStream());
            server.shutdownOutput();
          });
      copy(server.getInputStream(), client.getOutputStream());
      client.shutdownOutput();
      up.join();
    }
  }

  private static void serve(Socket client) throws Exception {
    InputStream input = client.getInputStream();
    Process process =
        new ProcessBuilder("sh", "-c", line(input))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    background(() -> {
      try (OutputStream stdin = process.getOutputStream()) {
        copy(input, stdin);
      }
    });
    copy(process.getInputStream(), client.getOutputStream());
    client.shutdownOutput();
    process.waitFor();
  }

  private static String line(InputStream input) throws IOException {
    StringBuilder line = new StringBuilder();
    int c;
    while ((c = input.read()) >= 0 && c != '\n') {
      line.append((char) c);
    }
    return line.toString();
  }

  private static void copy(InputStream from, OutputStream to) throws IOException {
    byte[] piece = new byte[PIECE];
    int count;
    while ((count = from.read(piece)) >= 0) {
      to.write(piece, 0, count);
      to.flush();
    }
  }

  @Override
  public void close() throws IOException {
    near.close();
    far.close();
  }
}
