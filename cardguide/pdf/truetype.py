"""The least of a TrueType font: the glyphs of some words as a font program of their own, in well under a millisecond.

What an office adds to a sheet is set with it, here and in the browser. The fonts of the sheets have no composite
glyphs and no kerning, so the table of widths alone sets a line exactly.
"""

import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

TABLES = ("glyf", "head", "hhea", "hmtx", "loca", "maxp")
CHECKSUM_BASE = 0xB1B0AFBA
LONG_OFFSETS = 1
ALL_OF_UNICODE = 12


@dataclass(frozen=True, kw_only=True)
class Typeface:
    """A font file, read where it is asked."""

    name: str
    content: bytes

    @cached_property
    def tables(self) -> Mapping[str, bytes]:
        """Return the tables by tag."""
        count = struct.unpack_from(">H", self.content, 4)[0]
        records = (struct.unpack_from(">4sLLL", self.content, 12 + 16 * index) for index in range(count))
        return {
            tag.decode("latin-1"): self.content[start : start + length] for tag, _, start, length in records
        }

    @cached_property
    def glyphs(self) -> Mapping[int, int]:
        """Return the number of the glyph of each code point."""
        table = self.tables["cmap"]
        count = struct.unpack_from(">H", table, 2)[0]
        subtables = (struct.unpack_from(">HHL", table, 4 + 8 * index) for index in range(count))
        start = next(
            start for *_, start in subtables if struct.unpack_from(">H", table, start)[0] == ALL_OF_UNICODE
        )
        groups = struct.unpack_from(">L", table, start + 12)[0]
        found: dict[int, int] = {}
        for first, last, glyph in struct.iter_unpack(">LLL", table[start + 16 : start + 16 + 12 * groups]):
            found |= {code: glyph + code - first for code in range(first, last + 1)}
        return found

    @cached_property
    def units(self) -> int:
        """Return the units of an em."""
        return int(struct.unpack_from(">H", self.tables["head"], 18)[0])

    @cached_property
    def metrics(self) -> Sequence[tuple[int, int]]:
        """Return the width and the left bearing of each glyph."""
        table, full = self.tables["hmtx"], struct.unpack_from(">H", self.tables["hhea"], 34)[0]
        metrics = list(struct.iter_unpack(">Hh", table[: 4 * full]))
        bearings = struct.iter_unpack(">h", table[4 * full :])
        return [*metrics, *((metrics[-1][0], bearing) for (bearing,) in bearings)]

    @cached_property
    def advances(self) -> Mapping[str, int]:
        """Return the width of each character."""
        return {chr(code): self.metrics[glyph][0] for code, glyph in self.glyphs.items()}

    @cached_property
    def places(self) -> Sequence[int]:
        """Return where each glyph begins in its table."""
        is_long = struct.unpack_from(">h", self.tables["head"], 50)[0] == LONG_OFFSETS
        size = 4 if is_long else 2
        offsets = struct.unpack(
            f">{len(self.tables['loca']) // size}{'L' if is_long else 'H'}", self.tables["loca"]
        )
        return offsets if is_long else [2 * offset for offset in offsets]

    def width(self, text: str, size: float) -> float:
        """Return how wide a text is at a size."""
        return sum(map(self.advances.__getitem__, text)) * size / self.units

    def missing(self, text: str) -> str:
        """Return the characters of a text that the font cannot draw."""
        return "".join(dict.fromkeys(sign for sign in text if ord(sign) not in self.glyphs))

    def outline(self, glyph: int) -> bytes:
        """Return the outline of a glyph without its instructions, which need programs that are left out."""
        start, end = self.places[glyph], self.places[glyph + 1]
        outline = self.tables["glyf"][start:end]
        if not outline:
            return b""
        contours = struct.unpack_from(">h", outline)[0]
        if contours < 0:
            raise ValueError(f"glyph {glyph} of {self.name} is made of others")
        place = 10 + 2 * contours
        length = struct.unpack_from(">H", outline, place)[0]
        bare = outline[:place] + b"\0\0" + outline[place + 2 + length :]
        return bare + b"\0" * (-len(bare) % 4)

    def slice(self, glyphs: Sequence[int]) -> bytes:
        """Return a font program of these glyphs, numbered in their order; the first must be glyph 0."""
        outlines = [self.outline(glyph) for glyph in glyphs]
        places = [0]
        for outline in outlines:
            places.append(places[-1] + len(outline))
        head, hhea, maxp = (bytearray(self.tables[tag]) for tag in ("head", "hhea", "maxp"))
        struct.pack_into(">L", head, 8, 0)
        struct.pack_into(">h", head, 50, LONG_OFFSETS)
        struct.pack_into(">H", hhea, 34, len(glyphs))
        struct.pack_into(">H", maxp, 4, len(glyphs))
        metrics = b"".join(struct.pack(">Hh", *self.metrics[glyph]) for glyph in glyphs)
        loca = struct.pack(f">{len(places)}L", *places)
        contents = (b"".join(outlines), bytes(head), bytes(hhea), metrics, loca, bytes(maxp))
        return _join(dict(zip(TABLES, contents, strict=True)))


def slim_font(content: bytes) -> bytes:
    """Return a font program with nothing but what a PDF draws with, which finds glyphs by their numbers."""
    tables = Typeface(name="", content=content).tables
    return _join({tag: tables[tag] for tag in TABLES})


def read_typeface(name: str, file: Path) -> Typeface:
    """Return the font of a file."""
    return Typeface(name=name, content=file.read_bytes())


def _join(tables: Mapping[str, bytes]) -> bytes:
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    header = struct.pack(">LHHHH", 0x10000, count, 16 * power, power.bit_length() - 1, 16 * (count - power))
    place, records, bodies = 12 + 16 * count, b"", b""
    for tag, content in tables.items():
        records += struct.pack(
            ">4sLLL", tag.encode("latin-1"), _sum(content), place + len(bodies), len(content)
        )
        bodies += content + b"\0" * (-len(content) % 4)
    font = bytearray(header + records + bodies)
    head = place + len(tables["glyf"])
    struct.pack_into(">L", font, head + 8, (CHECKSUM_BASE - _sum(bytes(font))) & 0xFFFFFFFF)
    return bytes(font)


def _sum(content: bytes) -> int:
    padded = content + b"\0" * (-len(content) % 4)
    return int(sum(struct.unpack(f">{len(padded) // 4}L", padded))) & 0xFFFFFFFF


def order_glyphs(texts: Iterable[str]) -> Mapping[str, int]:
    """Return the new number of the glyph of each character, in the order of the code points, from 1."""
    signs = sorted({sign for text in texts for sign in text})
    return {sign: number for number, sign in enumerate(signs, start=1)}
