"""Incremental updates: what is added to a finished PDF at its end, without touching what was there."""

import hashlib
import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

LINE_ENDS = (b"\r", b"\n")


@dataclass(frozen=True, kw_only=True, slots=True)
class Trailer:
    """What an update repeats of the file before it, and where that file keeps its last cross-reference."""

    size: int
    start: int
    root: str
    info: str
    identifier: str


def append_update(base: bytes, objects: Mapping[int, bytes], trailer: Trailer) -> bytes:
    """Return the file with objects replaced and added, by their number; the same objects make the same bytes."""
    if not base.endswith(b"\n"):
        base += b"\n"
    body, places = bytearray(), {}
    for number in sorted(objects):
        places[number] = len(base) + len(body)
        body += b"%d 0 obj\n%b\nendobj\n" % (number, objects[number])
    table = max(trailer.size, *(number + 1 for number in objects))
    places[table] = start = len(base) + len(body)
    rows = b"".join(struct.pack(">BLB", 1, places[number], 0) for number in sorted(places))
    changed = hashlib.sha256(body).hexdigest()[:32]
    dictionary = (
        f"<< /Type /XRef /Size {table + 1} /Root {trailer.root} /Info {trailer.info} "
        f"/ID [ <{trailer.identifier}> <{changed}> ] /Prev {trailer.start} "
        f"/W [ 1 4 1 ] /Index [ {_ranges(sorted(places))} ] /Length {len(rows)} >>"
    )
    body += b"%d 0 obj\n%b\nstream\n%b\nendstream\nendobj\n" % (table, dictionary.encode("ascii"), rows)
    return b"%b%bstartxref\n%d\n%%%%EOF\n" % (base, bytes(body), start)


def _ranges(numbers: Sequence[int]) -> str:
    """Return the first number and the count of each run of numbers."""
    runs = groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0])
    groups = [[number for _, number in run] for _, run in runs]
    return " ".join(f"{group[0]} {len(group)}" for group in groups)


def render_stream(content: bytes, *, is_font: bool = False) -> bytes:
    """Return a compressed stream object.

    It is lengthened until its end cannot be taken for a line end; never by a zero, which leaves the last byte of the
    checksum as it is.
    """
    packed = zlib.compress(content)
    while packed.endswith(LINE_ENDS):
        content += b"\n"
        packed = zlib.compress(content)
    own = f" /Length1 {len(content)}" if is_font else ""
    head = f"<< /Filter /FlateDecode /Length {len(packed)}{own} >>"
    return head.encode("ascii") + b"\nstream\n" + packed + b"\nendstream"


def render_text(words: str) -> str:
    """Return a text string of a PDF."""
    return f"<FEFF{words.encode('utf-16-be').hex().upper()}>"


def render_address(address: str) -> str:
    """Return a byte string of a PDF for an address, which is ASCII."""
    escaped = address.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"({escaped})"
