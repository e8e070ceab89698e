/**
 * What happens, live: one stream of server-sent events for all pages. While nobody looks, it rests,
 * because a browser has few connections to give away; it goes on where it was.
 */

const HISTORY_SECONDS = 3600;
const HISTORY = 2000;
const RETRY_MILLIS = 3000;

const listeners = new Set();
const statusListeners = new Set();
const history = [];
const seen = new Set();
let source;
let last = `${Math.floor(Date.now() / 1000) - HISTORY_SECONDS}`;

/** Everything that is known, oldest first. */
export function past() {
  return history;
}

/** Calls for each event from now on, until the signal ends it. */
export function listen(listener, signal) {
  listeners.add(listener);
  signal.addEventListener("abort", () => listeners.delete(listener));
}

/** Calls `refresh` soon after events of one of these types: once for many of them. */
export function refreshOn(types, refresh, signal) {
  let timer;
  listen((event) => {
    if (types.includes(event.Type)) {
      clearTimeout(timer);
      timer = setTimeout(() => signal.aborted || refresh(), 60);
    }
  }, signal);
}

/** Calls with `live`, `resting` or `reconnecting` whenever that changes. */
export function onStatus(listener) {
  statusListeners.add(listener);
}

/** Begins. */
export function open() {
  document.addEventListener("visibilitychange", () => (document.hidden ? rest() : connect()));
  connect();
}

function rest() {
  source?.close();
  tell("resting");
}

function connect() {
  source?.close();
  const mine = new EventSource(`api/events?since=${last}`);
  source = mine;
  mine.onopen = () => tell("live");
  mine.onmessage = (message) => take(JSON.parse(message.data));
  mine.onerror = () => {
    if (mine !== source || document.hidden) {
      return;
    }
    tell("reconnecting");
    if (mine.readyState === EventSource.CLOSED) {
      setTimeout(() => mine === source && !document.hidden && connect(), RETRY_MILLIS);
    }
  };
}

function take(event) {
  if (!event.Type || !fresh(event)) {
    return;
  }
  history.push(event);
  if (history.length > HISTORY) {
    history.shift();
  }
  listeners.forEach((listener) => listener(event));
}

/** Whether an event is new: a stream that goes on repeats those of its last second. */
function fresh(event) {
  const key = `${event.timeNano} ${event.Action} ${event.Actor?.ID}`;
  if (seen.has(key)) {
    return false;
  }
  seen.add(key);
  if (seen.size > HISTORY) {
    seen.delete(seen.values().next().value);
  }
  last = `${event.time}`;
  return true;
}

function tell(status) {
  statusListeners.forEach((listener) => listener(status));
}
