import "./styles.js";
import { Terminal } from "../lib/xterm.js";
import { FitAddon } from "../lib/xterm-addon-fit.js";

const MESSAGE = 16 * 1024;

const THEME = {
  background: "#0b0f14",
  foreground: "#dbe3ee",
  cursor: "#5aaaff",
  selectionBackground: "#2b4a6f",
};

/**
 * A command in a container, in `root` until the signal ends it.
 *
 * @param onEnd called with how it ended, once the command or the connection has
 */
export function openTerminal(root, { container, command, user, onEnd, signal }) {
  const terminal = new Terminal({ fontSize: 13, scrollback: 5000, theme: THEME,
    fontFamily: "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace", cursorBlink: true });
  const fit = new FitAddon();
  terminal.loadAddon(fit);
  terminal.open(root);
  fit.fit();
  const socket = connect(terminal, container, command, user);
  let ending = { text: "The connection broke.", good: false };
  socket.onmessage = ({ data }) => {
    if (typeof data === "string") {
      ending = how(JSON.parse(data));
    } else {
      terminal.write(new Uint8Array(data));
    }
  };
  const resizing = new ResizeObserver(() => fit.fit());
  resizing.observe(root);
  socket.onclose = () => {
    resizing.disconnect();
    if (!signal.aborted) {
      terminal.options.cursorBlink = false;
      terminal.options.disableStdin = true;
      onEnd(ending);
    }
  };
  signal.addEventListener("abort", () => {
    socket.close(1000);
    terminal.dispose();
  });
  terminal.focus();
  return terminal;
}

function connect(terminal, container, command, user) {
  const query = new URLSearchParams({ columns: terminal.cols, rows: terminal.rows });
  command.forEach((word) => query.append("cmd", word));
  if (user) {
    query.set("user", user);
  }
  const socket = new WebSocket(new URL(`api/containers/${encodeURIComponent(container)}/terminal?${query}`, location.href).href.replace(/^http/, "ws"));
  socket.binaryType = "arraybuffer";
  const send = (data) => socket.readyState === WebSocket.OPEN && socket.send(data);
  const encoder = new TextEncoder();
  terminal.onData((text) => chunks(encoder.encode(text)).forEach(send));
  terminal.onBinary((text) => send(Uint8Array.from(text, (character) => character.charCodeAt(0))));
  terminal.onResize(({ cols, rows }) => send(JSON.stringify({ columns: cols, rows })));
  return socket;
}

/** What is pasted may be larger than a message. */
function chunks(bytes) {
  return Array.from({ length: Math.ceil(bytes.length / MESSAGE) }, (_, index) => bytes.subarray(index * MESSAGE, (index + 1) * MESSAGE));
}

function how(document) {
  if (document.message !== undefined) {
    return { text: document.message, good: false };
  }
  return { text: `The command has ended with exit code ${document.ExitCode}.`, good: document.ExitCode === 0 };
}
