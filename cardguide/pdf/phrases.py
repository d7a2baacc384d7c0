"""Phrase breaks in a whole sheet: a phrase may begin in one element and end in the next."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from cardguide.pdf.typography import break_marks, strip_break_marks

INLINE_TAGS = frozenset({"a", "abbr", "b", "cite", "em", "mark", "q", "small", "span", "strong", "time"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """One text of the tree: the ``text`` or the ``tail`` of an element."""

    element: Any
    place: str

    @property
    def content(self) -> str:
        """Return the text without marks."""
        return strip_break_marks(getattr(self.element, self.place) or "")


def mark_phrases(root: Any) -> None:
    """Put break marks into the Japanese text of a tree, wherever ``data-phrases`` is ``on``."""
    run: list[Piece] = []
    for piece in [*_pieces(root, is_on=False, language=""), None]:
        if piece:
            run.append(piece)
        else:
            _mark_run(run)
            run = []


def _pieces(element: Any, *, is_on: bool, language: str) -> Iterator[Piece | None]:
    """Yield the texts that take part, and None where a line of text ends."""
    wish = element.get("data-phrases")
    is_inside_on = is_on if wish is None else wish == "on"
    inner_language = element.get("lang") or language
    is_inline = element.tag in INLINE_TAGS
    if not is_inline:
        yield None
    if is_inside_on and inner_language.startswith("ja") and element.tag not in {"style", "title"}:
        yield Piece(element=element, place="text")
    for child in element:
        yield from _pieces(child, is_on=is_inside_on, language=inner_language)
        if is_inside_on and inner_language.startswith("ja"):
            yield Piece(element=child, place="tail")
    if not is_inline:
        yield None


def _mark_run(run: list[Piece]) -> None:
    marks = iter(break_marks("".join(piece.content for piece in run)))
    for piece in run:
        text = piece.content
        marked = "".join(
            mark + character for mark, character in zip(islice(marks, len(text)), text, strict=True)
        )
        setattr(piece.element, piece.place, marked)
