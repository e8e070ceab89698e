import { documents, part, send } from "../api.js";
import { Chart } from "../charts.js";
import { h } from "../dom.js";
import { bytes } from "../format.js";

const percent = (value) => `${value.toFixed(value < 10 ? 1 : 0)} %`;
const rate = (value) => `${bytes(value)}/s`;

/** What a container uses, a value a second. */
export function render(root, container, signal) {
  if (!container.State.Running) {
    root.append(h("div", { class: "card empty" }, "The container does not run, so it uses nothing."));
    return;
  }
  const charts = {
    cpu: new Chart({ title: "Processor", series: [{ label: "CPU", color: "accent" }], format: percent, least: 1, signal }),
    memory: new Chart({ title: "Memory", series: [{ label: "used", color: "violet" }], format: bytes, least: 1000, signal }),
    network: new Chart({ title: "Network", series: [{ label: "received", color: "good" }, { label: "sent", color: "warn" }], format: rate, least: 1000, signal }),
    disk: new Chart({ title: "Disk", series: [{ label: "read", color: "good" }, { label: "written", color: "warn" }], format: rate, least: 1000, signal }),
  };
  const status = h("p", { class: "muted", role: "status" }, "Waiting for the first values…");
  root.append(status, h("div", { class: "charts" }, Object.values(charts).map((chart) => chart.node)));
  follow(container, charts, status, signal);
}

async function follow(container, charts, status, signal) {
  try {
    const response = await send("GET", `/containers/${part(container.Id)}/stats`, { query: { stream: true }, signal });
    let before;
    for await (const now of documents(response)) {
      show(charts, now, before, status);
      before = now;
    }
    status.textContent = "The container has ended.";
  } catch (error) {
    if (!signal.aborted) {
      status.textContent = error.message;
    }
  }
}

function show(charts, now, before, status) {
  const moment = Date.parse(now.read) / 1000;
  if (!(moment > 0)) {
    return;
  }
  const cpu = processor(now);
  charts.cpu.add(moment, [cpu], percent(cpu));
  const used = memory(now.memory_stats);
  charts.memory.add(moment, [used], limit(now.memory_stats, used));
  if (before) {
    const seconds = Math.max(moment - Date.parse(before.read) / 1000, 0.001);
    const rates = (pick) => [0, 1].map((index) => Math.max(0, (pick(now)[index] - pick(before)[index]) / seconds));
    const net = rates(network);
    charts.network.add(moment, net, `↓ ${rate(net[0])}  ↑ ${rate(net[1])}`);
    const io = rates(disk);
    charts.disk.add(moment, io, `${rate(io[0])} read, ${rate(io[1])} written`);
  }
  const processes = now.pids_stats?.current ?? 0;
  status.textContent = processes === 1 ? "1 process" : `${processes} processes`;
}

/** As docker stats has it: the share of one processor. */
function processor({ cpu_stats: now, precpu_stats: before }) {
  const used = now.cpu_usage.total_usage - (before.cpu_usage?.total_usage ?? 0);
  const passed = (now.system_cpu_usage ?? 0) - (before.system_cpu_usage ?? 0);
  const processors = now.online_cpus || now.cpu_usage.percpu_usage?.length || 1;
  return used > 0 && passed > 0 && before.system_cpu_usage ? (used / passed) * processors * 100 : 0;
}

/** Without the page cache, which is given back when somebody needs it. */
function memory({ usage = 0, stats = {} }) {
  const cache = stats.total_inactive_file ?? stats.inactive_file ?? 0;
  return usage > cache ? usage - cache : usage;
}

function limit(stats, used) {
  return stats.limit ? `${bytes(used)} of ${bytes(stats.limit)}` : bytes(used);
}

function network(document) {
  return Object.values(document.networks ?? {}).reduce(([received, sent], it) => [received + it.rx_bytes, sent + it.tx_bytes], [0, 0]);
}

function disk(document) {
  const all = document.blkio_stats?.io_service_bytes_recursive ?? [];
  const sum = (operation) => all.filter((it) => it.op.toLowerCase() === operation).reduce((total, it) => total + it.value, 0);
  return [sum("read"), sum("write")];
}
