import { h, replace } from "./dom.js";
import { notify } from "./dialogs.js";

/** A document as a tree that opens and closes, can be searched and copied. */
export function tree(document) {
  const root = h("div", { class: "tree" });
  const draw = (wanted) => replace(root, branch(document, wanted.toLowerCase(), 0) ?? h("p", { class: "muted" }, "Nothing matches."));
  const filter = h("input", { type: "search", class: "filter", placeholder: "Filter", "aria-label": "Filter the document",
    "aria-keyshortcuts": "/", oninput: () => draw(filter.value.trim()) });
  const all = (open) => root.querySelectorAll("details").forEach((details) => { details.open = open; });
  draw("");
  return h("div", { class: "card padded" },
    h("div", { class: "tools" }, filter,
      h("button", { type: "button", onclick: () => all(true) }, "Open all"),
      h("button", { type: "button", onclick: () => all(false) }, "Close all"),
      h("button", { type: "button", onclick: () => copy(document) }, "Copy")),
    root);
}

async function copy(document) {
  try {
    await navigator.clipboard.writeText(JSON.stringify(document, null, 2));
    notify("Copied.", "good");
  } catch {
    notify("The browser does not let this page use the clipboard.");
  }
}

function branch(value, wanted, depth) {
  if (value === null || typeof value !== "object") {
    return leaf(value);
  }
  const entries = Object.entries(value).filter(([name, child]) => matches(name, child, wanted));
  if (entries.length === 0) {
    return wanted ? undefined : h("span", { class: "muted" }, Array.isArray(value) ? "[ ]" : "{ }");
  }
  return h("ul", {}, entries.map(([name, child]) => entry(name, child, name.toLowerCase().includes(wanted) ? "" : wanted, wanted, depth)));
}

function entry(name, child, wanted, searched, depth) {
  const isBranch = child !== null && typeof child === "object" && Object.keys(child).length > 0;
  if (!isBranch) {
    return h("li", {}, h("span", { class: "name" }, name), " ", branch(child, "", depth));
  }
  return h("li", {}, h("details", { open: depth < 1 || searched !== "" },
    h("summary", {}, h("span", { class: "name" }, name), h("span", { class: "muted" }, ` ${Object.keys(child).length}`)),
    branch(child, wanted, depth + 1)));
}

function matches(name, value, wanted) {
  return !wanted || name.toLowerCase().includes(wanted) || JSON.stringify(value).toLowerCase().includes(wanted);
}

function leaf(value) {
  return h("span", { class: `value ${value === null ? "null" : typeof value}` }, value === "" ? "“”" : String(value));
}
