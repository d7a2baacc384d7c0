"""The finished PDF under the glass: its fonts, its outlines, its drawn characters, its extras."""

import ctypes
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import pikepdf
import pypdfium2
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont
from pikepdf import Name, Object, Pdf

from cardguide.pdf.findings import Finding, create_faults
from cardguide.pdf.fonts import FACES, FontSet
from cardguide.pdf.geometry import PageLayout, Rectangle
from cardguide.pdf.sheets import SheetFault, SheetSpec
from cardguide.pdf.truetype import Typeface

LARGEST_FILE = 500_000
TOLERANCE_MM = 0.5
MILLIMETRES_PER_POINT = 25.4 / 72
SUBSET_TAG = re.compile(r"^/?(?:[A-Z]{6}\+)?")
BLOCK = re.compile(rb"beginbfchar\n(.*?)endbfchar", re.DOTALL)
MAPPED = re.compile(rb"<([0-9a-fA-F]{4})> <([0-9a-fA-F]+)>")
FORBIDDEN_KEYS = ("/JavaScript", "/JS", "/EmbeddedFiles", "/Launch", "/OpenAction", "/AcroForm", "/RichMedia")


def find_pdf_faults(
    content: bytes, pages: Sequence[PageLayout], spec: SheetSpec, fonts: FontSet
) -> tuple[SheetFault, ...]:
    """Return every fault that only the written file shows."""
    with Pdf.open(io.BytesIO(content)) as pdf:
        findings = [*_check_file(pdf, len(content)), *_check_fonts(pdf, fonts)]
    findings += _check_drawn_text(content, pages, spec)
    return tuple(create_faults(findings, spec))


def _check_file(pdf: Pdf, size: int) -> Iterator[Finding]:
    """Require a small file that holds nothing that runs or hides."""
    if size > LARGEST_FILE:
        yield 0, "", "file-size", {"kilobytes": str(size // 1000), "allowed": str(LARGEST_FILE // 1000)}
    for dictionary in _dictionaries(list(pdf.objects)):
        for key in FORBIDDEN_KEYS:
            if key in dictionary:
                yield 0, "", "active-content", {"element": key}


def _dictionaries(items: Iterable[Any]) -> Iterator[Object]:
    """Yield every dictionary of a file, also those inside others."""
    for item in items:
        if isinstance(item, pikepdf.Array):
            yield from _dictionaries(inner for inner in item if not _is_reference(inner))
        elif isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            yield item
            yield from _dictionaries(inner for _, inner in item.items() if not _is_reference(inner))


def _is_reference(item: Any) -> bool:
    return isinstance(item, Object) and item.is_indirect


def _check_fonts(pdf: Pdf, fonts: FontSet) -> Iterator[Finding]:
    """Require the two faces only, and that every outline is that of the character it stands for."""
    for font in _fonts(pdf):
        name = SUBSET_TAG.sub("", str(font.BaseFont))
        if name not in FACES:
            yield 0, "", "font", {"font": name}
        else:
            yield from _check_outlines(font, name, fonts)


def _fonts(pdf: Pdf) -> Iterator[Object]:
    for item in pdf.objects:
        if (
            isinstance(item, pikepdf.Dictionary)
            and item.get(Name.Type) == Name.Font
            and Name.ToUnicode in item
        ):
            yield item


def _check_outlines(font: Object, name: str, fonts: FontSet) -> Iterator[Finding]:
    program = font.DescendantFonts[0].FontDescriptor.FontFile2.read_bytes()
    is_same = _comparer(program, name, fonts)
    sources = fonts.typefaces[name].glyphs
    for glyph, text in _unicode_map(font):
        if glyph == 0:
            yield 0, "", "missing-glyph", {"missing": text}
            continue
        source = sources.get(ord(text)) if len(text) == 1 else None
        if source and not is_same(glyph, source):
            yield 0, "", "wrong-glyph", {"glyph": f"{text} (U+{ord(text):04X})", "font": name}


def _comparer(program: bytes, name: str, fonts: FontSet) -> Callable[[int, int], bool]:
    """Return what tells whether a glyph of a font program is drawn like one of the source."""
    drawn, wanted = Typeface(name=name, content=program), fonts.typefaces[name]

    def is_same(glyph: int, source: int) -> bool:
        # The same bytes draw the same; only of others must every line be followed, which takes a hundred times longer.
        if drawn.outline(glyph) == wanted.outline(source):
            return True
        return _followed(TTFont(io.BytesIO(program), lazy=True), glyph) == _followed(
            fonts.faces[name], source
        )

    return is_same


def _followed(font: TTFont, glyph: int) -> list[Any]:
    glyphs = font.getGlyphSet()
    pen = DecomposingRecordingPen(glyphs)
    glyphs[font.getGlyphName(glyph)].draw(pen)
    outline: list[Any] = pen.value
    return outline


def _unicode_map(font: Object) -> Iterator[tuple[int, str]]:
    for block in BLOCK.findall(font.ToUnicode.read_bytes()):
        for glyph, text in MAPPED.findall(block):
            yield int(glyph, 16), bytes.fromhex(text.decode()).decode("utf-16-be")


def _check_drawn_text(content: bytes, pages: Sequence[PageLayout], spec: SheetSpec) -> Iterator[Finding]:
    """Hold text drawn inside pictures, which has no box, to its picture and to the floor of notes."""
    document = pypdfium2.PdfDocument(content)
    try:
        for page, side in zip(pages, document, strict=False):
            yield from _check_page_text(page, side, spec)
    finally:
        document.close()


def _check_page_text(page: PageLayout, side: Any, spec: SheetSpec) -> Iterator[Finding]:
    texts = [leaf.area for leaf in page.leaves if leaf.text]
    pictures = [leaf for leaf in page.leaves if not leaf.text]
    last: Rectangle | None = None
    for character, area, size in _drawn_characters(side, page.height_mm):
        # A text is drawn character by character, so that the text of the last one mostly holds the next one too.
        if last and area.excess_over(last) < TOLERANCE_MM:
            continue
        last = next((text for text in texts if area.excess_over(text) < TOLERANCE_MM), None)
        if last:
            continue
        picture = min(pictures, key=lambda leaf: area.excess_over(leaf.area), default=None)
        if picture is None:
            continue
        excess = area.excess_over(picture.area)
        if excess > TOLERANCE_MM:
            yield (
                page.number,
                picture.block,
                "picture-text",
                {"millimetres": f"{excess:.1f}", "text": character},
            )
        elif size < spec.note_size_pt - 0.05:
            details = {"size": f"{size:.2f}", "floor": f"{spec.note_size_pt:g}", "text": character}
            yield page.number, picture.block, "size-floor", details


def _drawn_characters(side: Any, height_mm: float) -> Iterator[tuple[str, Rectangle, float]]:
    """Yield each visible character of a page with its place and its true size in points."""
    raw = pypdfium2.raw
    text = side.get_textpage()
    matrix = raw.FS_MATRIX()
    for index in range(text.count_chars()):
        character = chr(raw.FPDFText_GetUnicode(text, index))
        if not character.isprintable() or character.isspace():
            continue
        left, bottom, right, top = (value * MILLIMETRES_PER_POINT for value in text.get_charbox(index))
        raw.FPDFText_GetMatrix(text, index, ctypes.byref(matrix))
        size = raw.FPDFText_GetFontSize(text, index) * (matrix.c**2 + matrix.d**2) ** 0.5
        yield (
            character,
            Rectangle(left=left, top=height_mm - top, right=right, bottom=height_mm - bottom),
            size,
        )
