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

// ---- the code: bytes, correction M, versions 1 to 6, which need no version of their own in the pattern
const VERSIONS = [[16, 10, 1], [28, 16, 1], [44, 26, 1], [32, 18, 2], [43, 24, 2], [27, 16, 4]]; // data and correction of a block, blocks
const MASKS = [
  (row, column) => (row + column) % 2, (row) => row % 2, (_, column) => column % 3, (row, column) => (row + column) % 3,
  (row, column) => (Math.floor(row / 2) + Math.floor(column / 3)) % 2, (row, column) => ((row * column) % 2) + ((row * column) % 3),
  (row, column) => (((row * column) % 2) + ((row * column) % 3)) % 2, (row, column) => (((row + column) % 2) + ((row * column) % 3)) % 2,
];
const EXPONENTS = [1];
while (EXPONENTS.length < 255) EXPONENTS.push((EXPONENTS.at(-1) << 1) ^ (EXPONENTS.at(-1) & 0x80 ? 0x11d : 0));
const product = (one, other) => (one && other ? EXPONENTS[(EXPONENTS.indexOf(one) + EXPONENTS.indexOf(other)) % 255] : 0);

const correction = (data, count) => {
  let generator = [1];
  for (let index = 0; index < count; index += 1) {
    generator = [...generator, 0].map((value, place) => value ^ product(place ? generator[place - 1] : 0, EXPONENTS[index]));
  }
  const rest = [...data, ...Array(count).fill(0)];
  data.forEach((_, index) => {
    const factor = rest[index];
    generator.forEach((value, place) => { rest[index + place] ^= product(value, factor); });
  });
  return rest.slice(-count);
};

const codewords = (bytes, [size, count, blocks]) => {
  const bits = [0b0100].map((mode) => mode.toString(2).padStart(4, "0"));
  bits.push(bytes.length.toString(2).padStart(8, "0"), ...Array.from(bytes, (byte) => byte.toString(2).padStart(8, "0")), "0000");
  const text = bits.join("").slice(0, 8 * size * blocks);
  const data = text.padEnd(8 * Math.ceil(text.length / 8), "0").match(/.{8}/g).map((byte) => parseInt(byte, 2));
  for (let index = 0; data.length < size * blocks; index += 1) data.push(index % 2 ? 0x11 : 0xec);
  const parts = Array.from({ length: blocks }, (_, block) => data.slice(block * size, (block + 1) * size));
  const corrections = parts.map((part) => correction(part, count));
  const woven = (rows) => rows[0].flatMap((_, column) => rows.map((row) => row[column]));
  return [...woven(parts), ...woven(corrections)];
};

const penalty = (cells) => {
  const size = cells.length;
  const lines = [...cells, ...cells.map((_, column) => cells.map((row) => row[column]))].map((line) => line.join(""));
  let sum = 0;
  for (const line of lines) {
    for (const run of line.match(/0+|1+/g)) if (run.length >= 5) sum += run.length - 2;
    for (let place = 0; place < size; place += 1) if (/^(10111010000|00001011101)/.test(line.slice(place, place + 11))) sum += 40;
  }
  for (let row = 1; row < size; row += 1) {
    for (let column = 1; column < size; column += 1) {
      const four = cells[row][column] + cells[row - 1][column] + cells[row][column - 1] + cells[row - 1][column - 1];
      if (four % 4 === 0) sum += 3;
    }
  }
  const dark = cells.flat().reduce((total, cell) => total + cell, 0) / size ** 2;
  return sum + 10 * Math.floor(Math.abs(dark * 100 - 50) / 5);
};

const formatBits = (mask) => {
  let rest = mask << 10;
  for (let bit = 4; bit >= 0; bit -= 1) if (rest & (1 << (bit + 10))) rest ^= 0x537 << bit;
  return ((mask << 10) | rest) ^ 0x5412;
};

