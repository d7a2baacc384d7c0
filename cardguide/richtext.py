"""Texts whose values and links are known: the same words as HTML or as plain text."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup, escape

# Pages pass through Markdown, which takes these signs for its own even in escaped text.
_MARKDOWN_SIGNS = {ord(sign): f"&#{ord(sign)};" for sign in "*_`[]{}\\~"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """A run of words, and what it stands for.

    ``fact`` and ``machine`` name the fact and its machine form (an ISO day, a number); ``href`` makes a link;
    ``whole`` keeps the run on one line, as dates, amounts and phone numbers must.
    """

    text: str
    fact: str | None = None
    kind: str | None = None
    machine: str | None = None
    href: str | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class RichText:
    """Words with facts and links in them; ``str()`` gives the plain words."""

    parts: tuple[Part, ...]

    def __str__(self) -> str:
        return "".join(part.text for part in self.parts)

    def __html__(self) -> Markup:
        return Markup("").join(_part_html(part) for part in self.parts)

    def __bool__(self) -> bool:
        return bool(self.parts)

    @property
    def plain(self) -> str:
        """The words alone, for attributes and titles."""
        return str(self)

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts whose values stand in the text."""
        return tuple(part.fact for part in self.parts if part.fact)


def inert(text: str) -> Markup:
    """Return words as HTML that stays words even where Markdown reads it."""
    return Markup(escape(text).translate(_MARKDOWN_SIGNS))  # noqa: S704 - escaped in this line


def plain(text: str) -> RichText:
    """Return a rich text of plain words."""
    return RichText((Part(text=text),))


def join(texts: Sequence[RichText], between: str = "") -> RichText:
    """Return the texts one after the other."""
    parts: list[Part] = []
    for index, text in enumerate(texts):
        if index and between:
            parts.append(Part(text=between))
        parts.extend(text.parts)
    return RichText(tuple(parts))


@lru_cache(maxsize=16384)  # a statement stands on several pages and in several tables
def _part_html(part: Part) -> Markup:
    words = inert(part.text)
    if part.kind == "date":
        named = Markup(' data-fact="{}"').format(part.fact) if part.fact else Markup("")
        words = Markup('<time datetime="{}"{}>{}</time>').format(part.machine, named, words)
    elif part.fact and part.machine is not None:
        words = Markup('<data value="{}" data-fact="{}"{}>{}</data>').format(
            part.machine, part.fact, Markup(' class="whole"') if part.whole else "", words
        )
    if part.href:
        words = Markup('<a href="{}">{}</a>').format(part.href, words)
    return words
