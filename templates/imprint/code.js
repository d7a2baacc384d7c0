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

