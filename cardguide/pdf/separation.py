"""Inks instead of screen colours, for the print shop: every colour becomes CMYK, and grey-blue becomes black alone."""

from collections.abc import Iterator
from typing import Any, cast

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Operator, Pdf, Stream

SCREEN_OPERATORS = frozenset({"rg", "RG", "sc", "SC", "scn", "SCN", "cs", "CS", "sh"})
LEAST_CHROMA, SOLID_BELOW = 0.15, 0.2
BLACK_SHARE = 0.5  # more would pull the green of the counters towards blue


def separate_inks(pdf: Pdf) -> None:
    """Turn every colour of the document into inks, and drop what promises screen colours."""
    for stream in _drawings(pdf):
        _separate(stream)
    for item in pdf.objects:
        if isinstance(item, Dictionary | Stream):
            for key in (Name.ColorSpace, Name.Shading, Name.Pattern):
                if key in item and isinstance(item[key], Dictionary):
                    del item[key]
            if item.get(Name.S) == Name.Transparency:
                item.CS = Name.DeviceCMYK
    if Name.OutputIntents in pdf.Root:
        del pdf.Root.OutputIntents


def find_screen_colours(pdf: Pdf) -> tuple[str, ...]:
    """Return the operators and pictures that a print shop cannot use as they are."""
    found = {
        str(instruction.operator)
        for stream in _drawings(pdf)
        for instruction in pikepdf.parse_content_stream(stream)
        if str(instruction.operator) in SCREEN_OPERATORS
    }
    pictures = {
        f"picture in {item.get(Name.ColorSpace)}"
        for item in pdf.objects
        if isinstance(item, Stream) and item.get(Name.Subtype) == Name.Image
    }
    return tuple(sorted(found | pictures))


def inks_of(red: float, green: float, blue: float) -> tuple[float, float, float, float]:
    """Return cyan, magenta, yellow and black for a screen colour; text colours become black alone."""
    if max(red, green, blue) - min(red, green, blue) < LEAST_CHROMA:
        light = 0.299 * red + 0.587 * green + 0.114 * blue
        return 0, 0, 0, 1 if light < SOLID_BELOW else round(1 - light, 3)
    black = (1 - max(red, green, blue)) * BLACK_SHARE
    cyan, magenta, yellow = (round((1 - part - black) / (1 - black), 3) for part in (red, green, blue))
    return cyan, magenta, yellow, round(black, 3)


def _drawings(pdf: Pdf) -> Iterator[Any]:
    """Yield every stream that draws: the pages and the forms in them."""
    yield from (page.obj for page in pdf.pages)
    for item in pdf.objects:
        if isinstance(item, Stream) and item.get(Name.Subtype) == Name.Form:
            yield item


def _separate(drawing: Any) -> None:
    instructions: list[Any] = []
    for instruction in pikepdf.parse_content_stream(drawing):
        name = str(instruction.operator)
        if name in {"rg", "RG"}:
            inks = inks_of(*(float(part) for part in cast("list[Any]", instruction.operands)))
            instructions.append((list(inks), Operator("k" if name == "rg" else "K")))
        else:
            instructions.append(instruction)
    content = pikepdf.unparse_content_stream(instructions)
    if isinstance(drawing, Stream):
        drawing.write(content)
    elif isinstance(drawing.Contents, Stream):
        drawing.Contents.write(content)
    else:
        _join(drawing, content)


def _join(page: Object, content: bytes) -> None:
    first, *_ = page.Contents
    first.write(content)
    page.Contents = Array([first])
