import { documents, get, part, remove, send } from "../api.js";
import { attempt, confirm, failure, notify } from "../dialogs.js";
import { h, icon, iconButton, replace } from "../dom.js";
import { refreshOn } from "../feed.js";
import { ago, bytes, nameOf, shortId, someOf } from "../format.js";
import { List } from "../list.js";

const NONE = "<none>:<none>";

/** The images that are here, and a way to get more. */
export async function render(root, _, signal) {
  const list = new List({
    label: "images",
    empty: "No image is here. Pull one above.",
    key: (image) => image.Id,
    text: (image) => [...tags(image), image.Id, ...image.users].join(" "),
    columns: [
      { label: "Image", cell: name, class: "wide" },
      { label: "Used by", cell: (image) => h("span", { class: "muted", title: image.users.join("\n") }, someOf(image.users)) },
      { label: "Created", cell: (image) => h("span", { class: "muted" }, image.Created > 0 ? ago(image.Created * 1000) : "–") },
      { label: "Size", cell: (image) => h("span", {}, bytes(image.Size)), class: "number" },
      { label: "Actions", hidden: true, class: "actions", cell: (image) => [
        iconButton("history", `History of ${label(image)}`, () => go(image)),
        iconButton("remove", `Remove ${label(image)}`, (event) => attempt(event.currentTarget, () => removeImage(image)), { "data-action": "Remove" }),
      ] },
    ],
    keys: { Enter: go, Delete: (_image, row) => row.querySelector("[data-action=Remove]").click() },
  });
  const refresh = async () => {
    try {
      const [images, containers] = await Promise.all([get("/images/json", { signal }), get("/containers/json", { query: { all: true }, signal })]);
      images.forEach((image) => { image.users = containers.filter((it) => it.ImageID === image.Id).map(nameOf); });
      list.set(images.sort((one, other) => label(one).localeCompare(label(other))));
    } catch (error) {
      if (!signal.aborted) {
        failure(root, error, () => render(root, _, signal));
      }
    }
  };
  replace(root,
    h("div", { class: "head" }, h("h1", {}, "Images"), list.count, h("span", { class: "grow" }), list.filter),
    pullForm(signal),
    list.node);
  refreshOn(["image", "container"], refresh, signal);
  await refresh();
}

function tags(image) {
  return (image.RepoTags ?? []).filter((tag) => tag !== NONE);
}

function label(image) {
  return tags(image)[0] ?? shortId(image.Id);
}

function name(image) {
  return [
    h("a", { class: "strong", href: `#/images/${encodeURIComponent(image.Id)}` }, label(image)),
    h("div", { class: "muted small" }, h("span", { class: "mono" }, shortId(image.Id)),
      tags(image).slice(1).map((tag) => h("span", { class: "chip" }, tag))),
  ];
}

function go(image) {
  location.hash = `#/images/${encodeURIComponent(image.Id)}`;
}

async function removeImage(image) {
  const names = tags(image);
  const { yes, option } = await confirm({
    title: `Remove ${label(image)}?`,
    text: names.length > 1 ? `It goes with all its names: ${names.join(", ")}.` : "It can be pulled or built again.",
    action: "Remove",
    option: image.users.length > 0 ? "Even though containers use it" : undefined,
  });
  if (yes) {
    for (const it of names.length > 0 ? names : [image.Id]) {
      await remove(`/images/${part(it)}`, { query: { force: option } });
    }
  }
}

function pullForm(signal) {
  const reference = h("input", { type: "text", class: "grow", placeholder: "alpine:latest", "aria-label": "Image to pull", autocomplete: "off", spellcheck: "false" });
  const button = h("button", { type: "submit", class: "primary" }, icon("pull"), "Pull");
  const progress = h("div", { class: "pull", role: "status", hidden: true });
  const form = h("form", { class: "row", onsubmit: (event) => {
    event.preventDefault();
    if (reference.value.trim()) {
      attempt(button, () => pull(reference.value.trim(), progress, signal));
    }
  } }, reference, button);
  return h("div", { class: "card padded" }, form, progress);
}

async function pull(reference, progress, signal) {
  const layers = new Map();
  const status = h("span", { class: "muted" }, `Pulling ${reference}…`);
  progress.hidden = false;
  replace(progress, status);
  try {
    const response = await send("POST", "/images/create", { query: { fromImage: reference, ...(hasTag(reference) ? {} : { tag: "latest" }) }, signal });
    for await (const document of documents(response)) {
      if (document.error) {
        throw new Error(document.error);
      }
      if (document.progressDetail || layers.has(document.id)) {
        layer(layers, document, progress);
      } else if (document.status) {
        status.textContent = document.status;
      }
    }
    notify(`${reference} is here.`, "good");
    progress.hidden = true;
  } catch (error) {
    if (!signal.aborted) {
      replace(progress, h("p", { class: "bad", role: "alert" }, error.message));
    }
  }
}

/** Whether a reference ends in a tag or a digest; a colon before the last slash is a port's. */
function hasTag(reference) {
  return reference.slice(reference.lastIndexOf("/") + 1).includes(":") || reference.includes("@");
}

function layer(layers, { id, status, progressDetail = {} }, progress) {
  let line = layers.get(id);
  if (!line) {
    line = { text: h("span", { class: "muted" }), bar: h("progress", { max: 1, value: 0, "aria-label": `Layer ${id}` }) };
    layers.set(id, line);
    progress.append(h("div", { class: "layer" }, h("span", { class: "mono" }, id), line.text, line.bar));
  }
  line.text.textContent = status;
  const { current, total } = progressDetail;
  if (total > 0) {
    line.bar.value = current / total;
  } else if (/complete|exists/i.test(status)) {
    line.bar.value = 1;
  }
}
