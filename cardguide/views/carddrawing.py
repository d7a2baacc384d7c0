"""Our own schematic drawing of the card face: what is still printed, what left it, and the chip.

Lengths are in the units of the drawing, of which a card is 92 wide and 54 high.
"""

from collections.abc import Sequence
from dataclasses import dataclass

HEIGHT = 54
LABEL_LINE, LABEL_MIDDLE = 6, 19.5
BAR_WIDTHS = (16, 12, 14, 9, 13)
SLOT_RIGHT, TRUNK, CHIP_LEFT, CHIP_MIDDLE = 64, 67, 72, 37
CORNER = 1.5


@dataclass(frozen=True, kw_only=True, slots=True)
class Bar:
    """An item that is still printed: a line without words."""

    y: float
    width: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Slot:
    """The place of an item that left the face, and its way to the chip."""

    y: float
    name: str
    way: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CardDrawing:
    """The printed items in one column, those that left the face in the next."""

    bars: tuple[Bar, ...]
    slots: tuple[Slot, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class LabelLine:
    """A line of the words on a card."""

    y: float
    words: str


def place_lines(words: str) -> tuple[LabelLine, ...]:
    """Return words with their line breaks as lines around the middle of a card."""
    lines = words.splitlines()
    top = LABEL_MIDDLE - LABEL_LINE * (len(lines) - 1) / 2
    return tuple(LabelLine(y=top + index * LABEL_LINE, words=line) for index, line in enumerate(lines))


def draw_card(printed: Sequence[str], removed: Sequence[str]) -> CardDrawing:
    """Return the places of the items on the face."""
    bars = tuple(
        Bar(y=y, width=BAR_WIDTHS[index % len(BAR_WIDTHS)]) for index, y in enumerate(_spread(len(printed)))
    )
    slots = tuple(
        Slot(y=y, name=name, way=_way_to_chip(y))
        for y, name in zip(_spread(len(removed)), removed, strict=True)
    )
    return CardDrawing(bars=bars, slots=slots)


def _spread(count: int) -> list[float]:
    """Return the middles of so many lines over the height of the card."""
    pitch = (HEIGHT - 6) / max(count, 1)
    return [round(3 + pitch * (index + 0.5), 2) for index in range(count)]


def _way_to_chip(y: float) -> str:
    """Return a line that runs right, turns into the trunk and ends at the chip."""
    down = CORNER if y < CHIP_MIDDLE else -CORNER
    return (
        f"M{SLOT_RIGHT} {y}H{TRUNK - CORNER}Q{TRUNK} {y} {TRUNK} {y + down}"
        f"V{CHIP_MIDDLE - down}Q{TRUNK} {CHIP_MIDDLE} {TRUNK + CORNER} {CHIP_MIDDLE}H{CHIP_LEFT}"
    )