export const drawCode = (address) => {
  const bytes = new TextEncoder().encode(address);
  const version = VERSIONS.findIndex(([size, , blocks]) => bytes.length + 2 <= size * blocks);
  if (version < 0) return null;
  const size = 21 + 4 * version;
  const fixed = Array.from({ length: size }, () => Array(size).fill(null));
  const square = (top, left, side, draw) => {
    for (let row = 0; row < side; row += 1) for (let column = 0; column < side; column += 1) {
      if (fixed[top + row]?.[left + column] !== undefined) fixed[top + row][left + column] = draw(Math.max(Math.abs(row - (side - 1) / 2), Math.abs(column - (side - 1) / 2)));
    }
  };
  for (const [top, left] of [[-1, -1], [-1, size - 8], [size - 8, -1]]) square(top, left, 9, (ring) => Number(ring !== 2 && ring !== 4));
  if (version) square(size - 9, size - 9, 5, (ring) => Number(ring !== 1));
  for (let index = 8; index < size - 8; index += 1) fixed[6][index] = fixed[index][6] = Number(index % 2 === 0);
  const places = Array.from({ length: 15 }, (_, bit) => [
    bit < 6 ? [bit, 8] : bit < 8 ? [bit + 1, 8] : bit === 8 ? [8, 7] : [8, 14 - bit],
    bit < 8 ? [8, size - 1 - bit] : [size - 15 + bit, 8],
  ]);
  for (const [one, other] of places) for (const [row, column] of [one, other]) fixed[row][column] = 0;
  fixed[size - 8][8] = 1;
  const stream = codewords(bytes, VERSIONS[version]).map((word) => word.toString(2).padStart(8, "0")).join("");
  const order = [];
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; step += 1) {
      const row = ((right + 1) & 2) === 0 ? size - 1 - step : step;
      for (const column of [right, right - 1]) if (fixed[row][column] === null) order.push([row, column]);
    }
  }
  const drawn = MASKS.map((mask, index) => {
    const cells = fixed.map((row) => [...row]);
    order.forEach(([row, column], place) => { cells[row][column] = Number(stream[place] ?? 0) ^ Number(mask(row, column) === 0); });
    const format = formatBits(index);
    places.forEach((pair, bit) => pair.forEach(([row, column]) => { cells[row][column] = (format >> bit) & 1; }));
    return cells;
  });
  return drawn.reduce((best, cells) => (penalty(cells) < penalty(best) ? cells : best));
};

// ---- the lines in the slot
export class Misfit extends Error {
  constructor(rule, text, millimetres = 0) {
    super(`${rule}: ${text}`);
    Object.assign(this, { rule, text, millimetres });
  }
}

const broken = (face, line, size, space) => {
  const pieces = [""];
  for (const sign of line.address ? line.text : "") {
    if (face.width(pieces.at(-1) + sign, size) > space) pieces.push("");
    pieces[pieces.length - 1] += sign;
  }
  return pieces.map((piece) => ({ ...line, text: piece || line.text, size, width: face.width(piece || line.text, size) }));
};

const placed = (face, slot, lines, right) => {
  const [left, bottom, , top] = slot.area;
  const space = right - left;
  const sized = lines.flatMap((line) => broken(face, line, line.isName && face.width(line.text, slot.name_size) <= space ? slot.name_size : slot.text_size, space));
  const rows = [];
  let used = 0;
  for (const line of sized) {
    if (rows.length === 0 || line.startsRow || used + GAP + line.width > space) {
      rows.push([]);
      used = 0;
    }
    used += line.width + (rows.at(-1).length ? GAP : 0);
    rows.at(-1).push(line);
  }
  let y = top;
  for (const row of rows) {
    const height = Math.max(...row.map((line) => line.size)) * LEADING;
    let x = left;
    for (const line of row) {
      if (x + line.width > right) throw new Misfit("wide", line.text, (x + line.width - right) / MM);
      Object.assign(line, { x, y: y - (height / LEADING) * ASCENT });
      x += line.width + GAP;
    }
    y -= height;
  }
  if (y < bottom) throw new Misfit("high", lines.at(-1).text, (bottom - y) / MM);
  return sized;
};

