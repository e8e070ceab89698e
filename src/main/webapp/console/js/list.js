import { h, replace } from "./dom.js";

/**
 * A table that follows its data: rows that stay the same stay in place, focus included. On a narrow
 * screen each row is a card.
 */
export class List {
  /**
   * @param columns `{ label, cell(item) → node or text, class }`
   * @param key what names an item
   * @param text what the filter searches in
   * @param keys what keys do on a row, `{ key: item → … }`
   */
  constructor({ columns, key, text, empty, keys = {}, label }) {
    this.columns = columns;
    this.key = key;
    this.text = text;
    this.keys = keys;
    this.items = [];
    this.rows = new Map();
    this.body = h("tbody", { onkeydown: (event) => this.#onKey(event) });
    this.table = h("table", { class: "list", "aria-label": label },
      h("thead", {}, h("tr", {}, columns.map((column) =>
        h("th", { scope: "col", class: column.class }, column.hidden ? h("span", { class: "sr" }, column.label) : column.label)))),
      this.body);
    this.empty = h("div", { class: "empty" }, empty);
    this.filter = h("input", { type: "search", class: "filter", placeholder: "Filter", "aria-label": `Filter ${label}`,
      "aria-keyshortcuts": "/", autocomplete: "off", spellcheck: "false", oninput: () => this.#draw() });
    this.count = h("span", { class: "muted count", role: "status" });
    this.node = h("div", { class: "card" }, this.table, this.empty);
  }

  /** Shows these items. */
  set(items) {
    this.items = items;
    this.#draw();
  }

  #draw() {
    const wanted = this.filter.value.trim().toLowerCase();
    const shown = this.items.filter((item) => !wanted || this.text(item).toLowerCase().includes(wanted));
    const kept = new Map();
    shown.forEach((item, index) => {
      const row = this.#row(item);
      kept.set(this.key(item), row);
      if (this.body.children[index] !== row.node) {
        this.body.insertBefore(row.node, this.body.children[index] ?? null);
      }
    });
    while (this.body.children.length > shown.length) {
      this.body.lastElementChild.remove();
    }
    this.rows = kept;
    this.table.hidden = shown.length === 0;
    this.empty.hidden = shown.length > 0;
    this.count.textContent = wanted ? `${shown.length} of ${this.items.length}` : `${this.items.length}`;
  }

  #row(item) {
    const signature = JSON.stringify(item);
    const old = this.rows.get(this.key(item));
    if (old && old.signature === signature) {
      return old;
    }
    const cells = this.columns.map((column) => h("td", { class: column.class, "data-label": column.label }, column.cell(item)));
    if (!old) {
      return { node: h("tr", { tabindex: "-1", "data-key": this.key(item) }, cells), signature, item };
    }
    const focused = [...old.node.querySelectorAll("a, button")].indexOf(document.activeElement);
    replace(old.node, cells);
    if (focused >= 0) {
      (old.node.querySelectorAll("a, button")[focused] ?? old.node).focus();
    }
    return { node: old.node, signature, item };
  }

  #onKey(event) {
    const row = event.target.closest("tr");
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) {
      return;
    }
    const act = this.keys[event.key];
    const item = this.rows.get(row.dataset.key)?.item;
    if (act && item) {
      event.preventDefault();
      act(item, row);
    }
  }
}

/** Moves the focus a row down or up in the page's list. */
export function moveRow(step) {
  const rows = [...document.querySelectorAll("#main tbody tr")];
  const current = rows.indexOf(document.activeElement.closest("tr"));
  const next = current < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(Math.max(current + step, 0), rows.length - 1);
  rows[next]?.focus();
}
