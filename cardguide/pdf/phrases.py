"""Line breaks in a whole sheet: a phrase may begin in one element and end in the next; no short word ends alone.

The mark before the first character of an element stands in front of it, because an element may forbid breaks. A word
under its reading is such an element; the reading takes no part.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from cardguide.pdf.rubies import READING, RUBY
from cardguide.pdf.typography import break_marks, strip_break_marks

NO_BREAK_SPACE = "\u00a0"
LONGEST_LONELY_WORD = 7
WHOLE_NAMES = {name: name.replace(" ", NO_BREAK_SPACE) for name in ("My Number",)}
INLINE_TAGS = frozenset(
    {"a", "abbr", "b", "cite", "data", "em", "mark", "q", RUBY, "small", "span", "strong", "time"}
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """One text of the tree: the ``text`` or the ``tail`` of an element."""

    element: Any
    place: str
    language: str

    @property
    def content(self) -> str:
        """Return the text without marks."""
        return strip_break_marks(getattr(self.element, self.place) or "")

    @property
    def is_ruby(self) -> bool:
        """Tell whether this is the word under a reading."""
        return bool(self.element.tag == RUBY) and self.place == "text"


def mark_phrases(root: Any) -> None:
    """Put break marks into the texts of a tree, wherever ``data-phrases`` is ``on``."""
    run: list[Piece] = []
    for piece in [*_pieces(root, is_on=False, language=""), None]:
        if piece:
            run.append(piece)
        else:
            _mark_run([piece for piece in run if piece.language.startswith("ja")])
            _bind_names([piece for piece in run if not piece.language.startswith("ja")])
            _bind_last_words([piece for piece in run if piece.content.strip()][-1:])
            run = []


def _pieces(element: Any, *, is_on: bool, language: str) -> Iterator[Piece | None]:
    """Yield the texts that take part, and None where a line of text ends."""
    if element.tag == READING:
        return
    wish = element.get("data-phrases")
    is_inside_on = is_on if wish is None else wish == "on"
    inner_language = element.get("lang") or language
    is_inline = element.tag in INLINE_TAGS
    if not is_inline:
        yield None
    if is_inside_on and element.tag not in {"style", "title"}:
        yield Piece(element=element, place="text", language=inner_language)
    for child in element:
        yield from _pieces(child, is_on=is_inside_on, language=inner_language)
        if is_inside_on:
            yield Piece(element=child, place="tail", language=inner_language)
    if not is_inline:
        yield None


def _mark_run(run: list[Piece]) -> None:
    marks = iter(break_marks("".join(piece.content for piece in run)))
    for before, piece in zip([None, *run], run, strict=False):
        text = piece.content
        own = list(islice(marks, len(text)))
        if piece.place == "text" and own:
            _append(before, own[0])
            own[0] = ""
        if piece.is_ruby:
            own = [""] * len(text)
        marked = "".join(mark + character for mark, character in zip(own, text, strict=True))
        setattr(piece.element, piece.place, marked)


def _append(piece: Piece | None, mark: str) -> None:
    if piece:
        setattr(piece.element, piece.place, (getattr(piece.element, piece.place) or "") + mark)


def _bind_names(run: list[Piece]) -> None:
    """Keep a name of two words on one line: "a My" at the end of a line says something else."""
    for piece in run:
        text = getattr(piece.element, piece.place) or ""
        for name, whole in WHOLE_NAMES.items():
            text = text.replace(name, whole)
        setattr(piece.element, piece.place, text)


def _bind_last_words(last: list[Piece]) -> None:
    """Keep a short last word of a text with spaces together with the word before it."""
    for piece in last:
        rest, space, word = getattr(piece.element, piece.place).rpartition(" ")
        if not piece.language.startswith("ja") and space and 0 < len(word.strip()) <= LONGEST_LONELY_WORD:
            setattr(piece.element, piece.place, f"{rest}{NO_BREAK_SPACE}{word}")
