"""The modules of a code, in a third of the time the library takes.

The library tries eight masks and weighs each module by module. Here each mask is weighed as a whole, as one number and
one text, and the code is the same to the last module.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import segno
from segno import consts

MASKS = range(8)
SEPARATOR = b"\2"
FINDER = b"\1\0\1\1\1\0\1"
MARGIN = 4
# What says which mask and version it is weighs nothing: a mask is chosen before that is drawn.
UNWEIGHED = frozenset(
    {
        consts.TYPE_FORMAT_DARK,
        consts.TYPE_FORMAT_LIGHT,
        consts.TYPE_VERSION_DARK,
        consts.TYPE_VERSION_LIGHT,
        consts.TYPE_DARKMODULE,
    }
)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Pattern:
    """What the codes of a version share: how each mask differs from the first, and which modules are weighed."""

    size: int
    differences: tuple[int, ...]
    weighed: int


def draw_code(address: str) -> tuple[bytes, ...]:
    """Return the rows of the code of an address: 1 is dark, without the quiet zone."""
    code = _encode(address, mask=MASKS.start)
    pattern = _pattern(int(code.version))
    whole, stride = _whole(code.matrix), pattern.size + 1
    candidates = [whole ^ difference for difference in pattern.differences]

    def weight(candidate: int) -> int:
        return _weigh((candidate & pattern.weighed).to_bytes(pattern.size * stride, "big"), pattern.size)

    best = min(candidates, key=weight).to_bytes(pattern.size * stride, "big")
    return tuple(best[start : start + pattern.size] for start in range(0, len(best), stride))


def _encode(content: str, *, mask: int, version: int | None = None) -> segno.QRCode:
    return segno.make(content, error="m", micro=False, boost_error=False, mask=mask, version=version)


@cache
def _pattern(version: int) -> _Pattern:
    codes = [_encode("0", version=version, mask=mask) for mask in MASKS]
    first = _whole(codes[0].matrix)
    size = len(codes[0].matrix)
    weighed = [
        [int(kind not in UNWEIGHED) for kind in row] for row in codes[0].matrix_iter(border=0, verbose=True)
    ]
    weighed[8][size - 9] = 1  # the library names this module of the data by what stands beside it
    return _Pattern(
        size=size,
        differences=tuple(first ^ _whole(code.matrix) for code in codes),
        weighed=_whole(weighed),
    )


def _whole(rows: Iterable[Iterable[int]]) -> int:
    """Return the modules as one number, a byte each, with a separator after each row."""
    return int.from_bytes(b"".join(bytes(row) + SEPARATOR for row in rows), "big")


def _weigh(rows: bytes, size: int) -> int:
    """Return the penalty of ISO/IEC 18004, 7.8.3."""
    columns = b"".join(rows[start :: size + 1] + SEPARATOR for start in range(size))
    runs = sum(_weigh_runs(text) for text in (rows, columns))
    finders = sum(_count_finders(text, size) for text in (rows, columns))
    dark = rows.count(1) / size**2
    return runs + 3 * _count_blocks(rows, size) + 40 * finders + 10 * int(abs(dark * 100 - 50) / 5)


def _weigh_runs(text: bytes) -> int:
    """Return the sum of the lengths of the runs of five and more, each less two: a byte of the number is a module."""
    whole = int.from_bytes(SEPARATOR + text, "big")
    ones = int.from_bytes(b"\1" * (len(text) + 1), "big")
    change = whole ^ whole >> 8
    young = change | change >> 8 | change >> 16 | change >> 24
    young = (young | young >> 1) & ones
    beginnings = (young >> 8 & ~young).bit_count()
    return len(text) + 1 - young.bit_count() + 2 * beginnings


def _count_blocks(rows: bytes, size: int) -> int:
    """Return how many squares of two by two modules are all dark or all light."""
    whole = int.from_bytes(rows, "big")
    beside, below = whole ^ whole >> 8, whole ^ whole >> 8 * (size + 1)
    differing = beside | below | below >> 8
    return differing.to_bytes(len(rows), "big")[size + 1 :].count(0)


def _count_finders(text: bytes, size: int) -> int:
    """Return how often a line looks like the middle of a finder, with light or the edge at a side of it."""
    count, place = 0, text.find(FINDER)
    while place >= 0:
        line, start = place - place % (size + 1), place % (size + 1)
        end = start + len(FINDER)
        is_lonely = (
            start == 0
            or end == size
            or 1 not in text[line + max(start - MARGIN, 0) : place]
            or 1 not in text[line + end : line + min(end + MARGIN, size)]
        )
        count += is_lonely
        # After one that does not count, the next may begin with its last dark modules.
        place = text.find(FINDER, place + (len(FINDER) if is_lonely else MARGIN))
    return count
