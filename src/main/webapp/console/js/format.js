/** Numbers and times as people read them. */

const UNITS = ["B", "KB", "MB", "GB", "TB", "PB"];

/** A size in decimal units, as docker prints it. */
export function bytes(count) {
  let value = count;
  let unit = 0;
  while (Math.abs(value) >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  const digits = unit === 0 || value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return `${value.toFixed(digits)} ${UNITS[unit]}`;
}

/** How long ago a moment was, given in milliseconds since 1970. */
export function ago(moment) {
  const seconds = Math.max(0, Math.round((Date.now() - moment) / 1000));
  if (seconds < 5) {
    return "just now";
  }
  return `${span(seconds)} ago`;
}

function span(seconds) {
  const steps = [[60, 1, "s"], [3600, 60, "min"], [48 * 3600, 3600, "h"], [60 * 86400, 86400, "d"], [730 * 86400, 30 * 86400, "mo"]];
  for (const [below, unit, name] of steps) {
    if (seconds < below) {
      return `${Math.floor(seconds / unit)} ${name}`;
    }
  }
  return `${Math.floor(seconds / (365 * 86400))} y`;
}

/** The first twelve digits of an id, as docker prints it. */
export function shortId(id) {
  return id.replace(/^sha256:/, "").slice(0, 12);
}

/** A container's name, from a list's document. */
export function nameOf(container) {
  return (container.Names?.[0] ?? shortId(container.Id)).replace(/^\//, "");
}

/** The time of day, in the reader's own zone. */
export function clock(moment) {
  return new Date(moment).toLocaleTimeString([], { hour12: false });
}

/** Published ports, in docker's words. */
export function ports(list) {
  const texts = (list ?? []).map((port) =>
    port.PublicPort ? `${port.PublicPort}→${port.PrivatePort}/${port.Type}` : `${port.PrivatePort}/${port.Type}`);
  return [...new Set(texts)].join(", ");
}

const SOME = 3;

/** The first of many names, and how many there are beside them: a cell has no room for a thousand. */
export function someOf(names) {
  const more = names.length - SOME;
  return names.length === 0 ? "–" : names.slice(0, SOME).join(", ") + (more > 0 ? ` and ${more} more` : "");
}
