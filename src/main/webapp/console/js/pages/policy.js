import { get } from "../api.js";
import { failure } from "../dialogs.js";
import { h, replace } from "../dom.js";
import { clock } from "../format.js";
import { List } from "../list.js";

const REFRESH_MILLIS = 3000;
const REFUSED = ["deny", "would-deny"];
const KINDS = { allow: "allow", deny: "deny", "would-deny": "audit", learn: "audit" };

/** What the policy decided, the newest first. */
export async function render(root, _, signal) {
  const list = new List({
    label: "decisions",
    empty: "Nothing was decided lately.",
    key: (entry) => entry.id,
    text: (entry) => [entry.identity, entry.operation, entry.target, entry.decision, entry.rule, entry.reason].join(" "),
    columns: [
      { label: "Operation", class: "wide", cell: (entry) => [h("span", { class: "strong" }, entry.operation),
        h("div", { class: "muted small mono" }, entry.target ?? "")] },
      { label: "Decision", cell: (entry) => h("span", { class: `state ${KINDS[entry.decision] ?? ""}` }, entry.decision) },
      { label: "Why", cell: (entry) => h("span", { class: "muted" }, entry.reason ?? entry.rule ?? "–") },
      { label: "Who", cell: (entry) => h("span", {}, entry.identity) },
      { label: "Time", cell: (entry) => h("time", { class: "muted", datetime: entry.time, title: entry.time }, clock(Date.parse(entry.time))) },
    ],
  });
  const refused = h("input", { type: "checkbox", checked: true, onchange: () => refresh() });
  const whose = h("p", { class: "muted small" });
  const refresh = async () => {
    try {
      const state = await get("api/decisions", { signal });
      if (!state.Policy || !state.Recorded) {
        clearInterval(timer);
        replace(root, h("div", { class: "head" }, h("h1", {}, "Policy")), absent(state));
        return;
      }
      whose.textContent = state.All ? "Everybody's requests." : "Your own requests; those of others are for whom sockerless.console.auditors names.";
      list.set(state.Decisions.filter((entry) => !refused.checked || REFUSED.includes(entry.decision)));
    } catch (error) {
      if (!signal.aborted) {
        clearInterval(timer);
        failure(root, error, () => render(root, _, signal));
      }
    }
  };
  replace(root,
    h("div", { class: "head" }, h("h1", {}, "Policy"), list.count, h("span", { class: "grow" }),
      h("label", { class: "tick" }, refused, "Refused only"), list.filter),
    list.node, whose);
  const timer = setInterval(() => document.hidden || refresh(), REFRESH_MILLIS);
  signal.addEventListener("abort", () => clearInterval(timer));
  await refresh();
}

function absent(state) {
  return h("div", { class: "card empty" }, state.Policy
    ? [h("p", { class: "strong" }, "Decisions are not recorded."), h("p", {}, "Set sockerless.audit.file to see them here.")]
    : [h("p", { class: "strong" }, "No policy is configured."), h("p", {}, "Everybody who reaches this server may do everything. Set sockerless.policy.file to change that.")]);
}
