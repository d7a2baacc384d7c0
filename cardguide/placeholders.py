"""Placeholders of texts: ``{launch}``, ``{launch:era}``, ``{procedure.exchange}``."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_PLACEHOLDER = re.compile(
    r"\{(?:(?P<collection>[a-z]+)\.)?(?P<id>[a-z0-9]+(?:-[a-z0-9]+)*)(?::(?P<style>[a-z]+))?\}"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Placeholder:
    """A reference inside a text; without a collection it names a fact."""

    collection: str
    id: str
    style: str | None
    written: str
    position: int


def split_text(text: str) -> Iterator[str | Placeholder]:
    """Yield the plain words and the placeholders of a text in order; stray braces stay in the words."""
    end = 0
    for match in _PLACEHOLDER.finditer(text):
        if match.start() > end:
            yield text[end : match.start()]
        yield Placeholder(
            collection=match["collection"] or "fact",
            id=match["id"],
            style=match["style"],
            written=match[0],
            position=match.start(),
        )
        end = match.end()
    if end < len(text):
        yield text[end:]


def placeholders(text: str) -> tuple[Placeholder, ...]:
    """Return the placeholders of a text in order."""
    return tuple(part for part in split_text(text) if isinstance(part, Placeholder))
