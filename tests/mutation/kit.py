"""What an operator is made of: a mutant, the register of operators, and lines with other values."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from cardguide.confirming import FREE
from mutation.places import Place, Sheet


@dataclass(frozen=True, kw_only=True)
class Mutant:
    """One wrong edit of a data file; ``lines`` are those on which it stands or leaves its gap."""

    operator: str
    name: str
    where: str
    lines: tuple[int, ...]
    new: tuple[str, ...]
    shown: str
    make: Callable[[], bytes]

    @property
    def new_keys(self) -> tuple[str, ...]:
        """The keys that the mutated lines have now."""
        found = (re.match(r"[ -]*([\w.-]+):", text) for text in self.new)
        return tuple(match[1] for match in found if match)


Edit = str | tuple[str, ...] | None
"""The lines that replace the one of a place; none where the operator does not fit."""
Operator = Callable[[Place], Iterator[Edit]]

OPERATORS: dict[str, Operator] = {}

# What the publisher sets freely (cardguide.confirming.FREE) is known to nobody else: it is asked for its form alone.
FORMS = "mutation.forms"


def operator(name: str) -> Callable[[Operator], Operator]:
    """Enter an operator under its name."""

    def enter(function: Operator) -> Operator:
        OPERATORS[name] = function
        return function

    return enter


def create_mutants(sheet: Sheet, name: str) -> Iterator[Mutant]:
    """Yield every mutant of a file by one operator."""
    for place in sheet.places:
        if place.path[:2] in FREE and OPERATORS[name].__module__ != FORMS:
            continue
        for edit in OPERATORS[name](place):
            new = (edit,) if isinstance(edit, str) else edit
            old = sheet.lines[place.line - 1].rstrip("\n")
            if new is not None and new != (old,):
                words = " | ".join(text.strip()[:60] for text in new) or "(nothing)"
                yield Mutant(
                    operator=name,
                    name=sheet.name,
                    where=place.where,
                    lines=tuple(range(place.line, place.line + max(1, len(new)))),
                    new=new,
                    shown=f"{old.strip()[:60]} -> {words}",
                    make=partial(sheet.with_line, place.line, *new),
                )


def line_of(place: Place, value: str, key: str | None = None) -> str:
    """Return a line with another value, or another key."""
    return f"{place.lead}{key or place.key}: {value}"


def bare_value(place: Place) -> str:
    """Return a text value without its quotes."""
    value = place.value
    return value[1:-1] if value[:1] == value[-1:] == '"' else value


def text_of(place: Place, words: str) -> str:
    """Return a line with other words, in quotes where they were or are needed."""
    if place.value.startswith('"') or not re.match(r"[\w（]", words) or ": " in words or " #" in words:
        words = '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return line_of(place, words)


def is_japanese(locale: str) -> bool:
    """Tell a locale whose texts are Japanese, easy Japanese too."""
    return locale.partition("-")[0] == "ja"


def texts(change: Callable[[str, str], str | None]) -> Operator:
    """Return an operator that changes the words of a text in its locale."""

    def apply(place: Place) -> Iterator[Edit]:
        if place.is_text:
            words = change(bare_value(place), place.locale or "")
            if words is not None and words != bare_value(place):
                yield text_of(place, words)

    return apply
