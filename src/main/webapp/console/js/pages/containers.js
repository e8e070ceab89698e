import { actionsOf } from "../actions.js";
import { get } from "../api.js";
import { attempt, failure } from "../dialogs.js";
import { h, iconButton, replace } from "../dom.js";
import { refreshOn } from "../feed.js";
import { ago, nameOf, ports, shortId } from "../format.js";
import { List } from "../list.js";

const PROJECT = "com.docker.compose.project";

/** All containers, live. */
export async function render(root, _, signal) {
  const list = new List({
    label: "containers",
    empty: "No container is here. One that you start, anywhere, appears by itself.",
    key: (container) => container.Id,
    text: (container) => [nameOf(container), container.Image, container.State, container.Id, container.Status, container.Labels?.[PROJECT]].join(" "),
    columns: [
      { label: "Name", cell: name, class: "wide" },
      { label: "State", cell: state },
      { label: "Ports", cell: (container) => h("span", { class: "mono" }, ports(container.Ports) || "–") },
      { label: "Created", cell: (container) => h("span", { class: "muted" }, ago(container.Created * 1000)) },
      { label: "Actions", hidden: true, cell: actions, class: "actions" },
    ],
    keys: {
      Enter: (container) => go(container),
      l: (container) => go(container, "logs"),
      m: (container) => go(container, "stats"),
      i: (container) => go(container, "inspect"),
      x: (container) => go(container, "terminal"),
      s: (_container, row) => (row.querySelector("[data-action=Start]") ?? row.querySelector("[data-action=Stop]"))?.click(),
      Delete: (_container, row) => row.querySelector("[data-action=Remove]").click(),
    },
  });
  const only = h("input", { type: "checkbox", onchange: () => refresh() });
  const refresh = async () => {
    try {
      const containers = await get("/containers/json", { query: { all: !only.checked }, signal });
      list.set(containers.sort((one, other) => other.Created - one.Created));
    } catch (error) {
      if (!signal.aborted) {
        failure(root, error, () => render(root, _, signal));
      }
    }
  };
  replace(root,
    h("div", { class: "head" }, h("h1", {}, "Containers"), list.count, h("span", { class: "grow" }),
      h("label", { class: "tick" }, only, "Running only"), list.filter),
    list.node);
  refreshOn(["container", "network"], refresh, signal);
  await refresh();
}

function name(container) {
  const project = container.Labels?.[PROJECT];
  return [
    h("a", { class: "strong", href: `#/containers/${container.Id}` }, nameOf(container)),
    h("div", { class: "muted small" }, container.Image.startsWith("sha256:") ? shortId(container.Image) : container.Image,
      project && h("span", { class: "chip" }, project)),
  ];
}

function state(container) {
  return [h("span", { class: `state ${container.State}` }, container.State), h("div", { class: "muted small" }, container.Status)];
}

function actions(container) {
  return [
    iconButton("logs", `Logs of ${nameOf(container)}`, () => go(container, "logs")),
    container.State === "running" && iconButton("terminal", `Terminal in ${nameOf(container)}`, () => go(container, "terminal")),
    ...actionsOf(container).filter(({ label }) => ["Start", "Stop", "Kill", "Resume", "Remove"].includes(label)).map(({ icon, label, run }) =>
      iconButton(icon, `${label} ${nameOf(container)}`, (event) => attempt(event.currentTarget, run), { "data-action": label })),
  ];
}

function go(container, tab) {
  location.hash = `#/containers/${container.Id}${tab ? `/${tab}` : ""}`;
}
