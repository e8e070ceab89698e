import uPlot from "../lib/uPlot.esm.js";
import { h } from "./dom.js";

const HEIGHT = 150;
const SECONDS = 90;

/** A small chart of the last minute and a half. */
export class Chart {
  /**
   * @param series `{ label, color }`, the color being a variable of the style sheet
   * @param format makes a text of a value
   * @param least the highest value that the scale has at least
   */
  constructor({ title, series, format, least, signal }) {
    this.series = series;
    this.format = format;
    this.least = least;
    this.data = [[], ...series.map(() => [])];
    this.value = h("span", { class: "strong" });
    this.place = h("div", { class: "plot" });
    this.node = h("section", { class: "card padded chart", "aria-label": title },
      h("div", { class: "row" }, h("h2", { class: "grow" }, title), this.value),
      this.place,
      series.length > 1 && h("div", { class: "legend small muted" }, series.map(({ label, color }) =>
        h("span", { class: `key ${color}` }, label))));
    this.resizing = new ResizeObserver(() => this.plot?.setSize(this.#size()));
    this.resizing.observe(this.place);
    addEventListener("theme", () => this.#draw(), { signal });
    signal.addEventListener("abort", () => {
      this.resizing.disconnect();
      this.plot?.destroy();
    });
  }

  /** Adds values at a moment, in seconds, and a text that says them. */
  add(moment, values, text) {
    this.data[0].push(moment);
    values.forEach((value, index) => this.data[index + 1].push(value));
    if (moment - this.data[0][0] > SECONDS) {
      this.data.forEach((column) => column.shift());
    }
    this.value.textContent = text;
    if (this.plot) {
      this.plot.setData(this.data);
    } else {
      this.#draw();
    }
  }

  #size() {
    return { width: Math.max(this.place.clientWidth, 100), height: HEIGHT };
  }

  #draw() {
    if (!this.place.isConnected) {
      return;
    }
    this.plot?.destroy();
    const style = getComputedStyle(document.documentElement);
    const color = (name) => style.getPropertyValue(`--${name}`).trim();
    const axis = { stroke: color("muted"), grid: { stroke: color("line"), width: 1 }, ticks: { show: false }, font: "11px system-ui" };
    this.plot = new uPlot({
      ...this.#size(),
      legend: { show: false },
      cursor: { show: false },
      scales: { x: { time: true }, y: { range: (_, _low, high) => [0, Math.max(high * 1.1, this.least)] } },
      axes: [
        { ...axis, size: 26, space: 70, values: (_, moments) => moments.map((moment) => new Date(moment * 1000).toLocaleTimeString([], { hour12: false })) },
        { ...axis, size: 62, space: 34, values: (_, values) => values.map(this.format) },
      ],
      series: [{}, ...this.series.map(({ label, color: name }) => ({ label, stroke: color(name), fill: `${color(name)}22`, width: 2, points: { show: false } }))],
    }, this.data, this.place);
  }
}
