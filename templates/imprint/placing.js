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

