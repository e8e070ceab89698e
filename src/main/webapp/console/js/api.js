/** The server, by its own API: the page's origin is the edge, which serves Docker's paths. */

/** Where it serves them to a browser that has logged in to the console, and to this page alone. */
const ENGINE = "engine";

const RETRY_MILLIS = 400;

/** What the server refused, in its own words. */
export class ApiError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/**
 * Sends a request, and waits for the head of its answer.
 *
 * @throws ApiError for a status from 400 up
 */
export async function send(method, path, { query = {}, body, signal } = {}) {
  const parameters = new URLSearchParams(query).toString();
  const response = await reach(address(path) + (parameters ? `?${parameters}` : ""), {
    method,
    signal,
    headers: body ? { "Content-Type": "application/json" } : {},
    body: body ? JSON.stringify(body) : undefined,
  }, method === "GET");
  if (response.status >= 400) {
    throw new ApiError(response.status, await reason(response));
  }
  return response;
}

function address(path) {
  return path.startsWith("/") ? ENGINE + path : path;
}

/**
 * A browser gives up what it has just begun when a network interface comes or goes, as those of
 * containers do on its own machine: so what can be asked twice is.
 */
async function reach(url, options, again) {
  try {
    return await fetch(url, options);
  } catch (error) {
    if (options.signal?.aborted) {
      throw error;
    }
    if (!again) {
      throw new ApiError(0, "The server does not answer.");
    }
    await new Promise((resolve) => setTimeout(resolve, RETRY_MILLIS));
    return reach(url, options, false);
  }
}

/** A document. */
export async function get(path, options) {
  return (await send("GET", path, options)).json();
}

/** An operation, whose answer is not wanted. */
export async function post(path, options) {
  await (await send("POST", path, options)).arrayBuffer();
}

/** Removes something. */
export async function remove(path, options) {
  await (await send("DELETE", path, options)).arrayBuffer();
}

/** The pieces of a body, as they come. */
export async function* pieces(response) {
  const reader = response.body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        return;
      }
      yield value;
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

/** The documents of a body that has one a line. */
export async function* documents(response) {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const piece of pieces(response)) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split("\n");
    rest = lines.pop();
    for (const line of lines) {
      if (line.trim()) {
        yield JSON.parse(line);
      }
    }
  }
  if (rest.trim()) {
    yield JSON.parse(rest);
  }
}

/** A part of a path. */
export function part(text) {
  return encodeURIComponent(text);
}

async function reason(response) {
  const text = await response.text();
  try {
    return JSON.parse(text).message || text;
  } catch {
    return text || `${response.status} ${response.statusText}`;
  }
}
