import * as feed from "./feed.js";
import { get } from "./api.js";
import { failure } from "./dialogs.js";
import { h, icon, replace } from "./dom.js";
import { bindShortcuts, showHelp } from "./shortcuts.js";

/** The sections, in their order; the letter is the second key of the shortcut `g …`. */
const SECTIONS = [
  { name: "containers", label: "Containers", letter: "c", load: () => import("./pages/containers.js") },
  { name: "images", label: "Images", letter: "i", load: () => import("./pages/images.js") },
  { name: "networks", label: "Networks", letter: "n", load: () => import("./pages/networks.js") },
  { name: "volumes", label: "Volumes", letter: "v", load: () => import("./pages/volumes.js") },
  { name: "events", label: "Events", letter: "e", load: () => import("./pages/events.js") },
  { name: "policy", label: "Policy", letter: "p", load: () => import("./pages/policy.js") },
  { name: "agents", label: "Agents", letter: "a", load: () => import("./pages/agents.js") },
];

/** What one thing is shown by, where its section has more than a list. */
const DETAILS = {
  containers: () => import("./pages/container.js"),
  images: () => import("./pages/image.js"),
};

const FEED_TEXTS = { live: "live", resting: "resting", reconnecting: "reconnecting" };

const main = document.getElementById("main");
let leaving = new AbortController();

async function route() {
  const [name, ...rest] = location.hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent);
  const section = SECTIONS.find((it) => it.name === name);
  if (!section) {
    location.replace("#/containers");
    return;
  }
  leaving.abort();
  leaving = new AbortController();
  const { signal } = leaving;
  mark(section);
  const load = rest.length > 0 && DETAILS[name] ? DETAILS[name] : section.load;
  try {
    const page = await loaded(load);
    if (!signal.aborted) {
      replace(main);
      await page.render(main, rest, signal);
    }
  } catch (error) {
    if (!signal.aborted) {
      failure(main, error, route);
    }
  }
}

/** A module that could not be fetched stays so until the page is loaded anew, which is tried once. */
async function loaded(load) {
  try {
    const page = await load();
    sessionStorage.removeItem("reloaded");
    return page;
  } catch (error) {
    if (sessionStorage.getItem("reloaded")) {
      throw error;
    }
    sessionStorage.setItem("reloaded", "true");
    location.reload();
    return new Promise(() => {});
  }
}

function mark(section) {
  document.title = `${section.label} · Sockerless`;
  for (const link of document.querySelectorAll("#nav a")) {
    if (link.hash === `#/${section.name}`) {
      link.setAttribute("aria-current", "page");
    } else {
      link.removeAttribute("aria-current");
    }
  }
}

function drawFrame() {
  replace(document.getElementById("nav"), SECTIONS.map(({ name, label, letter }) =>
    h("a", { href: `#/${name}`, title: `${label} (g ${letter})` }, icon(name), h("span", {}, label))));
  const theme = document.getElementById("theme");
  theme.addEventListener("click", switchTheme);
  drawTheme();
  const help = document.getElementById("help");
  help.append(icon("help"));
  help.addEventListener("click", () => showHelp(SECTIONS));
  document.querySelector(".skip").addEventListener("click", (event) => {
    event.preventDefault();
    main.focus();
  });
}

function switchTheme() {
  const root = document.documentElement;
  root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
  localStorage.setItem("theme", root.dataset.theme);
  drawTheme();
  dispatchEvent(new Event("theme"));
}

function drawTheme() {
  replace(document.getElementById("theme"), icon(document.documentElement.dataset.theme === "dark" ? "sun" : "moon"));
}

async function drawServer() {
  const place = document.getElementById("server");
  try {
    const { backend, version } = await get("/internal/v1/capabilities");
    place.textContent = `${backend} · ${version}`;
    place.title = `backend ${backend}, version ${version}`;
  } catch {
    place.textContent = "";
  }
}

async function drawUser() {
  const place = document.getElementById("user");
  try {
    const { Name: name, Known: known } = await get("api/identity");
    place.textContent = known ? name : "";
    place.title = known ? `what is done here is done as ${name}` : "";
  } catch {
    place.textContent = "";
  }
}

feed.onStatus((status) => {
  const place = document.getElementById("feed");
  place.textContent = FEED_TEXTS[status];
  place.className = `feed ${status}`;
});

drawFrame();
bindShortcuts(SECTIONS, switchTheme);
addEventListener("hashchange", route);
feed.open();
drawServer();
drawUser();
route();
