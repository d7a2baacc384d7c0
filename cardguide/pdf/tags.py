"""What WeasyPrint leaves out of a tagged PDF, put in while the tree is built.

WeasyPrint 70 writes no ``/Lang`` on elements, measures figures in the wrong unit, labels a link with its URL,
reads generated content and hidden drawings aloud, and drops the space at which a line was broken. The tree
builder is private, so the repair refuses to work with any other version.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

import pydyf  # type: ignore[import-untyped]
import weasyprint
from weasyprint.formatting_structure import boxes
from weasyprint.pdf import stream, tags

from cardguide.pdf.rubies import READING, RUBY, bare_words
from cardguide.pdf.sheets import PressError
from cardguide.pdf.slots import SLOT
from cardguide.pdf.typography import strip_break_marks

SUPPORTED = "70."
POINTS_PER_PIXEL = 0.75
PRINTED = 4
RUBY_TAGS = {RUBY: "/Ruby", READING: "/RT"}
SPACE_BETWEEN = re.compile(r"[!-.0-<>A-~À-ɏ’”]$")
JOINED_AFTER = re.compile(r"^[!-~À-ɏ‘“]")


class TagRepair:
    """The repairs of one document.

    ``spaced_texts`` holds the texts that lost their last space, by page index and marked content.
    """

    def __init__(self, document: Any, root: Any) -> None:
        self.spaced_texts: dict[tuple[int, int], str] = {}
        self._heights = [page.height for page in document.pages]
        self._hidden = _hidden_elements(root)
        self._marks: dict[Any, int] = {}
        self._build = tags._build_box_tree  # noqa: SLF001 - private, so the version is checked
        self._mark = stream.Stream.marked

    def build(self, box: Any, parent: Any, pdf: Any, page: int, *rest: Any) -> Iterator[Any]:
        """Yield the mended elements of a box: WeasyPrint's builder, which calls this for children."""
        box = getattr(box, "_box", box)
        if isinstance(box, boxes.PageBox):
            *_, kids = rest
            self._marks = {marked: kid["mcid"] for marked, kid in kids.items()}
        if self._is_decoration(box):
            return
        if box.element_tag != "a":
            box.link_annotation = None  # WeasyPrint repeats a link for every box inside it
        for element in self._build(box, parent, pdf, page, *rest):
            if box.element is not None and box.element_tag not in {"html", "body"}:
                self._mend(element, box, page)
                self._note_lost_spaces(box, page)
            yield element

    def mark(self, canvas: Any, box: Any, tag: str) -> Any:
        """Return the context in which a box is drawn: marked content, or an artifact for decoration."""
        if self._is_decoration(box):
            return canvas.artifact()
        return self._mark(canvas, box, "RB" if box.element_tag == RUBY else tag)

    def _is_decoration(self, box: Any) -> bool:
        return box.element in self._hidden or str(box.element_tag).endswith(("::before", "::after"))

    def _mend(self, element: Any, box: Any, page: int) -> None:
        if box.element.get("id") == SLOT:
            element["T"] = pydyf.String(SLOT)
        if language := box.element.get("lang"):
            element["Lang"] = pydyf.String(language)
        element["S"] = RUBY_TAGS.get(box.element_tag, element["S"])
        if element["S"] == "/Figure":
            element["A"]["BBox"] = pydyf.Array(self._rectangle(box, page))
        if element["S"] == "/TH":
            element["A"]["Scope"] = "/Row" if box.element.get("scope") == "row" else "/Column"
        if box.link_annotation:
            box.link_annotation["F"] = PRINTED
            box.link_annotation["Contents"] = pydyf.String(_label(box.element))

    def _note_lost_spaces(self, box: Any, page: int) -> None:
        lines = [_texts(child) for child in box.children if isinstance(child, boxes.LineBox)]
        for texts, following in pairwise(lines):
            if texts and following and _was_broken_at_space(texts[-1].text, following[0].text):
                self.spaced_texts[page, self._marks[texts[-1]]] = strip_break_marks(texts[-1].text) + " "

    def _rectangle(self, box: Any, page: int) -> list[float]:
        left, bottom = box.content_box_x(), self._heights[page] - box.content_box_y() - box.height
        edges = (left, bottom, left + box.width, bottom + box.height)
        return [round(edge * POINTS_PER_PIXEL, 3) for edge in edges]


@contextmanager
def repaired_tags(document: Any, root: Any) -> Iterator[TagRepair]:
    """Have every PDF written inside this context tagged in full."""
    if not weasyprint.__version__.startswith(SUPPORTED):
        raise PressError(
            f"WeasyPrint {weasyprint.__version__} is not {SUPPORTED}x", remedy="install the locked version"
        )
    repair = TagRepair(document, root)
    originals = tags._build_box_tree, stream.Stream.marked  # noqa: SLF001 - likewise
    tags._build_box_tree = repair.build  # noqa: SLF001 - likewise
    stream.Stream.marked = lambda canvas, box, tag: repair.mark(canvas, box, tag)  # noqa: PLW0108 - for self
    try:
        yield repair
    finally:
        tags._build_box_tree, stream.Stream.marked = originals  # noqa: SLF001 - likewise


def _hidden_elements(root: Any) -> frozenset[Any]:
    return frozenset(
        inner for element in root.iter() if element.get("aria-hidden") == "true" for inner in element.iter()
    )


def _label(element: Any) -> str:
    return element.get("aria-label") or bare_words(element) or " ".join("".join(element.itertext()).split())


def _texts(line: Any) -> list[Any]:
    return [box for box in line.descendants() if isinstance(box, boxes.TextBox)]


def _was_broken_at_space(text: str, following: str) -> bool:
    return bool(
        SPACE_BETWEEN.search(strip_break_marks(text)) and JOINED_AFTER.match(strip_break_marks(following))
    )
