// The imprint of an office, filled in here and added to the sheet as an incremental update of its PDF. Nothing leaves the browser:
// the sheet, its slot and the font are fetched, and what is typed goes into the file alone.
// It does what cardguide/pdf/imprints.py, truetype.py and updates.py do: keep them alike.
const MM = 72 / 25.4, LEADING = 1.25, ASCENT = 0.88, GAP = 3 * MM, LARGEST_CODE = 24 * MM;
const BORDER = 4, SMALLEST_MODULE = 0.4 * MM, FONT = "FI", FACE = "BIZ-UDPGothic";
const TABLES = ["glyf", "head", "hhea", "hmtx", "loca", "maxp"];

// ---- bytes
const latin = (text) => Uint8Array.from(text, (sign) => sign.charCodeAt(0));
const joined = (parts) => {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let place = 0;
  for (const part of parts) {
    whole.set(part, place);
    place += part.length;
  }
  return whole;
};
const deflated = async (bytes) =>
  new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate"))).arrayBuffer());
const number = (value, digits = 3) =>
  (Math.sign(value) * (Math.floor(Math.abs(value) * 10 ** digits + 0.5) / 10 ** digits)).toFixed(digits).replace(/\.?0+$/, "").replace(/^-0$/, "0");
const numbers = (values, digits = 3) => values.map((value) => number(value, digits)).join(" ");
const hexadecimal = (value, width = 4) => value.toString(16).padStart(width, "0");
const units = (text) => Array.from({ length: text.length }, (_, index) => hexadecimal(text.charCodeAt(index))).join("");
const string = (words) => `<FEFF${units(words).toUpperCase()}>`;
const literal = (address) => `(${address.replace(/[\\()]/g, "\\$&")})`;

// ---- the font
class Typeface {
  constructor(buffer) {
    this.bytes = new Uint8Array(buffer);
    this.view = new DataView(buffer);
    this.tables = {};
    for (let index = 0; index < this.view.getUint16(4); index += 1) {
      const record = 12 + 16 * index;
      this.tables[String.fromCharCode(...this.bytes.subarray(record, record + 4))] = [this.view.getUint32(record + 8), this.view.getUint32(record + 12)];
    }
    this.units = this.view.getUint16(this.tables.head[0] + 18);
    this.full = this.view.getUint16(this.tables.hhea[0] + 34);
    this.glyphs = this.characters();
  }

  characters() {
    const [start] = this.tables.cmap;
    const found = new Map();
    for (let index = 0; index < this.view.getUint16(start + 2); index += 1) {
      const table = start + this.view.getUint32(start + 8 + 8 * index);
      if (this.view.getUint16(table) !== 12) continue;
      for (let group = 0; group < this.view.getUint32(table + 12); group += 1) {
        const [first, last, glyph] = [0, 4, 8].map((offset) => this.view.getUint32(table + 16 + 12 * group + offset));
        for (let code = first; code <= last; code += 1) found.set(code, glyph + code - first);
      }
      return found;
    }
    return found;
  }

  advance(glyph) {
    return this.view.getUint16(this.tables.hmtx[0] + 4 * Math.min(glyph, this.full - 1));
  }

  bearing(glyph) {
    const [start] = this.tables.hmtx;
    return this.view.getInt16(glyph < this.full ? start + 4 * glyph + 2 : start + 4 * this.full + 2 * (glyph - this.full));
  }

  width(text, size) {
    return Array.from(text).reduce((sum, sign) => sum + this.advance(this.glyphs.get(sign.codePointAt(0))), 0) * size / this.units;
  }

  missing(text) {
    return Array.from(text).filter((sign) => !this.glyphs.has(sign.codePointAt(0)));
  }

  place(glyph) {
    const [start] = this.tables.loca;
    const isLong = this.view.getInt16(this.tables.head[0] + 50) === 1;
    return isLong ? this.view.getUint32(start + 4 * glyph) : 2 * this.view.getUint16(start + 2 * glyph);
  }

  outline(glyph) {
    const [start] = this.tables.glyf;
    const outline = this.bytes.subarray(start + this.place(glyph), start + this.place(glyph + 1));
    if (outline.length === 0) return outline;
    const instructions = 10 + 2 * ((outline[0] << 8) | outline[1]);
    const length = (outline[instructions] << 8) | outline[instructions + 1];
    const bare = joined([outline.subarray(0, instructions), new Uint8Array(2), outline.subarray(instructions + 2 + length)]);
    return joined([bare, new Uint8Array((4 - (bare.length % 4)) % 4)]);
  }

  table(tag) {
    const [start, length] = this.tables[tag];
    return this.bytes.slice(start, start + length);
  }

  slice(glyphs) {
    const outlines = glyphs.map((glyph) => this.outline(glyph));
    const [head, hhea, maxp] = ["head", "hhea", "maxp"].map((tag) => this.table(tag));
    const [metrics, loca] = [new Uint8Array(4 * glyphs.length), new Uint8Array(4 * glyphs.length + 4)];
    new DataView(head.buffer).setUint32(8, 0);
    new DataView(head.buffer).setInt16(50, 1);
    new DataView(hhea.buffer).setUint16(34, glyphs.length);
    new DataView(maxp.buffer).setUint16(4, glyphs.length);
    let place = 0;
    glyphs.forEach((glyph, index) => {
      new DataView(metrics.buffer).setUint16(4 * index, this.advance(glyph));
      new DataView(metrics.buffer).setInt16(4 * index + 2, this.bearing(glyph));
      place += outlines[index].length;
      new DataView(loca.buffer).setUint32(4 * index + 4, place);
    });
    return bound({ glyf: joined(outlines), head, hhea, hmtx: metrics, loca, maxp });
  }
}

const checksum = (bytes) => {
  const padded = joined([bytes, new Uint8Array((4 - (bytes.length % 4)) % 4)]);
  const view = new DataView(padded.buffer);
  let sum = 0;
  for (let place = 0; place < padded.length; place += 4) sum = (sum + view.getUint32(place)) >>> 0;
  return sum;
};

const bound = (tables) => {
  const header = new Uint8Array(12 + 16 * TABLES.length);
  const view = new DataView(header.buffer);
  const power = 2 ** Math.floor(Math.log2(TABLES.length));
  view.setUint32(0, 0x10000);
  [TABLES.length, 16 * power, Math.log2(power), 16 * (TABLES.length - power)].forEach((value, index) => view.setUint16(4 + 2 * index, value));
  const bodies = [];
  let place = header.length;
  TABLES.forEach((tag, index) => {
    const content = tables[tag];
    header.set(latin(tag), 12 + 16 * index);
    [checksum(content), place, content.length].forEach((value, field) => view.setUint32(16 + 16 * index + 4 * field, value));
    bodies.push(content, new Uint8Array((4 - (content.length % 4)) % 4));
    place += content.length + bodies.at(-1).length;
  });
  const font = joined([header, ...bodies]);
  new DataView(font.buffer).setUint32(view.getUint32(16 + 16 + 4) + 8, (0xb1b0afba - checksum(font)) >>> 0);
  return font;
};