const placedCode = (slot, code) => {
  const [, bottom, right, top] = slot.area;
  const size = Math.min(LARGEST_CODE, top - bottom);
  const modules = drawCode(code.address);
  if (!modules || size < SMALLEST_MODULE * (modules.length + 2 * BORDER)) throw new Misfit("code", code.address);
  return { ...code, size, left: right - size, bottom, modules };
};

// ---- the update
// Lengthened until its end cannot be taken for a line end; never by a zero, which leaves the last byte of the checksum as it is.
const stream = async (bytes, isFont = false) => {
  let content = bytes;
  let packed = await deflated(content);
  while ([10, 13].includes(packed.at(-1))) {
    content = joined([content, Uint8Array.of(10)]);
    packed = await deflated(content);
  }
  const own = isFont ? ` /Length1 ${content.length}` : "";
  return joined([latin(`<< /Filter /FlateDecode /Length ${packed.length}${own} >>\nstream\n`), packed, latin("\nendstream")]);
};

const unicodeMap = (signs) => {
  let blocks = "";
  for (let start = 0; start < signs.length; start += 100) {
    const part = signs.slice(start, start + 100);
    blocks += `${part.length} beginbfchar\n${part.map((sign, index) => `<${hexadecimal(start + index + 1)}> <${units(sign)}>\n`).join("")}endbfchar\n`;
  }
  return "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
    + "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
    + `${blocks}endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n`;
};

const squares = (modules) => modules.flatMap((row, top) => Array.from(row.join("").matchAll(/1+/g), (run) => `${run.index + BORDER} ${top + BORDER} ${run[0].length} 1 re\n`)).join("");

