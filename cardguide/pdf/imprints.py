"""The imprint: an office in the slot of a finished sheet, as an incremental update of its file.

The sheet is laid out once. Each office costs a few lines of type, set by the table of widths, with tags, languages,
links and a code of its own; a line that is wider than the slot is an error, never a clip. ``templates/imprint/``
does the same in a browser: keep the two alike.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cardguide.pdf.codes import draw_code
from cardguide.pdf.qr import BORDER, SMALLEST_MODULE_MM
from cardguide.pdf.sheets import Sheet, SheetError, SheetFault
from cardguide.pdf.slots import SLOT, Part, Slot
from cardguide.pdf.truetype import Typeface, order_glyphs
from cardguide.pdf.updates import Trailer, append_update, render_address, render_stream, render_text
from cardguide.views.imprints import ImprintCode, ImprintLine

POINTS_PER_MM = 72 / 25.4
LEADING = 1.25
ASCENT = 0.88
GAP = 3 * POINTS_PER_MM
LARGEST_CODE = 24 * POINTS_PER_MM
FONT = "FI"
SUBSET = "IMPRNT"
MAPPINGS_AT_ONCE = 100
DARK = re.compile(rb"\x01+")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Placed:
    line: ImprintLine
    x: float
    y: float
    size: float
    width: float


@dataclass(frozen=True, kw_only=True, slots=True)
class _DrawnCode:
    code: ImprintCode
    left: float
    bottom: float
    size: float
    modules: Sequence[bytes]


class Imprinter:
    """Puts offices into the slot of one sheet."""

    def __init__(self, sheet: Sheet, slot: Slot, face: Typeface) -> None:
        self._sheet, self._slot, self._face = sheet, slot, face

    def imprint(self, name: str, lines: Sequence[ImprintLine], code: ImprintCode | None) -> bytes:
        """Return the file of an office, or raise ``SheetError`` with what does not fit."""
        faults = [
            self._fault(name, "missing-glyph", missing=sign)
            for line in lines
            for sign in self._face.missing(line.text)
        ]
        if faults:
            raise SheetError(faults)
        drawn = self._place_code(name, code) if code else None
        right = drawn.left - GAP / 2 if drawn else self._slot.area[2]
        placed = self._place(name, lines, right)
        objects = _Objects(self._slot, self._face, placed, drawn).create()
        slot = self._slot
        trailer = Trailer(
            size=slot.size, start=slot.start, root=slot.root, info=slot.info, identifier=slot.identifier
        )
        return append_update(self._sheet.pdf, objects, trailer)

    def _place(self, name: str, lines: Sequence[ImprintLine], right: float) -> tuple[_Placed, ...]:
        """Return the texts in rows from the top of the slot."""
        left, bottom, _, top = self._slot.area
        placed: list[_Placed] = []
        x, y = left, top
        broken = [piece for line in lines for piece in self._break(line, right - left)]
        for row in self._rows(broken, right - left):
            height = max(self._size(line, right - left) for line in row) * LEADING
            x = left
            for line in row:
                size = self._size(line, right - left)
                width = self._face.width(line.text, size)
                if x + width > right:
                    self._refuse(name, line.text, x + width - right)
                placed.append(
                    _Placed(line=line, x=x, y=y - height / LEADING * ASCENT, size=size, width=width)
                )
                x += width + GAP
            y -= height
        if y < bottom:
            self._refuse(name, lines[-1].text, bottom - y)
        return tuple(placed)

    def _break(self, line: ImprintLine, width: float) -> Iterator[ImprintLine]:
        """Yield an address of a page in as many pieces as it needs rows, each a link; nothing else is broken."""
        size, piece = self._size(line, width), ""
        is_whole = not line.address or self._face.width(line.text, size) <= width
        for sign in "" if is_whole else line.text:
            if self._face.width(piece + sign, size) > width:
                yield replace(line, text=piece)
                piece = ""
            piece += sign
        yield replace(line, text=piece or line.text)

    def _rows(self, lines: Sequence[ImprintLine], width: float) -> Iterator[list[ImprintLine]]:
        row: list[ImprintLine] = []
        used = 0.0
        for line in lines:
            needed = self._face.width(line.text, self._size(line, width))
            if row and (line.starts_row or used + GAP + needed > width):
                yield row
                row, used = [], 0.0
            used += needed + (GAP if row else 0)
            row.append(line)
        yield row

    def _size(self, line: ImprintLine, width: float) -> float:
        """Return the size of a line: a name is larger where it fits."""
        large, small = self._slot.name_size, self._slot.text_size
        return large if line.is_name and self._face.width(line.text, large) <= width else small

    def _place_code(self, name: str, code: ImprintCode) -> _DrawnCode:
        """Return the code at the right of the slot, as large as it goes; it may be as high as the box itself."""
        _, bottom, right, top = self._slot.area
        size = min(LARGEST_CODE, top - bottom)
        modules = draw_code(code.address)
        smallest = SMALLEST_MODULE_MM * POINTS_PER_MM * (len(modules) + 2 * BORDER)
        if size < smallest:
            self._refuse(name, code.address, smallest - size)
        return _DrawnCode(code=code, left=right - size, bottom=bottom, size=size, modules=modules)

    def _refuse(self, name: str, text: str, points: float) -> None:
        raise SheetError(
            [
                self._fault(
                    name,
                    "overflow",
                    millimetres=f"{points / POINTS_PER_MM:.1f}",
                    characters=str(len(text)),
                    frame=f"div#{SLOT}",
                    text=text,
                )
            ]
        )

    def _fault(self, name: str, rule: str, **details: str) -> SheetFault:
        return SheetFault(
            sheet=name, locale=self._sheet.locale, page=0, block=f"div#{SLOT}", rule=rule, details=details
        )


class _Objects:
    """The objects of one update, numbered from the first free number of the file."""

    def __init__(
        self, slot: Slot, face: Typeface, placed: Sequence[_Placed], code: _DrawnCode | None
    ) -> None:
        self._slot, self._face, self._placed, self._code = slot, face, placed, code
        self._numbers = order_glyphs([each.line.text for each in placed])
        self._objects: dict[int, bytes] = {}
        self._next = slot.size
        self._marks: list[int] = []
        self._kids: list[int] = []
        self._links: list[tuple[int, int]] = []

    def create(self) -> dict[int, bytes]:
        """Return the objects by number."""
        slot, font = self._slot, self._add_font()
        drawing = "".join([*map(self._set_line, self._placed), self._draw_code() if self._code else ""])
        self._objects[slot.content] = render_stream(drawing.encode("ascii"))
        self._replace(slot.fonts, f"<< {slot.fonts.content} /{FONT} {font} 0 R >>")
        self._replace(slot.kids, self._list(slot.kids, self._kids))
        self._replace(slot.marks, self._list(slot.marks, self._marks))
        if self._links:
            self._replace(slot.annotations, self._list(slot.annotations, [link for link, _ in self._links]))
            pairs = " ".join(
                f"{slot.key + index} {element} 0 R" for index, (_, element) in enumerate(self._links)
            )
            self._replace(slot.tree, f"[ {slot.tree.content} {pairs} ]")
        return self._objects

    def _add(self, content: str | bytes) -> int:
        number, self._next = self._next, self._next + 1
        self._objects[number] = content if isinstance(content, bytes) else content.encode("ascii")
        return number

    def _replace(self, part: Part, content: str) -> None:
        self._objects[part.number] = content.encode("ascii")

    def _list(self, part: Part, numbers: Sequence[int]) -> str:
        return f"[ {' '.join([part.content, *(f'{number} 0 R' for number in numbers)])} ]"

    def _set_line(self, placed: _Placed) -> str:
        line, mark = placed.line, self._slot.mark + len(self._marks)
        number = self._next
        if line.address:
            link, annotation = number + 1, number + 2
            self._add(self._element("P", self._slot.element, f"/Lang ({line.lang}) /K [ {link} 0 R ]"))
            kids = f"[ {mark} << /Type /OBJR /Obj {annotation} 0 R >> ]"
            self._add(self._element("Link", f"{number} 0 R", f"/K {kids}"))
            self._add(self._annotation(placed, self._slot.key + len(self._links)))
            self._links.append((annotation, link))
            self._marks.append(link)
        else:
            self._add(self._element("P", self._slot.element, f"/Lang ({line.lang}) /K [ {mark} ]"))
            self._marks.append(number)
        self._kids.append(number)
        codes = "".join(f"{self._numbers[sign]:04X}" for sign in line.text)
        return (
            f"/P <</MCID {mark}>> BDC\nq BT /{FONT} {_number(placed.size)} Tf 0 0 0 rg "
            f"{_number(placed.x)} {_number(placed.y)} Td <{codes}> Tj ET Q\nEMC\n"
        )

    def _element(self, kind: str, parent: str, more: str) -> str:
        return f"<< /Type /StructElem /S /{kind} /P {parent} /Pg {self._slot.page} {more} >>"

    def _annotation(self, placed: _Placed, key: int) -> str:
        edges = (
            placed.x,
            placed.y - 0.2 * placed.size,
            placed.x + placed.width,
            placed.y + 0.9 * placed.size,
        )
        return (
            f"<< /Type /Annot /Subtype /Link /Rect [ {_numbers(edges)} ] /Border [ 0 0 0 ] /F 4 "
            f"/Contents {render_text(placed.line.label)} /StructParent {key} "
            f"/A << /S /URI /URI {render_address(placed.line.address)} >> >>"
        )

    def _draw_code(self) -> str:
        code, mark = self._code, self._slot.mark + len(self._marks)
        if code is None:
            return ""
        edges = (code.left, code.bottom, code.left + code.size, code.bottom + code.size)
        figure = self._add(
            self._element(
                "Figure",
                self._slot.element,
                f"/Lang ({code.code.lang}) /Alt {render_text(code.code.label)} "
                f"/A << /O /Layout /BBox [ {_numbers(edges)} ] >> /K [ {mark} ]",
            )
        )
        self._marks.append(figure)
        self._kids.append(figure)
        side = code.size / (len(code.modules) + 2 * BORDER)
        matrix = _numbers((side, 0, 0, -side, code.left, code.bottom + code.size), digits=5)
        return f"/Figure <</MCID {mark}>> BDC\nq {matrix} cm 0 0 0 rg\n{''.join(_squares(code.modules))}f Q\nEMC\n"

    def _add_font(self) -> int:
        """Add the font and return its number; its parts follow it."""
        face, first = self._face, self._next
        signs = list(self._numbers)
        glyphs = [0, *(face.glyphs[ord(sign)] for sign in signs)]
        name = f"{SUBSET}+{face.name}"
        widths = " ".join(_number(face.metrics[glyph][0] * 1000 / face.units) for glyph in glyphs)
        self._add(
            f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H "
            f"/DescendantFonts [ {first + 1} 0 R ] /ToUnicode {first + 4} 0 R >>"
        )
        self._add(
            f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /CIDToGIDMap /Identity "
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
            f"/DW 1000 /W [ 0 [ {widths} ] ] /FontDescriptor {first + 2} 0 R >>"
        )
        self._add(
            f"<< /Type /FontDescriptor /FontName /{name} /Flags 4 /FontBBox [ 0 -246 1000 880 ] /ItalicAngle 0 "
            f"/Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 /FontFile2 {first + 3} 0 R >>"
        )
        self._add(render_stream(face.slice(glyphs), is_font=True))
        self._add(render_stream(_unicode_map(signs).encode("ascii")))
        return first


def _squares(modules: Sequence[bytes]) -> Iterator[str]:
    """Yield a rectangle for each run of dark modules of a row, in modules from the top left corner."""
    for row, cells in enumerate(modules, start=BORDER):
        for run in DARK.finditer(cells):
            yield f"{run.start() + BORDER} {row} {run.end() - run.start()} 1 re\n"


def _unicode_map(signs: Sequence[str]) -> str:
    blocks = []
    for start in range(0, len(signs), MAPPINGS_AT_ONCE):
        part = signs[start : start + MAPPINGS_AT_ONCE]
        rows = "".join(
            f"<{number:04x}> <{sign.encode('utf-16-be').hex()}>\n"
            for number, sign in enumerate(part, start=start + 1)
        )
        blocks.append(f"{len(part)} beginbfchar\n{rows}endbfchar\n")
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
        f"{''.join(blocks)}endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    )


def _number(value: float, digits: int = 3) -> str:
    """Return a number of a PDF, rounded away from zero at the half as a browser does it."""
    scale = 10**digits
    rounded = math.floor(abs(value) * scale + 0.5) / scale
    return f"{math.copysign(rounded, value):.{digits}f}".rstrip("0").rstrip(".")


def _numbers(values: Sequence[float], digits: int = 3) -> str:
    return " ".join(_number(value, digits) for value in values)
