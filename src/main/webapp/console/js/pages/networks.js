import { get, part, remove } from "../api.js";
import { attempt, confirm, failure, show } from "../dialogs.js";
import { h, iconButton, replace } from "../dom.js";
import { drawing } from "../drawing.js";
import { refreshOn } from "../feed.js";
import { nameOf, shortId } from "../format.js";
import { List } from "../list.js";
import { tree } from "../tree.js";

/** What the style sheet puts around the drawing, both sides together. */
const PADDING = 24;
const WIDEST = 860;

const BUILT_IN = ["bridge", "host", "none"];

/** Who is on what: as a drawing, and as a list. */
export async function render(root, _, signal) {
  const list = new List({
    label: "networks",
    empty: "No network is here.",
    key: (network) => network.Id,
    text: (network) => [network.Name, network.Driver, ...network.members.map((it) => it.name)].join(" "),
    columns: [
      { label: "Name", cell: (network) => [h("span", { class: "strong" }, network.Name), h("div", { class: "muted small mono" }, shortId(network.Id))], class: "wide" },
      { label: "Driver", cell: (network) => h("span", {}, `${network.Driver}${network.Internal ? ", internal" : ""}`) },
      { label: "Subnet", cell: (network) => h("span", { class: "mono" }, subnets(network) || "–") },
      { label: "Containers", cell: members },
      { label: "Actions", hidden: true, class: "actions", cell: (network) => [
        iconButton("inspect", `Inspect ${network.Name}`, () => inspect(network)),
        !BUILT_IN.includes(network.Name) && iconButton("remove", `Remove ${network.Name}`, (event) => attempt(event.currentTarget, () => removeNetwork(network)), { "data-action": "Remove" }),
      ] },
    ],
    keys: { Enter: (network) => inspect(network), i: (network) => inspect(network), Delete: (_network, row) => row.querySelector("[data-action=Remove]")?.click() },
  });
  const picture = h("div", { class: "card drawing" });
  let shown = [];
  const draw = () => replace(picture, drawing(shown, Math.min(picture.clientWidth - PADDING, WIDEST)));
  const resizing = new ResizeObserver(draw);
  signal.addEventListener("abort", () => resizing.disconnect());
  const refresh = async () => {
    try {
      const [networks, containers] = await Promise.all([get("/networks", { signal }), get("/containers/json", { signal })]);
      networks.forEach((network) => { network.members = on(network, containers); });
      networks.sort((one, other) => other.members.length - one.members.length || one.Name.localeCompare(other.Name));
      list.set(networks);
      shown = networks;
      draw();
    } catch (error) {
      if (!signal.aborted) {
        failure(root, error, () => render(root, _, signal));
      }
    }
  };
  replace(root,
    h("div", { class: "head" }, h("h1", {}, "Networks"), list.count, h("span", { class: "grow" }), list.filter),
    picture, list.node);
  resizing.observe(picture);
  refreshOn(["network", "container"], refresh, signal);
  await refresh();
}

function on(network, containers) {
  return containers.flatMap((container) =>
    Object.entries(container.NetworkSettings?.Networks ?? {})
      .filter(([name, endpoint]) => endpoint.NetworkID === network.Id || name === network.Name)
      .map(([, endpoint]) => ({ id: container.Id, name: nameOf(container), address: endpoint.IPAddress ?? "" })))
    .sort((one, other) => one.name.localeCompare(other.name));
}

function subnets(network) {
  return (network.IPAM?.Config ?? []).map((config) => config.Subnet).filter(Boolean).join(", ");
}

function members(network) {
  return network.members.length === 0
    ? h("span", { class: "muted" }, "–")
    : h("ul", { class: "plain" }, network.members.map((member) =>
      h("li", {}, h("a", { href: `#/containers/${member.id}` }, member.name), " ", h("span", { class: "muted mono" }, member.address))));
}

async function inspect(network) {
  show(network.Name, tree(await get(`/networks/${part(network.Id)}`)));
}

async function removeNetwork(network) {
  const { yes } = await confirm({ title: `Remove ${network.Name}?`, text: "Containers cannot find each other by it any more.", action: "Remove" });
  if (yes) {
    await remove(`/networks/${part(network.Id)}`);
  }
}
