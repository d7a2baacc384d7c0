"""Records of a laid-out page: what is drawn (leaves) and what holds or covers it (frames); millimetres."""

from dataclasses import dataclass

PaintKey = tuple[tuple[float, int, int], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Rectangle:
    """An area of the page, measured from its top left corner."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Return the extent from left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Return the extent from top to bottom."""
        return self.bottom - self.top

    def excess_over(self, outer: "Rectangle") -> float:
        """Return how far this reaches out of another rectangle, at its worst side."""
        return max(
            outer.left - self.left,
            outer.top - self.top,
            self.right - outer.right,
            self.bottom - outer.bottom,
            0,
        )

    def overlap_with(self, other: "Rectangle") -> float:
        """Return the smaller side of the area shared with another rectangle."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(0, min(across, down))

    def depth_of(self, line: "Rectangle") -> float:
        """Return how deep a line that crosses this lies inside; a line beside it, or along it, is not inside."""
        down = min(line.bottom - self.top, self.bottom - line.top)
        across = min(line.right - self.left, self.right - line.left)
        return max(0, min(down, across))


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame:
    """A box that must hold its content, or that hides what lies under it."""

    order: int
    block: str
    area: Rectangle
    clips: bool
    is_opaque: bool
    paint: PaintKey


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A border that is drawn: a side of a box, with the number of the box."""

    order: int
    block: str
    area: Rectangle


@dataclass(frozen=True, kw_only=True, slots=True)
class Leaf:
    """A piece of text on one line, or a picture (then ``text`` is empty).

    ``frames`` must hold it; ``kept`` numbers the elements around it that must stay on one line; ``container``
    and ``line`` number its block and its line; ``paint`` sorts in painting order.
    """

    order: int
    text: str
    tag: str
    block: str
    area: Rectangle
    size_pt: float
    weight: int
    style: str
    language: str
    is_note: bool
    kept: tuple[int, ...]
    frames: tuple[Frame, ...]
    ancestors: frozenset[int]
    container: int
    line: int
    paint: PaintKey


@dataclass(frozen=True, kw_only=True, slots=True)
class PageLayout:
    """One page, its number counted from 1."""

    number: int
    width_mm: float
    height_mm: float
    leaves: tuple[Leaf, ...]
    frames: tuple[Frame, ...]
    lines: tuple[Line, ...]

    @property
    def area(self) -> Rectangle:
        """Return the whole page."""
        return Rectangle(left=0, top=0, right=self.width_mm, bottom=self.height_mm)

    def safe_area(self, margin_mm: float) -> Rectangle:
        """Return the part of the page that every office printer prints."""
        return Rectangle(
            left=margin_mm, top=margin_mm, right=self.width_mm - margin_mm, bottom=self.height_mm - margin_mm
        )
