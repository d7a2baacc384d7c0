"""The laid-out pages as plain records, read once from WeasyPrint's boxes; all lengths in millimetres."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from cardguide.pdf.geometry import Frame, Leaf, Line, PageLayout, Rectangle
from cardguide.pdf.rubies import READING, RUBY

MILLIMETRES_PER_PIXEL = 25.4 / 96
POINTS_PER_PIXEL = 0.75
KEPT_CLASSES = frozenset({"nowrap"})
NOTE_CLASSES = frozenset({"note"})
BACKGROUND, FLOAT, INLINE = 0, 1, 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Scope:
    """What a box inherits from the boxes around it; without a matrix it stands as it was laid out."""

    paint: tuple[tuple[float, int, int], ...] = ()
    frames: tuple[Frame, ...] = ()
    ancestors: frozenset[int] = frozenset()
    container: int = 0
    line: int = 0
    is_ruby: bool = False
    matrix: Any = None


class Reader:
    """Walks the boxes of one document."""

    def __init__(self, root: Any) -> None:
        self._parents = {child: parent for parent in root.iter() for child in parent}
        self._numbers = {element: number for number, element in enumerate(root.iter())}
        self._order = count(1)
        self._lines: list[Line] = []

    def read_page(self, page: Any, number: int) -> PageLayout:
        """Return one page as records."""
        leaves: list[Leaf] = []
        frames: list[Frame] = []
        self._lines = []
        for child in page._page_box.children:  # noqa: SLF001 - the laid-out boxes have no public name
            self._read(child, Scope(), leaves, frames)
        width, height = page.width * MILLIMETRES_PER_PIXEL, page.height * MILLIMETRES_PER_PIXEL
        return PageLayout(
            number=number,
            width_mm=width,
            height_mm=height,
            leaves=tuple(leaves),
            frames=tuple(frames),
            lines=tuple(self._lines),
        )

    def _read(self, box: Any, scope: Scope, leaves: list[Leaf], frames: list[Frame]) -> None:
        if isinstance(box, AbsolutePlaceholder):
            box = box._box  # noqa: SLF001 - the placeholder hides the box it stands for
        if box.style["visibility"] != "visible":
            return
        order = next(self._order)
        inner = self._enter(box, scope, order, frames)
        if isinstance(box, boxes.TextBox):
            if not is_blank(box.text):
                leaves.append(self._create_leaf(box, inner, order, _text_area(box)))
        elif isinstance(box, boxes.ReplacedBox):
            leaves.append(self._create_leaf(box, inner, order, _content_area(box)))
        for child in getattr(box, "children", ()):
            self._read(child, inner, leaves, frames)

    def _enter(self, box: Any, scope: Scope, order: int, frames: list[Frame]) -> Scope:
        """Return the scope inside a box, and note the box if it holds or covers anything.

        What is placed absolutely may straddle the blocks around it, as a reading over its word does; only a
        block that clips still holds it.
        """
        if isinstance(box, boxes.LineBox):
            return scope if scope.is_ruby else replace(scope, line=order)
        scope = replace(
            scope, paint=_paint_inside(box, scope.paint, order), matrix=_matrix_inside(box, scope.matrix)
        )
        scope = replace(scope, ancestors=scope.ancestors | {order})
        if box.style["position"] in {"absolute", "fixed"}:
            scope = replace(scope, frames=tuple(frame for frame in scope.frames if frame.clips))
        self._lines += self._drawn_lines(box, scope, order)
        is_holder = _is_holder(box)
        if is_holder:
            scope = _hold(box, scope, order)
        if is_holder or _is_opaque(box):
            frame = self._create_frame(box, scope, order)
            frames.append(frame)
            if is_holder:
                scope = replace(scope, frames=(*scope.frames, frame))
        return scope

    def _drawn_lines(self, box: Any, scope: Scope, order: int) -> Iterator[Line]:
        """Yield the borders of a box that are seen."""
        x, y, width, height = box.border_box_x(), box.border_box_y(), box.border_width(), box.border_height()
        sides = {
            "top": (x, y, width, box.border_top_width),
            "bottom": (x, y + height - box.border_bottom_width, width, box.border_bottom_width),
            "left": (x, y, box.border_left_width, height),
            "right": (x + width - box.border_right_width, y, box.border_right_width, height),
        }
        for side, area in sides.items():
            if min(area[2:]) > 0 and box.style[f"border_{side}_style"] not in {"none", "hidden"}:
                yield Line(order=order, block=self.name(box.element), area=_transformed(area, scope.matrix))

    def _create_frame(self, box: Any, scope: Scope, order: int) -> Frame:
        area = (box.padding_box_x(), box.padding_box_y(), box.padding_width(), box.padding_height())
        is_block = not isinstance(box, boxes.InlineBox | boxes.InlineBlockBox)
        suffix = (-0.5, BACKGROUND if is_block else INLINE, order)
        return Frame(
            order=order,
            block=self.name(box.element),
            area=_transformed(area, scope.matrix),
            clips=box.style["overflow"] != "visible",
            is_opaque=_is_opaque(box),
            paint=scope.paint if scope.paint and scope.paint[-1][2] == order else (*scope.paint, suffix),
        )

    def _create_leaf(
        self, box: Any, scope: Scope, order: int, area: tuple[float, float, float, float]
    ) -> Leaf:
        lineage = tuple(self._lineage(box.element))
        return Leaf(
            order=order,
            text=getattr(box, "text", ""),
            tag=str(box.element_tag),
            block=self.name(box.element),
            area=_transformed(area, scope.matrix),
            size_pt=box.style["font_size"] * POINTS_PER_PIXEL,
            weight=box.style["font_weight"],
            style=box.style["font_style"],
            language=box.style["lang"] or "",
            is_note=any(_classes(element) & NOTE_CLASSES for element in lineage),
            kept=self._kept(lineage),
            frames=scope.frames,
            ancestors=scope.ancestors | {order},
            container=scope.container,
            line=scope.line,
            paint=(*scope.paint, (-0.5, INLINE, order)),
        )

    def _kept(self, lineage: Iterable[Any]) -> tuple[int, ...]:
        """Return what must stay in the line of a leaf; a reading has a line of its own."""
        elements = list(lineage)
        if elements and elements[0].tag == READING:
            return ()
        return tuple(self._numbers[element] for element in elements if _is_kept(element))

    def _lineage(self, element: Any) -> Iterator[Any]:
        while element is not None:
            yield element
            element = self._parents.get(element)

    def name(self, element: Any) -> str:
        """Return the name of the nearest ancestor that has one."""
        names = (block_name(ancestor) for ancestor in self._lineage(element))
        return next(filter(None, names), tag_name(element))


def read_pages(pages: Sequence[Any], root: Any) -> tuple[PageLayout, ...]:
    """Return the pages of a laid-out WeasyPrint document as records."""
    reader = Reader(root)
    return tuple(reader.read_page(page, number) for number, page in enumerate(pages, start=1))


def block_name(element: Any) -> str:
    """Return how an editor would call an element, or nothing if only its tag is known."""
    tag = tag_name(element)
    if record := element.get("data-record"):
        return f"{tag}[data-record={record}]"
    if identifier := element.get("id"):
        return f"{tag}#{identifier}"
    classes = (element.get("class") or "").split()
    return f"{tag}.{classes[0]}" if classes else ""


def tag_name(element: Any) -> str:
    """Return the tag of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def is_blank(text: str) -> bool:
    """Tell whether nothing of a text is drawn."""
    return not text.strip(" \t\n\u200b\u2060\u00a0")


