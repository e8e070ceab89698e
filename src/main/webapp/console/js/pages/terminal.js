import { h, replace } from "../dom.js";
import { openTerminal } from "../term.js";

const SHELLS = ["sh", "bash", "ash", "zsh"];

/** A shell in a running container. */
export function render(root, container, signal) {
  if (!container.State.Running) {
    root.append(h("div", { class: "card empty" }, "The container does not run, so there is nothing to enter."));
    return;
  }
  const shells = h("datalist", { id: "shells" }, SHELLS.map((shell) => h("option", { value: shell })));
  const command = h("input", { type: "text", value: "sh", list: "shells", "aria-label": "Command", autocomplete: "off", spellcheck: "false" });
  const user = h("input", { type: "text", placeholder: container.Config.User || "user", "aria-label": "User", autocomplete: "off", spellcheck: "false" });
  const button = h("button", { type: "submit" }, "Connect");
  const status = h("span", { class: "muted", role: "status" });
  const screen = h("div", { class: "shell", role: "group", "aria-label": "Terminal" });
  const form = h("form", { class: "tools", onsubmit: (event) => { event.preventDefault(); toggle(); } },
    command, shells, user, button, status);
  root.append(form, screen);

  let connection;
  const toggle = () => (connection ? disconnect("Disconnected.") : connect());
  const connect = () => {
    connection = new AbortController();
    replace(screen);
    status.textContent = "Shift+Esc leaves the terminal";
    status.className = "muted";
    button.textContent = "Disconnect";
    const terminal = openTerminal(screen, {
      container: container.Id,
      command: words(command.value),
      user: user.value.trim(),
      signal: AbortSignal.any([signal, connection.signal]),
      onEnd: ({ text, good }) => ended(text, good),
    });
    terminal.attachCustomKeyEventHandler((event) => {
      if (event.shiftKey && event.key === "Escape") {
        button.focus();
        return false;
      }
      return true;
    });
  };
  const disconnect = (text) => {
    connection.abort();
    ended(text, true);
  };
  const ended = (text, good) => {
    connection = undefined;
    status.textContent = text;
    status.className = good ? "muted" : "bad";
    button.textContent = "Connect again";
    button.focus();
  };
  connect();
}

/** The words of a command line, quotes and all. */
function words(line) {
  const found = [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2] ?? match[3]);
  return found.length > 0 ? found : ["sh"];
}
