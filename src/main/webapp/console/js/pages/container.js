import { actionsOf } from "../actions.js";
import { get, part } from "../api.js";
import { attempt } from "../dialogs.js";
import { h, icon, replace } from "../dom.js";
import { listen } from "../feed.js";
import { ago, shortId } from "../format.js";
import { tree } from "../tree.js";
import * as logs from "./logs.js";
import * as stats from "./stats.js";
import * as terminal from "./terminal.js";

const TABS = {
  overview: { label: "Overview", icon: "containers", render: overview },
  logs: { label: "Logs", icon: "logs", render: logs.render },
  stats: { label: "Stats", icon: "stats", render: stats.render },
  inspect: { label: "Inspect", icon: "inspect", render: (root, container) => root.append(tree(container)) },
  terminal: { label: "Terminal", icon: "terminal", render: terminal.render },
};

/** One container: what it is, says, uses, and a way in. */
export async function render(root, [id, tab = "overview"], signal) {
  const path = `/containers/${part(id)}/json`;
  const first = await get(path, { signal });
  const head = h("div", {});
  const content = h("div", { class: "content" });
  replace(root, head, content);
  drawHead(head, first, tab);
  document.title = `${first.Name.slice(1)} · Sockerless`;
  const shown = TABS[tab] ?? TABS.overview;
  shown.render(content, first, signal);
  listen(async (event) => {
    if (event.Type !== "container" || event.Actor.ID !== first.Id || event.Action.startsWith("exec_")) {
      return;
    }
    if (event.Action === "destroy") {
      location.hash = "#/containers";
      return;
    }
    const now = await get(path, { signal }).catch(() => undefined);
    if (now && !signal.aborted) {
      drawHead(head, now, tab);
      if (shown === TABS.overview || shown === TABS.inspect) {
        replace(content);
        shown.render(content, now, signal);
      }
    }
  }, signal);
}

function drawHead(head, container, tab) {
  const summary = { Id: container.Id, Names: [container.Name], State: container.State.Status };
  replace(head,
    h("div", { class: "head" },
      h("a", { class: "muted", href: "#/containers" }, "Containers /"),
      h("h1", {}, container.Name.replace(/^\//, "")),
      h("span", { class: `state ${container.State.Status}` }, container.State.Status),
      h("span", { class: "grow" }),
      h("div", { class: "buttons operations" }, actionsOf(summary).map(({ icon: drawing, label, run }) =>
        h("button", { type: "button", "aria-label": label, onclick: (event) => attempt(event.currentTarget, run) }, icon(drawing), h("span", {}, label))))),
    h("nav", { class: "tabs", "aria-label": "Views of the container" }, Object.entries(TABS).map(([name, { label, icon: drawing }]) =>
      h("a", { href: `#/containers/${container.Id}/${name}`, "aria-current": name === tab && "page" }, icon(drawing), label))));
}

function overview(root, container) {
  const { Config: config, State: state, HostConfig: host } = container;
  const command = [container.Path, ...(container.Args ?? [])].join(" ");
  root.append(h("div", { class: "card padded" }, h("dl", { class: "facts" }, [
    fact("Id", h("span", { class: "mono" }, shortId(container.Id))),
    fact("Image", h("a", { href: `#/images/${encodeURIComponent(container.Image)}` }, config.Image)),
    fact("Command", h("span", { class: "mono" }, command)),
    fact("Created", ago(Date.parse(container.Created))),
    state.Running && fact("Started", ago(Date.parse(state.StartedAt))),
    !state.Running && state.Status !== "created" && fact("Ended", `${ago(Date.parse(state.FinishedAt))}, exit code ${state.ExitCode}${state.OOMKilled ? ", out of memory" : ""}`),
    state.Error && fact("Error", state.Error),
    state.Health && fact("Health", state.Health.Status),
    fact("Restart policy", host.RestartPolicy?.Name || "no"),
    fact("Addresses", lines(Object.entries(container.NetworkSettings?.Networks ?? {}).map(([name, network]) => `${name}: ${network.IPAddress || "–"}`))),
    fact("Ports", lines(Object.entries(container.NetworkSettings?.Ports ?? {}).map(([inner, outer]) =>
      outer?.length ? `${outer.map((it) => `${it.HostIp || "*"}:${it.HostPort}`).join(", ")} → ${inner}` : inner))),
    fact("Mounts", lines((container.Mounts ?? []).map((mount) => `${mount.Name ?? mount.Source} → ${mount.Destination}${mount.RW ? "" : " (read-only)"}`))),
    fact("Labels", lines(Object.entries(config.Labels ?? {}).map(([name, value]) => `${name}=${value}`))),
  ].filter(Boolean).flat())));
}

function fact(label, value) {
  return [h("dt", {}, label), h("dd", {}, value)];
}

function lines(texts) {
  return texts.length === 0 ? "–" : h("ul", { class: "plain mono" }, texts.map((text) => h("li", {}, text)));
}
