package io.sockerless.engine;

import io.sockerless.wire.Headers;

/**
 * The one family of errors that the port throws: a message in Docker's words and the status that
 * Docker gives its kind. One mapper writes them all as {@code {"message": …}}.
 */
public abstract sealed class EngineException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient Headers headers;

  private EngineException(int status, String message, Headers headers) {
    super(message);
    this.status = status;
    this.headers = headers;
  }

  /** The HTTP status of this kind. */
  public int status() {
    return status;
  }

  /** What the message says, never null. */
  public String text() {
    String message = getMessage();
    return message == null ? "" : message;
  }

  /** Header fields that came with the error from behind; none for our own. */
  public Headers headers() {
    return headers;
  }

  /** The same error, said to be of what was attempted. */
  public EngineException within(String attempt) {
    return of(status, attempt + ": " + text(), headers);
  }

  /** The kind that belongs to a status from 400 up. */
  public static EngineException of(int status, String message, Headers headers) {
    return switch (status) {
      case 400 -> new InvalidParameter(message, headers);
      case 403 -> new Forbidden(message, headers);
      case 404 -> new NotFound(message, headers);
      case 409 -> new Conflict(message, headers);
      case 501 -> new NotImplemented(message, headers);
      case 503 -> new Unavailable(message, headers);
      default -> new Failure(status, message, headers);
    };
  }

  /** 400: the request itself is wrong. */
  public static final class InvalidParameter extends EngineException {
    private static final long serialVersionUID = 1L;

    private InvalidParameter(String message, Headers headers) {
      super(400, message, headers);
    }

    /** Says what is wrong. */
    public InvalidParameter(String message) {
      this(message, Headers.empty());
    }
  }

  /** 403: the object is protected. */
  public static final class Forbidden extends EngineException {
    private static final long serialVersionUID = 1L;

    private Forbidden(String message, Headers headers) {
      super(403, message, headers);
    }
  }

  /** 404: there is no such object. */
  public static final class NotFound extends EngineException {
    private static final long serialVersionUID = 1L;

    private NotFound(String message, Headers headers) {
      super(404, message, headers);
    }

    /** Names the kind and the id. */
    public NotFound(String message) {
      this(message, Headers.empty());
    }
  }

  /** 409: the object's state does not allow it. */
  public static final class Conflict extends EngineException {
    private static final long serialVersionUID = 1L;

    private Conflict(String message, Headers headers) {
      super(409, message, headers);
    }
  }

  /** 501: this backend has not what was asked for; the message names the backend and why. */
  public static final class NotImplemented extends EngineException {
    private static final long serialVersionUID = 1L;

    private NotImplemented(String message, Headers headers) {
      super(501, message, headers);
    }

    /** Says what and why. */
    public NotImplemented(String message) {
      this(message, Headers.empty());
    }
  }

  /** 503: what runs the containers cannot be reached, or is not ready for this. */
  public static final class Unavailable extends EngineException {
    private static final long serialVersionUID = 1L;

    private Unavailable(String message, Headers headers) {
      super(503, message, headers);
    }

    /** Says what cannot be reached. */
    public Unavailable(String message) {
      this(message, Headers.empty());
    }
  }

  /** Any other status, 500 first. */
  public static final class Failure extends EngineException {
    private static final long serialVersionUID = 1L;

    private Failure(int status, String message, Headers headers) {
      super(status, message, headers);
    }

    /** An error of the given status. */
    public Failure(int status, String message) {
      this(status, message, Headers.empty());
    }
  }
}