const createObjects = async (slot, face, lines, code) => {
  const objects = new Map();
  const [marks, kids, links] = [[], [], []];
  let next = slot.size;
  const add = (content) => {
    objects.set(next, typeof content === "string" ? latin(content) : content);
    next += 1;
    return next - 1;
  };
  const element = (kind, parent, more) => `<< /Type /StructElem /S /${kind} /P ${parent} /Pg ${slot.page} ${more} >>`;
  const signs = Array.from(new Set(lines.flatMap((line) => Array.from(line.text)))).sort((one, other) => one.codePointAt(0) - other.codePointAt(0));
  const glyphs = [0, ...signs.map((sign) => face.glyphs.get(sign.codePointAt(0)))];
  const name = `IMPRNT+${FACE}`;
  const font = next;
  add(`<< /Type /Font /Subtype /Type0 /BaseFont /${name} /Encoding /Identity-H /DescendantFonts [ ${font + 1} 0 R ] /ToUnicode ${font + 4} 0 R >>`);
  add(`<< /Type /Font /Subtype /CIDFontType2 /BaseFont /${name} /CIDToGIDMap /Identity /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> `
    + `/DW 1000 /W [ 0 [ ${glyphs.map((glyph) => number((face.advance(glyph) * 1000) / face.units)).join(" ")} ] ] /FontDescriptor ${font + 2} 0 R >>`);
  add(`<< /Type /FontDescriptor /FontName /${name} /Flags 4 /FontBBox [ 0 -246 1000 880 ] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 /FontFile2 ${font + 3} 0 R >>`);
  add(await stream(face.slice(glyphs), true));
  add(await stream(latin(unicodeMap(signs))));
  const drawing = lines.map((line) => {
    const mark = slot.mark + marks.length;
    const paragraph = next;
    if (line.address) {
      const [link, annotation] = [next + 1, next + 2];
      add(element("P", slot.element, `/Lang (${line.lang}) /K [ ${link} 0 R ]`));
      add(element("Link", `${paragraph} 0 R`, `/K [ ${mark} << /Type /OBJR /Obj ${annotation} 0 R >> ]`));
      const edges = [line.x, line.y - 0.2 * line.size, line.x + line.width, line.y + 0.9 * line.size];
      add(`<< /Type /Annot /Subtype /Link /Rect [ ${numbers(edges)} ] /Border [ 0 0 0 ] /F 4 /Contents ${string(line.label)} `
        + `/StructParent ${slot.key + links.length} /A << /S /URI /URI ${literal(line.address)} >> >>`);
      links.push([annotation, link]);
      marks.push(link);
    } else {
      add(element("P", slot.element, `/Lang (${line.lang}) /K [ ${mark} ]`));
      marks.push(paragraph);
    }
    kids.push(paragraph);
    const codes = Array.from(line.text, (sign) => hexadecimal(signs.indexOf(sign) + 1).toUpperCase()).join("");
    return `/P <</MCID ${mark}>> BDC\nq BT /${FONT} ${number(line.size)} Tf 0 0 0 rg ${number(line.x)} ${number(line.y)} Td <${codes}> Tj ET Q\nEMC\n`;
  });
  if (code) {
    const mark = slot.mark + marks.length;
    const edges = [code.left, code.bottom, code.left + code.size, code.bottom + code.size];
    const figure = add(element("Figure", slot.element, `/Lang (${code.lang}) /Alt ${string(code.label)} /A << /O /Layout /BBox [ ${numbers(edges)} ] >> /K [ ${mark} ]`));
    marks.push(figure);
    kids.push(figure);
    const side = code.size / (code.modules.length + 2 * BORDER);
    drawing.push(`/Figure <</MCID ${mark}>> BDC\nq ${numbers([side, 0, 0, -side, code.left, code.bottom + code.size], 5)} cm 0 0 0 rg\n${squares(code.modules)}f Q\nEMC\n`);
  }
  const list = (part, added) => latin(`[ ${[part.content, ...added.map((each) => `${each} 0 R`)].join(" ")} ]`);
  objects.set(slot.content, await stream(latin(drawing.join(""))));
  objects.set(slot.fonts.number, latin(`<< ${slot.fonts.content} /${FONT} ${font} 0 R >>`));
  objects.set(slot.kids.number, list(slot.kids, kids));
  objects.set(slot.marks.number, list(slot.marks, marks));
  if (links.length) {
    objects.set(slot.annotations.number, list(slot.annotations, links.map(([annotation]) => annotation)));
    objects.set(slot.tree.number, latin(`[ ${slot.tree.content} ${links.map(([, link], index) => `${slot.key + index} ${link} 0 R`).join(" ")} ]`));
  }
  return objects;
};

const appended = (base, objects, slot) => {
  const parts = [base];
  let length = base.length;
  const push = (bytes) => {
    parts.push(bytes);
    length += bytes.length;
  };
  if (base.at(-1) !== 10) push(latin("\n"));
  const places = new Map();
  for (const key of Array.from(objects.keys()).sort((one, other) => one - other)) {
    places.set(key, length);
    push(joined([latin(`${key} 0 obj\n`), objects.get(key), latin("\nendobj\n")]));
  }
  const table = Math.max(slot.size, ...objects.keys()) + 1;
  const start = length;
  places.set(table, start);
  const keys = Array.from(places.keys()).sort((one, other) => one - other);
  const rows = new Uint8Array(6 * keys.length);
  const ranges = [];
  keys.forEach((key, index) => {
    rows[6 * index] = 1;
    new DataView(rows.buffer).setUint32(6 * index + 1, places.get(key));
    if (ranges.length && ranges.at(-1)[0] + ranges.at(-1)[1] === key) ranges.at(-1)[1] += 1;
    else ranges.push([key, 1]);
  });
  const changed = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => hexadecimal(byte, 2)).join("");
  push(latin(`${table} 0 obj\n<< /Type /XRef /Size ${table + 1} /Root ${slot.root} /Info ${slot.info} /ID [ <${slot.identifier}> <${changed}> ] `
    + `/Prev ${slot.start} /W [ 1 4 1 ] /Index [ ${ranges.flat().join(" ")} ] /Length ${rows.length} >>\nstream\n`));
  push(rows);
  push(latin(`\nendstream\nendobj\nstartxref\n${start}\n%%EOF\n`));
  return joined(parts);
};

