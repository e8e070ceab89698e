import { h, svg } from "./dom.js";

const ROW = 46;
const HEIGHT = 34;
const MARGIN = 2;
const TONES = 6;
const LETTER_WIDTH = 7;

/** Where things are in a drawing of that width, in pixels: boxes on both sides, lines in the middle. */
function layout(width) {
  const box = Math.min(230, Math.round((width - 2 * MARGIN) * 0.39));
  return { box, left: MARGIN, right: width - MARGIN - box, letters: Math.floor((box - 26) / LETTER_WIDTH) };
}

/**
 * Containers on the left, networks on the right, a line for each that is on one. Each side is
 * ordered by where the other ends of its lines are, so that few of them cross.
 */
export function drawing(networks, width) {
  const used = networks.filter((network) => network.members.length > 0);
  if (used.length === 0) {
    return h("div", { class: "empty" }, "No running container is on a network.");
  }
  const containers = ordered(used);
  const rows = Math.max(containers.length, used.length);
  const at = layout(width);
  const place = (index, count) => ((rows - count) * ROW) / 2 + index * ROW + (ROW - HEIGHT) / 2;
  const left = new Map(containers.map((container, index) => [container.id, place(index, containers.length)]));
  const picture = svg("svg", { width, height: rows * ROW, role: "group", "aria-label": "Who is on what network" });
  used.forEach((network, index) => {
    const y = place(index, used.length);
    network.members.forEach((member) => picture.append(link(network, member, left.get(member.id), y, index, at)));
  });
  containers.forEach((container) => picture.append(containerBox(container, left.get(container.id), at)));
  used.forEach((network, index) => picture.append(networkBox(network, place(index, used.length), index, at)));
  picking(picture);
  return picture;
}

function ordered(networks) {
  const sums = new Map();
  networks.forEach((network, index) => network.members.forEach((member) => {
    const sum = sums.get(member.id) ?? { id: member.id, name: member.name, total: 0, count: 0 };
    sums.set(member.id, { ...sum, total: sum.total + index, count: sum.count + 1 });
  }));
  return [...sums.values()].sort((one, other) => one.total / one.count - other.total / other.count || one.name.localeCompare(other.name));
}

function link(network, member, from, to, index, at) {
  const [x1, y1, x2, y2] = [at.left + at.box, from + HEIGHT / 2, at.right, to + HEIGHT / 2];
  const middle = (x1 + x2) / 2;
  return svg("g", { class: `link-group tone${index % TONES}`, "data-container": member.id, "data-network": network.Id },
    svg("title", {}, `${member.name} is on ${network.Name}${member.address ? ` as ${member.address}` : ""}`),
    svg("path", { class: "link", d: `M${x1} ${y1} C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}` }),
    svg("circle", { class: "dot", cx: x1, cy: y1, r: 3.5 }),
    svg("circle", { class: "dot", cx: x2, cy: y2, r: 3.5 }));
}

function containerBox(container, y, at) {
  return svg("a", { class: "node", href: `#/containers/${container.id}`, "data-container": container.id },
    svg("title", {}, container.name),
    svg("rect", { x: at.left, y, width: at.box, height: HEIGHT, rx: 8 }),
    svg("text", { x: at.left + 12, y: y + 21 }, cut(container.name, at.letters)));
}

function networkBox(network, y, index, at) {
  const x = at.right;
  const subnet = network.IPAM?.Config?.[0]?.Subnet ?? network.Driver;
  return svg("g", { class: `node tone${index % TONES}`, tabindex: "0", role: "img", "data-network": network.Id,
    "aria-label": `${network.Name}: ${network.members.map((member) => member.name).join(", ")}` },
    svg("rect", { x, y, width: at.box, height: HEIGHT, rx: 8 }),
    svg("rect", { class: "edge", x, y: y + 6, width: 4, height: HEIGHT - 12, rx: 2 }),
    svg("text", { x: x + 14, y: y + 15 }, cut(network.Name, at.letters)),
    svg("text", { class: "sub", x: x + 14, y: y + 28 }, cut(subnet, at.letters + 2)));
}

function cut(text, letters) {
  return text.length > letters ? `${text.slice(0, letters - 1)}…` : text;
}

/** Whatever is pointed at, or has the focus, stands out with all that it is joined to. */
function picking(picture) {
  const pick = (node) => {
    const { container, network } = node.dataset;
    const links = [...picture.querySelectorAll(".link-group")].filter((it) =>
      container ? it.dataset.container === container : it.dataset.network === network);
    picture.parentElement.classList.add("picking");
    node.classList.add("picked");
    links.forEach((it) => {
      it.firstElementChild.nextElementSibling.classList.add("picked");
      picture.querySelectorAll(`.node[data-container="${it.dataset.container}"], .node[data-network="${it.dataset.network}"]`)
        .forEach((other) => other.classList.add("picked"));
    });
  };
  const drop = () => {
    picture.parentElement?.classList.remove("picking");
    picture.querySelectorAll(".picked").forEach((it) => it.classList.remove("picked"));
  };
  picture.querySelectorAll(".node").forEach((node) => {
    node.addEventListener("pointerenter", () => { drop(); pick(node); });
    node.addEventListener("focus", () => { drop(); pick(node); });
    node.addEventListener("pointerleave", drop);
    node.addEventListener("blur", drop);
  });
}
