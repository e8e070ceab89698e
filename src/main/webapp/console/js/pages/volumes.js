import { get, part, post, remove } from "../api.js";
import { attempt, confirm, failure, show } from "../dialogs.js";
import { h, iconButton, replace } from "../dom.js";
import { refreshOn } from "../feed.js";
import { ago, bytes, nameOf, someOf } from "../format.js";
import { List } from "../list.js";
import { tree } from "../tree.js";

/** The volumes, what is in them and who has them. */
export async function render(root, _, signal) {
  const list = new List({
    label: "volumes",
    empty: "No volume is here.",
    key: (volume) => volume.Name,
    text: (volume) => [volume.Name, volume.Driver, ...volume.users].join(" "),
    columns: [
      { label: "Name", class: "wide", cell: (volume) => [h("span", { class: "strong" }, volume.Name), h("div", { class: "muted small" }, volume.Driver)] },
      { label: "Used by", cell: (volume) => h("span", { class: "muted", title: volume.users.join("\n") }, someOf(volume.users)) },
      { label: "Created", cell: (volume) => h("span", { class: "muted" }, volume.CreatedAt ? ago(Date.parse(volume.CreatedAt)) : "–") },
      { label: "Size", class: "number", cell: (volume) => h("span", {}, volume.size >= 0 ? bytes(volume.size) : "–") },
      { label: "Actions", hidden: true, class: "actions", cell: (volume) => [
        iconButton("inspect", `Inspect ${volume.Name}`, () => inspect(volume), { "data-action": "Inspect" }),
        iconButton("remove", `Remove ${volume.Name}`, (event) => attempt(event.currentTarget, () => removeVolume(volume)), { "data-action": "Remove" }),
      ] },
    ],
    keys: { Enter: (volume) => inspect(volume), i: (volume) => inspect(volume), Delete: (_volume, row) => row.querySelector("[data-action=Remove]").click() },
  });
  let sizes = new Map();
  const refresh = async () => {
    try {
      const [{ Volumes: volumes }, containers] = await Promise.all([get("/volumes", { signal }), get("/containers/json", { query: { all: true }, signal })]);
      (volumes ?? []).forEach((volume) => {
        volume.users = containers.filter((it) => (it.Mounts ?? []).some((mount) => mount.Name === volume.Name)).map(nameOf);
      });
      const draw = () => list.set((volumes ?? []).map((volume) => ({ ...volume, size: sizes.get(volume.Name) ?? -1 })));
      draw();
      sizes = await measured(signal);
      draw();
    } catch (error) {
      if (!signal.aborted) {
        failure(root, error, () => render(root, _, signal));
      }
    }
  };
  replace(root,
    h("div", { class: "head" }, h("h1", {}, "Volumes"), list.count, h("span", { class: "grow" }), list.filter),
    createForm(),
    list.node);
  refreshOn(["volume", "container"], refresh, signal);
  await refresh();
}

/** Sizes take their time, so they come behind the list; who may not ask for them does without. */
async function measured(signal) {
  const usage = await get("/system/df", { query: { type: "volume" }, signal }).catch(() => ({}));
  return new Map((usage.Volumes ?? []).map((volume) => [volume.Name, volume.UsageData?.Size ?? -1]));
}

function createForm() {
  const name = h("input", { type: "text", class: "grow", placeholder: "Name of a new volume", "aria-label": "Name of a new volume", autocomplete: "off", spellcheck: "false" });
  const button = h("button", { type: "submit", class: "primary" }, "Create");
  return h("div", { class: "card padded" }, h("form", { class: "row", onsubmit: (event) => {
    event.preventDefault();
    attempt(button, async () => {
      await post("/volumes/create", { body: { Name: name.value.trim() } });
      name.value = "";
    });
  } }, name, button));
}

async function inspect(volume) {
  show(volume.Name, tree(await get(`/volumes/${part(volume.Name)}`)));
}

async function removeVolume(volume) {
  const { yes } = await confirm({ title: `Remove ${volume.Name}?`, text: "What is in it is lost.", action: "Remove" });
  if (yes) {
    await remove(`/volumes/${part(volume.Name)}`);
  }
}
