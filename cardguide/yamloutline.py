"""Follow the indent of a YAML file: which keys and list items are open, and where the next entry belongs."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

INDENT = 2


@dataclass(slots=True)
class _Level:
    """One open level: a key, or an item of a list, whose name is its number."""

    column: int
    name: str
    is_item: bool


@dataclass(slots=True)
class Outline:
    """The open levels from the outermost to the innermost; ``opens`` says whether a deeper one may begin."""

    opens: bool = True
    _levels: list[_Level] = field(default_factory=list)

    @property
    def column(self) -> int:
        """Return the column of the innermost level; -1 outside all."""
        return self._levels[-1].column if self._levels else -1

    @property
    def where(self) -> str:
        """Return the dotted path of the innermost level."""
        return ".".join(level.name for level in self._levels)

    def above(self, column: int) -> str:
        """Return the dotted path of the levels that a line at the column lies in."""
        return ".".join(level.name for level in self._levels if level.column < column)

    def clear(self) -> None:
        """Begin a new document."""
        self._levels.clear()
        self.opens = True

    def settle(self, column: int, find_likely: Callable[[], int], *, is_item: bool) -> int:
        """Close the levels that end before the column, and return the column where the entry belongs.

        ``find_likely`` says where the lines after it would have it, and is asked to decide between two levels.
        """
        closed = None
        while self._levels and self.column > column:
            closed = self._levels.pop()
        if self.column == column and (is_item or closed is None or not self._is_among_items):
            return column
        if closed is None:
            return self.inner_column if self.opens else self.column
        may_stand_here = self._levels and (is_item or not self._levels[-1].is_item)
        likely = find_likely() if may_stand_here else 0
        if may_stand_here and abs(likely - self.column) < abs(likely - closed.column):
            return self.column
        self._levels.append(closed)
        return closed.column

    @property
    def _is_among_items(self) -> bool:
        """Say whether only dashes belong at the column of the innermost level."""
        *outer, last = self._levels
        return last.is_item and not (outer and outer[-1].column == last.column)

    @property
    def inner_column(self) -> int:
        """Return the column where an entry under the innermost level begins."""
        return self.column + INDENT if self._levels else 0

    def enter_items(self, column: int, dashes: str) -> int:
        """Open a level for every dash, and return the column after the last."""
        for dash in re.finditer(r"-[ ]*", dashes):
            self._enter(column + dash.start(), "0", is_item=True)
        return column + len(dashes)

    def enter_key(self, column: int, name: str) -> None:
        """Open the level of a key in place of the one before it."""
        while self._levels and self.column == column and self._levels[-1].is_item:
            self._levels.pop()
        self._enter(column, name, is_item=False)

    def _enter(self, column: int, name: str, *, is_item: bool) -> None:
        last = self._levels[-1] if self._levels else None
        if last and last.column == column and last.is_item == is_item:
            last.name = str(int(last.name) + 1) if is_item else name
        else:
            self._levels.append(_Level(column=column, name=name, is_item=is_item))