export const imprint = async (base, slot, buffer, lines, code) => {
  const face = new Typeface(buffer);
  for (const line of lines) {
    const [missing] = face.missing(line.text);
    if (missing) throw new Misfit("missing", missing);
  }
  const drawn = code ? placedCode(slot, code) : null;
  const set = placed(face, slot, lines, drawn ? drawn.left - GAP / 2 : slot.area[2]);
  return appended(base, await createObjects(slot, face, set, drawn), slot);
};

// ---- the page
const linesOf = (values, locales, original) => {
  const tagOf = (field, tag) => (values[`${field}_${tag}`] ? tag : original);
  const spoken = (field, startsRow) =>
    Array.from(new Set(locales.map((tag) => tagOf(field, tag))))
      .filter((tag) => values[`${field}_${tag}`])
      .map((tag, index) => ({ lang: tag, text: values[`${field}_${tag}`], startsRow: startsRow || index > 0 }));
  const names = spoken("name", true).map((line) => ({ ...line, isName: true }));
  const door = values[`name_${original}`];
  if (door && !names.some((line) => line.lang === original)) names.push({ lang: original, text: door, startsRow: false });
  const { phone, url } = values;
  const lines = [...names, ...spoken("address", true)];
  if (phone) lines.push({ lang: locales[0], text: phone, startsRow: true, address: `tel:${phone.replace(/[^+\d]/g, "")}`, label: phone });
  lines.push(...spoken("hours", !phone));
  if (url) lines.push({ lang: locales[0], text: url, startsRow: true, address: url, label: names[0].text });
  return { lines, code: url ? { lang: names[0].lang, address: url, label: names[0].text } : null };
};

const start = (box) => {
  const choices = JSON.parse(box.dataset.imprint);
  const [form, status, result] = ["form", "[role=status]", ".imprint__result"].map((each) => box.querySelector(each));
  const root = new URL("..", import.meta.url);
  const loaded = new Map();
  const load = (path) => {
    if (!loaded.has(path)) {
      const wanted = fetch(new URL(path, root)).then((answer) => (answer.ok ? answer.arrayBuffer() : Promise.reject(new Error(path))));
      wanted.catch(() => loaded.delete(path));
      loaded.set(path, wanted);
    }
    return loaded.get(path);
  };
  const say = (word, values = {}) => { status.textContent = choices.words[word].replace(/\{(\w+)\}/g, (_, key) => values[key]); };

  const make = async () => {
    const values = Object.fromEntries(Array.from(new FormData(form), ([key, value]) => [key, value.trim()]));
    const sheet = choices.sheets[Number(values.sheet)];
    const { lines, code } = linesOf(values, sheet.locales, choices.original);
    result.replaceChildren();
    say("working");
    try {
      const [pdf, slot, font] = await Promise.all([sheet.path, sheet.slot, choices.font].map(load));
      const file = await imprint(new Uint8Array(pdf), JSON.parse(new TextDecoder().decode(slot)), font, lines, code);
      const link = Object.assign(document.createElement("a"), {
        href: URL.createObjectURL(new Blob([file], { type: "application/pdf" })), className: "button", target: "_blank",
        textContent: choices.words.open.replace("{size}", Math.ceil(file.length / 1000)),
      });
      result.append(link);
      say("done");
      link.focus();
    } catch (error) {
      if (error instanceof Misfit) say(error.rule, { text: error.text, millimetres: error.millimetres.toFixed(1) });
      else say("failed");
    }
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    make();
  });
  form.addEventListener("focusin", () => [choices.font, choices.sheets[0].path, choices.sheets[0].slot].forEach((path) => load(path).catch(() => undefined)), { once: true });
  form.hidden = false;
};

for (const box of document.querySelectorAll("[data-imprint]")) start(box);
