import { h, replace } from "../dom.js";
import { listen, past } from "../feed.js";
import { clock, shortId } from "../format.js";
import { tree } from "../tree.js";

const SHOWN = 500;
const TYPES = ["container", "image", "network", "volume"];
const GOOD = /^(create|start|unpause|pull|connect|health_status: healthy)/;
const BAD = /^(die|kill|oom|destroy|delete|health_status: unhealthy)/;

/** What happened in the last hour and happens now, the newest first. */
export function render(root, _, signal) {
  const hidden = new Set();
  const timeline = h("ol", { class: "timeline" });
  const empty = h("div", { class: "empty" }, "Nothing happened in the last hour. What happens appears here by itself.");
  const filter = h("input", { type: "search", class: "filter", placeholder: "Filter", "aria-label": "Filter events", "aria-keyshortcuts": "/", oninput: () => draw() });
  const fits = (event) => !hidden.has(event.Type) && (!filter.value || text(event).toLowerCase().includes(filter.value.trim().toLowerCase()));
  const draw = () => {
    replace(timeline, past().filter(fits).slice(-SHOWN).reverse().map((event) => entry(event, false)));
    empty.hidden = timeline.childElementCount > 0;
  };
  const chips = TYPES.map((type) => {
    const chip = h("button", { type: "button", class: "chip", "aria-pressed": "true", onclick: () => {
      const on = chip.getAttribute("aria-pressed") !== "true";
      chip.setAttribute("aria-pressed", `${on}`);
      on ? hidden.delete(type) : hidden.add(type);
      draw();
    } }, `${type}s`);
    return chip;
  });
  replace(root,
    h("div", { class: "head" }, h("h1", {}, "Events"), h("span", { class: "grow" }), chips, filter),
    h("div", { class: "card" }, timeline, empty));
  draw();
  listen((event) => {
    if (fits(event)) {
      timeline.prepend(entry(event, true));
      empty.hidden = true;
      while (timeline.childElementCount > SHOWN) {
        timeline.lastElementChild.remove();
      }
    }
  }, signal);
}

function text(event) {
  return `${event.Type} ${event.Action} ${who(event)} ${event.Actor?.ID}`;
}

function who(event) {
  const attributes = event.Actor?.Attributes ?? {};
  return attributes.name ?? shortId(event.Actor?.ID ?? "");
}

function entry(event, isNew) {
  const kind = GOOD.test(event.Action) ? "good" : BAD.test(event.Action) ? "bad" : "";
  const moment = event.time * 1000;
  const code = event.Actor?.Attributes?.exitCode;
  return h("li", { class: `${kind}${isNew ? " new" : ""}` },
    h("time", { datetime: new Date(moment).toISOString(), title: new Date(moment).toLocaleString() }, clock(moment)),
    details(event,
      h("span", { class: "muted" }, `${event.Type} `), h("span", { class: "strong" }, who(event)), ` ${event.Action}`,
      code !== undefined && h("span", { class: "chip" }, `exit code ${code}`)));
}

/** The event's own document is made when somebody opens it. */
function details(event, ...summary) {
  const node = h("details", {}, h("summary", {}, ...summary));
  node.addEventListener("toggle", () => node.append(tree(event)), { once: true });
  return node;
}
