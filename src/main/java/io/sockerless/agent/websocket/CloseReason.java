package io.sockerless.agent.websocket;

import java.nio.charset.StandardCharsets;

/**
 * Why an end of the connection closed it.
 *
 * @param code one of RFC 6455, or an application's own from 3000 to 4999; {@link #NONE} if the peer
 *     gave no code
 * @param text for people; may be empty
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6455#section-7.4">RFC 6455, 7.4</a>
 */
public record CloseReason(int code, String text) {

  /** The purpose of the connection is fulfilled. */
  public static final int NORMAL = 1000;

  /** This end stops. */
  public static final int GOING_AWAY = 1001;

  /** The peer broke the protocol. */
  public static final int PROTOCOL_ERROR = 1002;

  /** Stands for a close without a code, and is never sent. */
  public static final int NONE = 1005;

  /** A text message was no UTF-8. */
  public static final int INVALID_DATA = 1007;

  /** The peer may not do what it asked for. */
  public static final int POLICY = 1008;

  /** A message was larger than this end takes. */
  public static final int TOO_BIG = 1009;

  /** This end failed. */
  public static final int INTERNAL_ERROR = 1011;

  private static final int ABNORMAL = 1006;
  private static final int RESERVED = 1004;
  private static final int LAST_REGISTERED = 1014;
  private static final int FIRST_OF_LIBRARIES = 3000;
  private static final int LAST_OF_APPLICATIONS = 4999;

  /** What a control frame takes, less the code. */
  private static final int MAX_TEXT = FrameReader.MAX_CONTROL - 2;

  /** Reads the payload of a close frame. */
  static CloseReason parse(byte[] payload) throws ProtocolFault {
    if (payload.length == 0) {
      return new CloseReason(NONE, "");
    }
    if (payload.length == 1) {
      throw ProtocolFault.protocol("a close with half a code");
    }
    int code = ((payload[0] & 0xff) << 8) | (payload[1] & 0xff);
    if (!mayBeSent(code)) {
      throw ProtocolFault.protocol("a close with the code " + code);
    }
    return new CloseReason(code, Utf8.decode(payload, 2, payload.length - 2));
  }

  /** The payload of a close frame; a text that is too long for one is cut. */
  byte[] payload() {
    if (code == NONE) {
      return new byte[0];
    }
    if (!mayBeSent(code)) {
      throw new IllegalArgumentException("a close with the code " + code);
    }
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    int length = encoded.length > MAX_TEXT ? Utf8.boundary(encoded, MAX_TEXT) : encoded.length;
    byte[] payload = new byte[2 + length];
    payload[0] = (byte) (code >> 8);
    payload[1] = (byte) code;
    System.arraycopy(encoded, 0, payload, 2, length);
    return payload;
  }

  /** Whether a close frame may have this code. */
  static boolean mayBeSent(int code) {
    boolean registered = code >= NORMAL && code <= LAST_REGISTERED;
    boolean reserved = code == RESERVED || code == NONE || code == ABNORMAL;
    boolean ofOthers = code >= FIRST_OF_LIBRARIES && code <= LAST_OF_APPLICATIONS;
    return (registered && !reserved) || ofOthers;
  }
}
