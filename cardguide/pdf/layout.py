"""The machine's eye: what WeasyPrint never says about a page that it has laid out."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby

from cardguide.pdf.findings import Details, Finding, create_faults
from cardguide.pdf.geometry import Frame, Leaf, PageLayout
from cardguide.pdf.rubies import READING
from cardguide.pdf.sheets import SheetFault, SheetSpec
from cardguide.pdf.typography import strip_break_marks

TOLERANCE_MM = 0.3
DRAWN_WEIGHTS = frozenset({400, 700})
EXCERPT_LENGTH = 24
JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
PUNCTUATION = re.compile(r"[\s、。，．・：；？！「」『』（）()〔〕［］,.:;!?]")
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
UNBREAKABLE = re.compile(
    rf"""
    \d{{4}}\s*年\s*\d{{1,2}}\s*月(?:\s*\d{{1,2}}\s*日)?
    | \d{{1,2}}\s*月\s*\d{{1,2}}\s*日
    | \d[\d,]*\s*円
    | (?:{MONTHS})\s+\d{{1,2}}(?:,\s+\d{{4}})?
    | \d{{1,2}}\s+(?:{MONTHS})(?:\s+\d{{4}})?
    | \d[\d,]*\s+yen
    """,
    re.VERBOSE,
)


def find_layout_faults(pages: Sequence[PageLayout], spec: SheetSpec) -> tuple[SheetFault, ...]:
    """Return every fault of the layout, the worst of each rule, block and page."""
    findings = [*_check_page_count(pages, spec)]
    for page in pages:
        findings += _check_page_size(page, spec)
        findings += _check_frames(page)
        findings += _check_safe_margin(page, spec)
        findings += _check_collisions(page)
        findings += _check_covered_text(page)
        findings += _check_crossed_text(page)
        findings += _check_type(page, spec)
        findings += _check_lines(page)
    findings += _check_kept_together(pages)
    return tuple(create_faults(findings, spec))


def _check_page_count(pages: Sequence[PageLayout], spec: SheetSpec) -> Iterator[Finding]:
    """Require exactly the promised number of pages, none of them empty."""
    for page in pages[spec.pages :]:
        characters = sum(_length(leaf) for leaf in page.leaves)
        block = page.leaves[0].block if page.leaves else ""
        details = {"pages": str(len(pages)), "allowed": str(spec.pages), "characters": str(characters)}
        yield page.number, block, "page-count", details
    if len(pages) < spec.pages:
        details = {"pages": str(len(pages)), "allowed": str(spec.pages), "characters": "0"}
        yield 0, "", "page-count", details
    for page in pages:
        if not page.leaves:
            yield page.number, "", "empty-page", {}


def _check_page_size(page: PageLayout, spec: SheetSpec) -> Iterator[Finding]:
    """Require the promised size of every page."""
    width, height = spec.page_size_mm
    if max(abs(page.width_mm - width), abs(page.height_mm - height)) > TOLERANCE_MM:
        details = {
            "size": f"{page.width_mm:.1f} x {page.height_mm:.1f}",
            "expected": f"{width:.1f} x {height:.1f}",
        }
        yield page.number, "", "page-size", details


def _check_frames(page: PageLayout) -> Iterator[Finding]:
    """Require text and pictures to stay inside the blocks that hold them, hidden or not."""
    for leaf in page.leaves:
        left = [frame for frame in leaf.frames if leaf.area.excess_over(frame.area) > TOLERANCE_MM]
        if left:
            frame = next((frame for frame in left if frame.clips), left[-1])
            yield page.number, leaf.block, "clipped" if frame.clips else "overflow", _excess(leaf, frame)


def _excess(leaf: Leaf, frame: Frame) -> Details:
    return {
        "millimetres": f"{leaf.area.excess_over(frame.area):.1f}",
        "characters": str(_lost_characters(leaf, frame) if leaf.text else 0),
        "frame": frame.block,
        "text": _excerpt(leaf),
    }


def _lost_characters(leaf: Leaf, frame: Frame) -> int:
    """Return how many characters stick out: the whole line above and below, a part of it at the sides."""
    area, holder = leaf.area, frame.area
    if max(area.bottom - holder.bottom, holder.top - area.top) > TOLERANCE_MM:
        return _length(leaf)
    share = area.excess_over(holder) / max(area.width, TOLERANCE_MM)
    return max(1, min(_length(leaf), round(share * _length(leaf))))


def _check_safe_margin(page: PageLayout, spec: SheetSpec) -> Iterator[Finding]:
    """Require text and pictures to keep off the edge that office printers leave white."""
    safe = page.safe_area(spec.safe_margin_mm)
    for leaf in page.leaves:
        excess = leaf.area.excess_over(safe)
        if excess > TOLERANCE_MM:
            rule = "outside-page" if leaf.area.excess_over(page.area) > TOLERANCE_MM else "safe-margin"
            details = {
                "millimetres": f"{excess:.1f}",
                "margin": f"{spec.safe_margin_mm:g}",
                "text": _excerpt(leaf),
            }
            yield page.number, leaf.block, rule, details


def _check_collisions(page: PageLayout) -> Iterator[Finding]:
    """Forbid that two pieces of text or pictures lie on one another."""
    waiting: list[Leaf] = []
    for leaf in sorted(page.leaves, key=lambda leaf: leaf.area.top):
        waiting = [other for other in waiting if other.area.bottom > leaf.area.top + TOLERANCE_MM]
        for other in waiting:
            overlap = leaf.area.overlap_with(other.area)
            if overlap > TOLERANCE_MM:
                yield page.number, leaf.block, "collision", _collision(leaf, other, overlap)
        waiting.append(leaf)


def _collision(leaf: Leaf, other: Leaf, overlap: float) -> Details:
    return {
        "millimetres": f"{overlap:.1f}",
        "other": other.block,
        "text": _excerpt(leaf),
        "other_text": _excerpt(other),
    }


def _check_covered_text(page: PageLayout) -> Iterator[Finding]:
    """Forbid that an opaque block is painted over text that is not its own."""
    covers = [frame for frame in page.frames if frame.is_opaque]
    for leaf in page.leaves:
        for cover in covers:
            if cover.order not in leaf.ancestors and cover.paint > leaf.paint:
                overlap = leaf.area.overlap_with(cover.area)
                if overlap > TOLERANCE_MM:
                    details = {
                        "millimetres": f"{overlap:.1f}",
                        "other": cover.block,
                        "text": _excerpt(leaf),
                    }
                    yield page.number, leaf.block, "covered", details


def _check_crossed_text(page: PageLayout) -> Iterator[Finding]:
    """Forbid that the border of another block runs through text."""
    for leaf in page.leaves:
        for line in page.lines:
            depth = leaf.area.depth_of(line.area)
            if leaf.text and depth > TOLERANCE_MM and line.order not in leaf.ancestors:
                details = {"millimetres": f"{depth:.1f}", "other": line.block, "text": _excerpt(leaf)}
                yield page.number, leaf.block, "crossed", details


def _check_type(page: PageLayout, spec: SheetSpec) -> Iterator[Finding]:
    """Forbid text under its floor, and any weight or slant that the font does not have."""
    for leaf in page.leaves:
        if not leaf.text:
            continue
        floor = _floor(leaf, spec)
        if leaf.size_pt < floor - 0.01:
            details = {"size": f"{leaf.size_pt:.2f}", "floor": f"{floor:g}", "text": _excerpt(leaf)}
            yield page.number, leaf.block, "size-floor", details
        if leaf.weight not in DRAWN_WEIGHTS or leaf.style != "normal":
            details = {"face": f"{leaf.weight} {leaf.style}", "text": _excerpt(leaf)}
            yield page.number, leaf.block, "font-face", details


def _floor(leaf: Leaf, spec: SheetSpec) -> float:
    """Return the least size of a text: a reading may have half the size of the words of the sheet."""
    if leaf.tag == READING:
        return spec.minimum_size_pt / 2
    return spec.note_size_pt if leaf.is_note else spec.minimum_size_pt


def _check_lines(page: PageLayout) -> Iterator[Finding]:
    """Forbid broken dates and amounts, and Japanese paragraphs that end with one character."""
    by_container: dict[int, list[Leaf]] = defaultdict(list)
    for leaf in page.leaves:
        if leaf.text:
            by_container[leaf.container].append(leaf)
    for leaves in by_container.values():
        lines = [list(group) for _, group in groupby(leaves, key=lambda leaf: leaf.line)]
        texts = ["".join(_plain(leaf.text) for leaf in line) for line in lines]
        for match in UNBREAKABLE.finditer("\n".join(texts)):
            if "\n" in match[0]:
                yield page.number, leaves[0].block, "broken-date", {"text": match[0].replace("\n", " / ")}
        last = PUNCTUATION.sub("", texts[-1])
        if len(texts) > 1 and len(last) == 1 and JAPANESE.match(last):
            yield page.number, lines[-1][0].block, "widow", {"text": texts[-1], "before": texts[-2][-12:]}


def _check_kept_together(pages: Sequence[PageLayout]) -> Iterator[Finding]:
    """Require one line for what is marked as a time or ``nowrap``."""
    pieces: dict[int, list[tuple[int, Leaf]]] = defaultdict(list)
    for page in pages:
        for leaf in page.leaves:
            for kept in leaf.kept:
                pieces[kept].append((page.number, leaf))
    for found in pieces.values():
        if len({leaf.line for _, leaf in found}) > 1:
            number, leaf = found[0]
            yield (
                number,
                leaf.block,
                "broken-date",
                {"text": " / ".join(_plain(leaf.text) for _, leaf in found)},
            )


def _plain(text: str) -> str:
    return strip_break_marks(text).replace("\u00a0", " ")


def _length(leaf: Leaf) -> int:
    return len(_plain(leaf.text))


def _excerpt(leaf: Leaf) -> str:
    text = _plain(leaf.text).strip()
    if not leaf.text:
        return f"<{leaf.tag.rpartition('}')[2]}>"
    return text if len(text) <= EXCERPT_LENGTH else f"{text[:EXCERPT_LENGTH]}…"
