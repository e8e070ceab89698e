import { part, pieces, send } from "../api.js";
import { h } from "../dom.js";
import { LogReader } from "../frames.js";

const MAX_LINES = 5000;
const TAIL = 1000;
const ESCAPES = /\u001b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\-_])/g;
const STAMPED = /^(\d{4}-\d\d-\d\dT\S+) ?(.*)$/s;

/** What a container wrote, and writes: standard error is told from standard output by a mark and a colour. */
export function render(root, container, signal) {
  const box = h("div", { class: "log card times", role: "log", "aria-live": "off", "aria-label": "Log", tabindex: "0" });
  const status = h("span", { class: "muted", role: "status" });
  const follow = toggle("Follow", true, (on) => on && toEnd(box));
  const filter = h("input", { type: "search", class: "filter", placeholder: "Filter", "aria-label": "Filter lines", "aria-keyshortcuts": "/",
    oninput: () => [...box.children].forEach((line) => hideUnless(line, filter.value)) });
  root.append(
    h("div", { class: "tools" }, filter,
      toggle("stdout", true, (on) => box.classList.toggle("no-stdout", !on)).label,
      toggle("stderr", true, (on) => box.classList.toggle("no-stderr", !on)).label,
      toggle("Times", true, (on) => box.classList.toggle("times", on)).label,
      toggle("Wrap", false, (on) => box.classList.toggle("wrap", on)).label,
      follow.label, h("span", { class: "grow" }), status),
    box);
  box.addEventListener("scroll", () => { follow.input.checked = isAtEnd(box); });
  const writer = new Writer(box, follow.input, filter);
  read(container, writer, status, signal);
}

async function read(container, writer, status, signal) {
  const reader = new LogReader(!container.Config.Tty, (channel, text) => writer.add(channel, text));
  try {
    status.textContent = "following";
    const response = await send("GET", `/containers/${part(container.Id)}/logs`, {
      query: { stdout: 1, stderr: 1, follow: 1, timestamps: 1, tail: TAIL }, signal });
    for await (const piece of pieces(response)) {
      reader.push(piece);
    }
    reader.end();
    status.textContent = "ended";
  } catch (error) {
    if (!signal.aborted) {
      status.textContent = error.message;
    }
  }
}

/** Adds lines once a frame, however fast they come, and forgets the oldest. */
class Writer {
  constructor(box, follow, filter) {
    this.box = box;
    this.follow = follow;
    this.filter = filter;
    this.waiting = [];
  }

  add(channel, text) {
    this.waiting.push(line(channel, text));
    if (this.waiting.length === 1) {
      requestAnimationFrame(() => this.#flush());
    }
  }

  #flush() {
    const lines = this.waiting.slice(-MAX_LINES);
    this.waiting = [];
    if (this.filter.value) {
      lines.forEach((it) => hideUnless(it, this.filter.value));
    }
    this.box.append(...lines);
    while (this.box.childElementCount > MAX_LINES) {
      this.box.firstElementChild.remove();
    }
    if (this.follow.checked) {
      toEnd(this.box);
    }
  }
}

function line(channel, text) {
  const [, stamp, rest] = STAMPED.exec(text) ?? [undefined, "", text];
  const shown = rest.replace(/\r$/, "").replace(/^.*\r/, "").replace(ESCAPES, "");
  return h("div", { class: `line ${channel}` },
    h("time", { datetime: stamp, title: stamp }, stamp.slice(11, 23)),
    channel === "stderr" ? h("span", { class: "mark", title: "standard error" }, "err") : h("span", { class: "mark", "aria-hidden": "true" }, ""),
    h("span", { class: "text" }, shown));
}

function hideUnless(node, wanted) {
  node.hidden = wanted !== "" && !node.lastElementChild.textContent.toLowerCase().includes(wanted.toLowerCase());
}

function toggle(text, checked, onchange) {
  const input = h("input", { type: "checkbox", checked, onchange: () => onchange(input.checked) });
  return { input, label: h("label", { class: "tick" }, input, text) };
}

function isAtEnd(box) {
  return box.scrollHeight - box.scrollTop - box.clientHeight < 24;
}

function toEnd(box) {
  box.scrollTop = box.scrollHeight;
}
