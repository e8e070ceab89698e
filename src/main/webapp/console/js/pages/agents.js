import { get } from "../api.js";
import { failure } from "../dialogs.js";
import { h, replace } from "../dom.js";
import { refreshOn } from "../feed.js";
import { shortId } from "../format.js";
import { List } from "../list.js";

const REFRESH_MILLIS = 3000;

/** The agents of containers that run elsewhere. */
export async function render(root, _, signal) {
  const list = new List({
    label: "agents",
    empty: "No container here has an agent. One that is created with the label sockerless.agent=reverse waits for its own.",
    key: (agent) => agent.Container,
    text: (agent) => `${agent.Name} ${agent.Mode} ${agent.State} ${agent.Container}`,
    columns: [
      { label: "Container", class: "wide", cell: (agent) => [h("a", { class: "strong", href: `#/containers/${agent.Container}` }, agent.Name),
        h("div", { class: "muted small mono" }, shortId(agent.Container))] },
      { label: "Agent", cell: (agent) => h("span", { class: `state ${agent.Connected ? "connected" : ""}` }, agent.Connected ? "connected" : "not connected") },
      { label: "Who calls", cell: (agent) => h("span", {}, agent.Mode === "forward" ? "the server" : "the agent") },
      { label: "Container is", cell: (agent) => h("span", { class: `state ${agent.State}` }, agent.State) },
    ],
    keys: { Enter: (agent) => { location.hash = `#/containers/${agent.Container}`; } },
  });
  const refresh = async () => {
    try {
      list.set(await get("api/agents", { signal }));
    } catch (error) {
      if (!signal.aborted) {
        clearInterval(timer);
        failure(root, error, () => render(root, _, signal));
      }
    }
  };
  replace(root, h("div", { class: "head" }, h("h1", {}, "Agents"), list.count, h("span", { class: "grow" }), list.filter), list.node);
  // An agent that comes or goes is no event of Docker's.
  const timer = setInterval(() => document.hidden || refresh(), REFRESH_MILLIS);
  signal.addEventListener("abort", () => clearInterval(timer));
  refreshOn(["container"], refresh, signal);
  await refresh();
}