def _is_holder(box: Any) -> bool:
    """Tell whether content must stay inside a box: any block but the page, the root and the body."""
    if box.element_tag in {"html", "body"} or isinstance(box, boxes.MarginBox):
        return False
    return isinstance(box, boxes.BlockContainerBox | boxes.FlexContainerBox | boxes.GridContainerBox)


def _hold(box: Any, scope: Scope, order: int) -> Scope:
    """Return the scope inside a block; a word under its reading stays a part of the line around it."""
    if box.element_tag == RUBY:
        return replace(scope, is_ruby=True)
    return replace(scope, container=order, is_ruby=False)


def _is_opaque(box: Any) -> bool:
    has_picture = any(layer[0] != "none" for layer in box.style["background_image"])
    return box.style["background_color"].alpha > 0 or has_picture


def _paint_inside(
    box: Any, paint: tuple[tuple[float, int, int], ...], order: int
) -> tuple[tuple[float, int, int], ...]:
    """Return the paint key of a box's content: CSS 2.1 appendix E as tuples that sort in painting order."""
    style = box.style
    is_context = (
        style["position"] != "static"
        or style["opacity"] < 1
        or style["transform"]
        or style["overflow"] != "visible"
    )
    if is_context and not isinstance(box, boxes.TextBox):
        level = 0 if style["z_index"] == "auto" else style["z_index"]
        return (*paint, (level, BACKGROUND, order))
    if box.is_floated():
        return (*paint, (-0.5, FLOAT, order))
    if isinstance(box, boxes.InlineBlockBox | boxes.InlineFlexBox | boxes.InlineGridBox):
        return (*paint, (-0.5, INLINE, order))
    return paint


def _matrix_inside(box: Any, matrix: Any) -> Any:
    if box.transformation_matrix and matrix:
        return box.transformation_matrix @ matrix
    return box.transformation_matrix or matrix


def _text_area(box: Any) -> tuple[float, float, float, float]:
    return box.position_x + box.margin_left, box.position_y + box.margin_top, box.width, box.height


def _content_area(box: Any) -> tuple[float, float, float, float]:
    return box.content_box_x(), box.content_box_y(), box.width, box.height


def _transformed(area: tuple[float, float, float, float], matrix: Any) -> Rectangle:
    x, y, width, height = area
    if matrix is None:
        return Rectangle(
            left=x * MILLIMETRES_PER_PIXEL,
            top=y * MILLIMETRES_PER_PIXEL,
            right=(x + width) * MILLIMETRES_PER_PIXEL,
            bottom=(y + height) * MILLIMETRES_PER_PIXEL,
        )
    corners = [matrix.transform_point(*corner) for corner in _corners(x, y, width, height)]
    horizontal = [corner[0] * MILLIMETRES_PER_PIXEL for corner in corners]
    vertical = [corner[1] * MILLIMETRES_PER_PIXEL for corner in corners]
    return Rectangle(left=min(horizontal), top=min(vertical), right=max(horizontal), bottom=max(vertical))


def _corners(x: float, y: float, width: float, height: float) -> Iterable[tuple[float, float]]:
    return (x, y), (x + width, y), (x, y + height), (x + width, y + height)


def _classes(element: Any) -> frozenset[str]:
    return frozenset((element.get("class") or "").split())


def _is_kept(element: Any) -> bool:
    return element.tag == "time" or bool(_classes(element) & KEPT_CLASSES)
