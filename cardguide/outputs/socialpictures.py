"""The picture that shows where the address of a page is shared: name of the guide, sign, title, and what we are not."""

import datetime
import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import metadata
from pathlib import Path

from PIL import Image, ImageDraw
from PIL.ImageFont import FreeTypeFont, truetype

from cardguide.artifacts import Artifact
from cardguide.dataset import Dataset
from cardguide.pdf import typography
from cardguide.pdf.typography import ZERO_WIDTH_SPACE, keep_phrases, strip_break_marks
from cardguide.store import Store
from cardguide.views.addressing import page_path, picture_path, site_address
from cardguide.views.counters import SignView, create_sign
from cardguide.views.presenting import Presenter

SIZE = (1200, 630)
MARGIN = 80
SIGN = 168
LARGEST, SMALLEST = 84, 44
MOST_LINES = 3
#: Enough for two inks, two signs and the steps between them and the paper; more only adds bytes.
COLOURS = 24
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


@dataclass(frozen=True, kw_only=True)
class SocialBrush:
    """The fonts and the colours of the pictures, those of sheets and pages."""

    regular: bytes
    strong: bytes
    colours: tuple[tuple[str, str], ...]

    def colour(self, name: str) -> str:
        """Return a colour by the name of its token."""
        return dict(self.colours)[f"--{name}"]

    def font(self, size: int, *, is_strong: bool = False) -> FreeTypeFont:
        """Return one of the two fonts in a size."""
        return _open_font(self.strong if is_strong else self.regular, size)


@lru_cache(maxsize=64)
def _open_font(content: bytes, size: int) -> FreeTypeFont:
    return truetype(io.BytesIO(content), size)


def create_social_pictures(
    dataset: Dataset, brush: SocialBrush, *, as_of: datetime.date, store: Store
) -> Iterator[Artifact]:
    """Yield the picture of every page that is made from records, in every locale; those in the store are not drawn."""
    for locale in dataset.locales:
        presenter = Presenter(dataset=dataset, locale=locale, as_of=as_of, address=site_address)
        words = {
            "site_name": presenter.words(dataset.site.name),
            "note": presenter.label("frame-unofficial"),
        }
        for path, title, sign in _titles(presenter):
            key = _key(brush, *words.values(), title, str(sign))
            if (kept := store.find(key)) is None:
                kept = (create_social_picture(brush, **words, title=title, sign=sign),)
                store.keep(key, kept)
            yield Artifact(path=picture_path(locale.tag, path), content=kept[0])


def _key(brush: SocialBrush, *words: str) -> str:
    """Return the hash of everything that a picture is made from."""
    return hashlib.sha256("\n".join([_brush_key(brush), *map(repr, words)]).encode("utf-8")).hexdigest()


@lru_cache(maxsize=4)
def _brush_key(brush: SocialBrush) -> str:
    digest = hashlib.sha256(repr(brush.colours).encode("utf-8"))
    code = (Path(__file__), Path(typography.__file__))
    for part in (brush.regular, brush.strong, *(file.read_bytes() for file in code)):
        digest.update(hashlib.sha256(part).digest())
    digest.update(" ".join(metadata.version(name) for name in ("pillow", "budoux")).encode("ascii"))
    return digest.hexdigest()


def _titles(presenter: Presenter) -> Iterator[tuple[str, str, SignView | None]]:
    data = presenter.dataset
    for page in data.pages.values():
        yield page_path("page", page.id), presenter.words(page.title), None
    for procedure in data.procedures.values():
        sign = create_sign(presenter, procedure)
        yield page_path("procedure", procedure.id), presenter.words(procedure.name), sign


def create_social_picture(
    brush: SocialBrush, *, site_name: str, title: str, note: str, sign: SignView | None
) -> bytes:
    """Return a PNG of 1200 by 630; the same words give the same bytes."""
    picture = Image.new("RGB", SIZE, brush.colour("paper"))
    draw = ImageDraw.Draw(picture)
    _draw_name(draw, brush, site_name)
    start = MARGIN
    if sign:
        _draw_sign(draw, brush, sign)
        start += SIGN + MARGIN // 2
    _draw_title(draw, brush, title, start)
    draw.rectangle((0, SIZE[1] - 104, SIZE[0], SIZE[1]), fill=brush.colour("ink"))
    draw.text((MARGIN, SIZE[1] - 52), note, brush.colour("paper"), _fitting(brush, note, 32), anchor="lm")
    result = io.BytesIO()
    few = picture.quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.save(result, format="PNG", compress_level=9)
    return result.getvalue()


def _draw_name(draw: ImageDraw.ImageDraw, brush: SocialBrush, name: str) -> None:
    draw.rounded_rectangle((MARGIN, MARGIN, MARGIN + 56, MARGIN + 56), 16, fill=brush.colour("municipal"))
    draw.ellipse(
        (MARGIN + 48, MARGIN, MARGIN + 104, MARGIN + 56),
        fill=brush.colour("paper"),
        outline=brush.colour("bureau"),
        width=10,
    )
    draw.text((MARGIN + 128, MARGIN + 28), name, brush.colour("ink"), _fitting(brush, name, 38), anchor="lm")


def _draw_sign(draw: ImageDraw.ImageDraw, brush: SocialBrush, sign: SignView) -> None:
    box = (MARGIN, 220, MARGIN + SIGN, 220 + SIGN)
    middle = MARGIN + SIGN // 2
    if sign.counter == "m":
        draw.rounded_rectangle(box, 48, outline=brush.colour("municipal"), width=18)
    else:
        draw.ellipse(box, outline=brush.colour("bureau"), width=18)
    ink = brush.colour("ink")
    draw.text((middle, 272), sign.letter, ink, brush.font(44, is_strong=True), anchor="mm")
    draw.text((middle, 332), str(sign.number), ink, brush.font(68, is_strong=True), anchor="mm")


def _draw_title(draw: ImageDraw.ImageDraw, brush: SocialBrush, title: str, start: int) -> None:
    for size in range(LARGEST, SMALLEST - 1, -4):
        font = brush.font(size, is_strong=True)
        lines = tuple(_lines(title, font, SIZE[0] - MARGIN - start))
        if len(lines) <= MOST_LINES:
            break
    step = int(size * 1.4)
    top = 304 - step * (len(lines) - 1) // 2
    for at, line in enumerate(lines):
        draw.text((start, top + at * step), line, brush.colour("ink"), font, anchor="lm")


def _lines(text: str, font: FreeTypeFont, width: int) -> Iterator[str]:
    """Yield the lines of a text, broken between phrases or words."""
    line = ""
    for piece in _pieces(text):
        if line and font.getlength((line + piece).rstrip()) > width:
            yield line.rstrip()
            line = ""
        line += piece
    yield line.rstrip()


def _pieces(text: str) -> list[str]:
    if _WIDE.search(text):
        return [strip_break_marks(phrase) for phrase in keep_phrases(text).split(ZERO_WIDTH_SPACE)]
    return re.findall(r"\S+\s*", text)


def _fitting(brush: SocialBrush, text: str, size: int) -> FreeTypeFont:
    """Return the regular font in the size, or in the largest one in which the text is one line."""
    room = SIZE[0] - 2 * MARGIN - 128
    length = brush.font(size).getlength(text)
    return brush.font(size if length <= room else int(size * room / length))
