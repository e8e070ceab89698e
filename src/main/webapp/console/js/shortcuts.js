import { show } from "./dialogs.js";
import { h } from "./dom.js";
import { moveRow } from "./list.js";

const CHORD_MILLIS = 1500;

/** Keys of the whole console; those of a row are its list's. */
export function bindShortcuts(sections, switchTheme) {
  let chord = 0;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) {
      return;
    }
    if (isTyping(event.target)) {
      if (event.key === "Escape" && event.target.matches("input")) {
        event.target.blur();
      }
      return;
    }
    const section = Date.now() - chord < CHORD_MILLIS && sections.find(({ letter }) => letter === event.key);
    chord = event.key === "g" ? Date.now() : 0;
    const act = section ? () => { location.hash = `#/${section.name}`; } : single(event.key, sections, switchTheme);
    if (act && !event.defaultPrevented) {
      event.preventDefault();
      act();
    }
  });
}

function single(key, sections, switchTheme) {
  switch (key) {
    case "?": return () => showHelp(sections);
    case "/": return () => document.querySelector("#main .filter")?.focus();
    case "j": case "ArrowDown": return document.querySelector("#main tbody tr") && (() => moveRow(1));
    case "k": case "ArrowUp": return document.querySelector("#main tbody tr") && (() => moveRow(-1));
    case "d": return switchTheme;
    default: return undefined;
  }
}

function isTyping(target) {
  return target.matches("input:not([type=checkbox]), textarea, select, .xterm *");
}

/** The overlay that tells all keys. */
export function showHelp(sections) {
  const group = (title, keys) => [
    h("h3", {}, title),
    h("dl", { class: "keys" }, keys.map(([key, text]) => [h("dt", {}, key.split(" ").map((it) => h("kbd", {}, it))), h("dd", {}, text)]).flat()),
  ];
  show("Keyboard shortcuts",
    h("div", { class: "columns" },
      h("div", {}, group("Everywhere", [["/", "Filter"], ["j", "Next row"], ["k", "Previous row"], ["Enter", "Open"],
        ["d", "Dark or light"], ["?", "This help"], ["Esc", "Close, or leave a field"]])),
      h("div", {}, group("Go to", sections.map(({ label, letter }) => [`g ${letter}`, label]))),
      h("div", {}, group("On a container", [["l", "Logs"], ["m", "Stats"], ["i", "Inspect"], ["x", "Terminal"],
        ["s", "Start or stop"], ["Delete", "Remove"]]),
        group("In a terminal", [["Shift+Esc", "Leave it"]]))));
}
