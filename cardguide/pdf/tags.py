"""What WeasyPrint leaves out of a tagged PDF, put in while the tree is built.

WeasyPrint 70 writes no ``/Lang`` on elements, measures figures in the wrong unit, labels a link with its URL, reads
generated content and hidden drawings aloud, and drops the space at which a line was broken. The tree builder is private,
so the repair refuses to work with any other version.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest import mock

import pydyf
import weasyprint
from weasyprint.formatting_structure import boxes
from weasyprint.pdf import stream, tags

from cardguide.pdf.sheets import PressError
from cardguide.pdf.typography import strip_break_marks

SUPPORTED = "70."
POINTS_PER_PIXEL = 0.75
SPACE_BETWEEN = re.compile(r"[!-.0-<>A-~À-ɏ’”]$")
JOINED_AFTER = re.compile(r"^[!-~À-ɏ‘“]")


@dataclass(kw_only=True)
class TagRepair:
    """Repairs of one document, and the texts whose closing space was lost (by page index and marked content)."""

    page_heights: list[float]
    hidden: frozenset[Any]
    spaced_texts: dict[tuple[int, int], str] = field(default_factory=dict)

    def is_decoration(self, box: Any) -> bool:
        """Tell whether a box is drawn for the eye only."""
        return box.element in self.hidden or str(box.element_tag).endswith(("::before", "::after"))

    def mend(self, element: Any, box: Any, page: int) -> None:
        """Complete one element of the structure tree from the box it was made of."""
        if language := box.element.get("lang"):
            element["Lang"] = pydyf.String(language)
        if element["S"] == "/Figure":
            element["A"]["BBox"] = pydyf.Array(self._rectangle(box, page))
        if element["S"] == "/TH":
            element["A"]["Scope"] = "/Row" if box.element.get("scope") == "row" else "/Column"
        if box.link_annotation:
            box.link_annotation["F"] = 4  # printed
            box.link_annotation["Contents"] = pydyf.String(_label(box.element))

    def note_lost_spaces(self, box: Any, page: int, marks: dict[Any, int]) -> None:
        """Remember the texts of a block that end where a line was broken at a space."""
        lines = [_texts(child) for child in box.children if isinstance(child, boxes.LineBox)]
        for texts, following in zip(lines, lines[1:], strict=False):
            if texts and following and _was_broken_at_space(texts[-1].text, following[0].text):
                self.spaced_texts[page, marks[texts[-1]]] = strip_break_marks(texts[-1].text) + " "

    def _rectangle(self, box: Any, page: int) -> list[float]:
        left, bottom = box.content_box_x(), self.page_heights[page] - box.content_box_y() - box.height
        edges = (left, bottom, left + box.width, bottom + box.height)
        return [round(edge * POINTS_PER_PIXEL, 3) for edge in edges]


@contextmanager
def repaired_tags(document: Any, root: Any) -> Iterator[TagRepair]:
    """Have every PDF written inside this context tagged in full."""
    if not weasyprint.__version__.startswith(SUPPORTED):
        raise PressError(f"WeasyPrint {weasyprint.__version__} is not {SUPPORTED}x", remedy="install the locked version")
    repair = TagRepair(page_heights=[page.height for page in document.pages], hidden=_hidden_elements(root))
    build, marked = tags._build_box_tree, stream.Stream.marked
    marks: dict[Any, int] = {}

    def build_repaired(box: Any, parent: Any, pdf: Any, page: int, nums: Any, annotations: Any, kids: Any) -> Any:
        box = getattr(box, "_box", box)
        if isinstance(box, boxes.PageBox):
            marks.clear()
            marks.update({marked_box: kid["mcid"] for marked_box, kid in kids.items()})
        if box.element is not None and repair.is_decoration(box):
            return
        for element in build(box, parent, pdf, page, nums, annotations, kids):
            if box.element is not None and box.element_tag not in {"html", "body"}:
                repair.mend(element, box, page)
                repair.note_lost_spaces(box, page, marks)
            yield element

    def mark_repaired(self: Any, box: Any, tag: str) -> Any:
        return self.artifact() if repair.is_decoration(box) else marked(self, box, tag)

    with (
        mock.patch.object(tags, "_build_box_tree", build_repaired),
        mock.patch.object(stream.Stream, "marked", mark_repaired),
    ):
        yield repair


def _hidden_elements(root: Any) -> frozenset[Any]:
    return frozenset(
        inner for element in root.iter() if element.get("aria-hidden") == "true" for inner in element.iter()
    )


def _label(element: Any) -> str:
    return element.get("aria-label") or " ".join(strip_break_marks("".join(element.itertext())).split())


def _texts(line: Any) -> list[Any]:
    return [box for box in line.descendants() if isinstance(box, boxes.TextBox)]


def _was_broken_at_space(text: str, following: str) -> bool:
    return bool(SPACE_BETWEEN.search(strip_break_marks(text)) and JOINED_AFTER.match(strip_break_marks(following)))
