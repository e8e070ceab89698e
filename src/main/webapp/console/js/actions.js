import { part, post, remove } from "./api.js";
import { confirm } from "./dialogs.js";
import { nameOf } from "./format.js";

/** What can be done with a container in a state; each asks first where something would be lost. */
export function actionsOf(container) {
  const state = container.State;
  const runs = state === "running" || state === "paused" || state === "restarting";
  return [
    !runs && { icon: "start", label: "Start", run: () => operate(container, "start") },
    runs && { icon: "stop", label: "Stop", run: () => asking(container, "Stop", "It gets its stop signal, and is killed if it has not ended in time.", "stop") },
    runs && { icon: "restart", label: "Restart", run: () => asking(container, "Restart", "It is stopped, then started.", "restart") },
    state === "running" && { icon: "pause", label: "Pause", run: () => operate(container, "pause") },
    state === "paused" && { icon: "start", label: "Resume", run: () => operate(container, "unpause") },
    runs && { icon: "kill", label: "Kill", run: () => asking(container, "Kill", "It ends at once, with no chance to clean up.", "kill") },
    { icon: "remove", label: "Remove", run: () => removeContainer(container, runs) },
  ].filter(Boolean);
}

function operate(container, operation) {
  return post(`/containers/${part(container.Id)}/${operation}`);
}

async function asking(container, label, text, operation) {
  const { yes } = await confirm({ title: `${label} ${nameOf(container)}?`, text, action: label });
  if (yes) {
    await operate(container, operation);
  }
}

async function removeContainer(container, runs) {
  const { yes, option } = await confirm({
    title: `Remove ${nameOf(container)}?`,
    text: runs ? "It runs: it is killed first. Its files are lost." : "Its files are lost.",
    action: "Remove",
    option: "Remove its anonymous volumes too",
  });
  if (yes) {
    await remove(`/containers/${part(container.Id)}`, { query: { force: runs, v: option } });
  }
}
