import { h, replace } from "./dom.js";

/** Asks before something that cannot be undone; answers whether to go on, and what was ticked. */
export function confirm({ title, text, action, option }) {
  return new Promise((resolve) => {
    const tick = option ? h("input", { type: "checkbox" }) : undefined;
    let answer = { yes: false, option: false };
    const dialog = h(
      "dialog",
      { class: "dialog", "aria-labelledby": "dialog-title", onclose: () => { dialog.remove(); resolve(answer); } },
      h("h2", { id: "dialog-title" }, title),
      h("p", {}, text),
      option && h("label", { class: "tick" }, tick, option),
      h("div", { class: "buttons" },
        h("button", { type: "button", autofocus: true, onclick: () => dialog.close() }, "Cancel"),
        h("button", { type: "button", class: "danger", onclick: () => {
          answer = { yes: true, option: tick?.checked ?? false };
          dialog.close();
        } }, action)),
    );
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** Shows something until it is closed. */
export function show(title, ...content) {
  const dialog = h(
    "dialog",
    { class: "dialog wide", "aria-labelledby": "dialog-title", onclose: () => dialog.remove() },
    h("div", { class: "row" },
      h("h2", { id: "dialog-title", class: "grow" }, title),
      h("button", { type: "button", autofocus: true, onclick: () => dialog.close() }, "Close")),
    ...content,
  );
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

const NOTICE_MILLIS = 8000;

/** Says that something went wrong, or well. */
export function notify(text, kind = "error") {
  const notice = h("div", { class: `notice ${kind}` },
    h("span", { class: "grow" }, text),
    h("button", { type: "button", class: "quiet", "aria-label": "Dismiss", onclick: () => notice.remove() }, "×"));
  document.getElementById("notices").append(notice);
  setTimeout(() => notice.remove(), NOTICE_MILLIS);
}

/** Runs what a button stands for; the button rests meanwhile, and what goes wrong is said. */
export async function attempt(button, work) {
  button.disabled = true;
  try {
    await work();
  } catch (error) {
    notify(error.message);
  } finally {
    button.disabled = false;
  }
}

/** In place of what could not be loaded. */
export function failure(root, error, again) {
  replace(root, h("div", { class: "empty", role: "alert" },
    h("p", { class: "strong" }, error.status === 403 ? "You may not see this." : "This could not be loaded."),
    h("p", { class: "muted" }, error.message),
    h("button", { type: "button", onclick: again }, "Try again")));
}
