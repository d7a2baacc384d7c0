"""Benign edits: what a careful person does, which must bring no problem once it is confirmed."""

import re
from collections.abc import Callable, Iterator
from functools import partial

from mutation.places import Place, Sheet

Edit = Callable[[], bytes]
Benign = Callable[[Sheet], Iterator[Edit]]


def add_comments(sheet: Sheet) -> Iterator[Edit]:
    """Add a comment after a line or above it."""
    for place in sheet.places[:: max(1, len(sheet.places) // 12)]:
        if not place.value.startswith('"') or place.value.endswith('"'):
            old = sheet.lines[place.line - 1].rstrip("\n")
            yield partial(sheet.with_line, place.line, f"{old}  # looked at twice")
            yield partial(
                sheet.with_line, place.line, f"{' ' * (len(place.lead) // 2 * 2)}# looked at twice", old
            )


def reorder_keys(sheet: Sheet) -> Iterator[Edit]:
    """Swap two neighbouring keys of a record."""
    for first, second in zip(sheet.places, sheet.places[1:], strict=False):
        neighbours = second.line == first.line + 1 and first.lead == second.lead and not first.is_item
        if neighbours and first.path[:-1] == second.path[:-1]:
            yield partial(
                _with_pair, sheet, first.line, sheet.lines[second.line - 1], sheet.lines[first.line - 1]
            )


def use_windows_line_ends(sheet: Sheet) -> Iterator[Edit]:
    """Save the file with CRLF."""
    yield "".join(sheet.lines).replace("\n", "\r\n").encode


def add_blank_lines(sheet: Sheet) -> Iterator[Edit]:
    """Add a blank line between two records, or at the end."""
    text = "".join(sheet.lines)
    yield (text + "\n").encode
    yield re.sub(r"\n\n", "\n\n\n", text, count=1).encode


def quote_values(sheet: Sheet) -> Iterator[Edit]:
    """Put quotes around a text."""
    for place in _texts(sheet)[:: max(1, len(sheet.places) // 10)]:
        if '"' not in place.value:
            yield partial(sheet.with_line, place.line, f'{place.lead}{place.key}: "{place.value}"')


def fold_texts(sheet: Sheet) -> Iterator[Edit]:
    """Write a text on the lines below its key."""
    for place in _texts(sheet)[:: max(1, len(sheet.places) // 8)]:
        if '"' not in place.value:
            indent = " " * (len(place.lead) + 2)
            yield partial(
                sheet.with_line, place.line, f"{place.lead}{place.key}: >-", f"{indent}{place.value}"
            )


def reword_both_languages(sheet: Sheet) -> Iterator[Edit]:
    """Change a word in both languages of a text."""
    pairs = [
        (first, second)
        for first, second in zip(sheet.places, sheet.places[1:], strict=False)
        if (first.locale, second.locale) == ("ja", "en") and first.is_text and second.line == first.line + 1
    ]
    for first, second in pairs:
        japanese = first.value.replace("とき", "場合", 1).replace("人", "方", 1)
        english = re.sub(r"\bpeople\b", "persons", second.value.replace("when", "whenever", 1), count=1)
        if japanese != first.value and english != second.value:
            above, below = f"{first.lead}ja: {japanese}\n", f"{second.lead}en: {english}\n"
            yield partial(_with_pair, sheet, first.line, above, below)


def check_again(sheet: Sheet) -> Iterator[Edit]:
    """Record that something was checked on another day."""
    # A change cannot have been checked before it was made, so the log of changes is left out.
    days = [place for place in sheet.places if place.key == "verified_on" and place.path[0] != "changes"]
    for place in days[:: max(1, len(days) // 10)]:
        yield partial(sheet.with_line, place.line, f"{place.lead}verified_on: 2026-11-20")


def _with_pair(sheet: Sheet, line: int, above: str, below: str) -> bytes:
    return "".join((*sheet.lines[: line - 1], above, below, *sheet.lines[line + 1 :])).encode()


def _texts(sheet: Sheet) -> list[Place]:
    return [place for place in sheet.places if place.is_text]


BENIGN: tuple[Benign, ...] = (
    add_comments,
    reorder_keys,
    use_windows_line_ends,
    add_blank_lines,
    quote_values,
    fold_texts,
    reword_both_languages,
    check_again,
)
