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

