/**
 * Takes Docker's multiplexed stream apart: a byte for the channel, three of padding, four for the
 * length, then as many bytes.
 */

const HEAD = 8;
const CHANNELS = ["stdin", "stdout", "stderr"];

/** Finds the lines of each channel, whatever the pieces that they come in. */
export class LogReader {
  /**
   * @param framed false for a terminal's log, which is raw
   * @param line is called with the channel and the text of each line
   */
  constructor(framed, line) {
    this.framed = framed;
    this.line = line;
    this.bytes = new Uint8Array(0);
    this.channels = {};
  }

  /** Takes the next piece. */
  push(piece) {
    if (!this.framed) {
      this.#text("stdout", piece);
      return;
    }
    this.bytes = joined(this.bytes, piece);
    let position = 0;
    while (this.bytes.length - position >= HEAD) {
      const length = new DataView(this.bytes.buffer, this.bytes.byteOffset + position).getUint32(4);
      const end = position + HEAD + length;
      if (end > this.bytes.length) {
        break;
      }
      this.#text(CHANNELS[this.bytes[position]] ?? "stdout", this.bytes.subarray(position + HEAD, end));
      position = end;
    }
    this.bytes = this.bytes.slice(position);
  }

  #text(name, bytes) {
    const channel = (this.channels[name] ??= { decoder: new TextDecoder(), rest: "" });
    const lines = (channel.rest + channel.decoder.decode(bytes, { stream: true })).split("\n");
    channel.rest = lines.pop();
    lines.forEach((text) => this.line(name, text));
  }

  /** What stands behind the last newline. */
  end() {
    for (const [name, channel] of Object.entries(this.channels)) {
      if (channel.rest) {
        this.line(name, channel.rest);
      }
    }
  }
}

function joined(first, second) {
  const all = new Uint8Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}
