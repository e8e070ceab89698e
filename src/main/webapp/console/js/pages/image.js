import { get, part } from "../api.js";
import { h, replace } from "../dom.js";
import { ago, bytes, shortId } from "../format.js";
import { List } from "../list.js";
import { tree } from "../tree.js";

/** One image: how it came to be, and its document. */
export async function render(root, [id], signal) {
  const [image, history] = await Promise.all([get(`/images/${part(id)}/json`, { signal }), get(`/images/${part(id)}/history`, { signal })]);
  const list = new List({
    label: "history",
    empty: "No step is known.",
    key: (step) => `${step.index}`,
    text: (step) => step.CreatedBy,
    columns: [
      { label: "Step", cell: (step) => h("span", { class: "mono" }, step.CreatedBy || step.Comment || "–"), class: "wide" },
      { label: "Created", cell: (step) => h("span", { class: "muted" }, step.Created > 0 ? ago(step.Created * 1000) : "–") },
      { label: "Size", cell: (step) => h("span", {}, bytes(step.Size)), class: "number" },
    ],
  });
  list.set(history.map((step, index) => ({ ...step, index })));
  const name = image.RepoTags?.[0] ?? shortId(image.Id);
  document.title = `${name} · Sockerless`;
  replace(root,
    h("div", { class: "head" }, h("a", { class: "muted", href: "#/images" }, "Images /"), h("h1", {}, name),
      h("span", { class: "muted" }, `${bytes(image.Size)}, ${image.Os}/${image.Architecture}`)),
    h("h2", { class: "over" }, "History"), list.node,
    h("h2", { class: "over" }, "Document"), tree(image));
}
