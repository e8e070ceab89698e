import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** What carries a connection's bytes. */
interface Line extends ByteChannel {

  /** Ends our direction. */
  void closeInput() throws IOException;

  static Line open(Endpoint endpoint) throws IOException {
    return endpoint.isTls() ? Tls.connect(endpoint) : Plain.connect(endpoint.address());
  }

  /** A socket as it is. */
  record Plain(SocketChannel channel) implements Line {

    static Plain connect(SocketAddress address) throws IOException {
      boolean tcp = address instanceof InetSocketAddress;
      SocketChannel channel =
          tcp ? SocketChannel.open() : SocketChannel.open(StandardProtocolFamily.UNIX);
      try {
        channel.connect(address);
        if (tcp) {
          channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        }
      } catch (IOException e) {
        channel.close();
        throw e;
      }
      return new Plain(channel);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
      return channel.read(target);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
      return channel.write(source);
    }

    @Override
    public void closeInput() throws IOException {
      channel.shutdownOutput();
    }

    @Override
    public boolean isOpen() {
      return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  /** TLS by the JDK's own sockets, whoever the server says it is. */
  record Tls(SSLSocket socket, byte[] piece) implements Line {

    private static final int PIECE = 64 * 1024;
    private static final SSLContext CONTEXT = context();

    static Tls connect(Endpoint endpoint) throws IOException {
      InetSocketAddress address = (InetSocketAddress) endpoint.address();
      SSLSocket socket =
          (SSLSocket)
              CONTEXT
                  .getSocketFactory()
                  .createSocket(InetAddress.getByName(address.getHostString()), address.getPort());
      socket.setTcpNoDelay(true);
      socket.startHandshake();
      return new Tls(socket, new byte[PIECE]);
    }

    private static SSLContext context() {
      try {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Trusting()}, null);
        return context;
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
      int count = socket.getInputStream().read(piece, 0, Math.min(PIECE, target.remaining()));
      if (count > 0) {
        target.put(piece, 0, count);
      }
      return count;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
      byte[] bytes = new byte[Math.min(PIECE, source.remaining())];
      source.get(bytes);
      socket.getOutputStream().write(bytes);
      return bytes.length;
    }

    @Override
    public void closeInput() throws IOException {
      socket.shutdownOutput();
    }

    @Override
    public boolean isOpen() {
      return !socket.isClosed();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  /** Believes anything: what is measured is our own server on this machine. */
  final class Trusting extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
