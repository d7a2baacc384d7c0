"""A table as short as a frame can carry it: what only programs read stands in the table to paste and in its tree."""

from html import escape
from html.parser import HTMLParser

_PROGRAMS_READ = frozenset({"data-record", "data-fact", "data-label", "value", "datetime", "class"})
# The HTML standard lets these ends be left out where the next start, or the end of what is around, implies them.
_IMPLIED_ENDS = frozenset({"p", "li", "rt", "td", "th", "tr", "thead", "tbody"})
_VALUES = frozenset({"data", "time"})
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
_EMPTY = frozenset({"br"})
_LAYOUT_ONLY = frozenset({"table", "thead", "tbody", "tfoot", "tr", "ul"})
_QUOTED = frozenset(" \t\n\f\r\"'=<>`")


def create_lean(html: str, *, lang: str) -> str:
    """Return the HTML of a table, inside a document in a language, with the same words, links and accessible names."""
    writer = _Writer(lang)
    writer.feed(html)
    writer.close()
    return "".join(writer.written)


class _Writer(HTMLParser):
    def __init__(self, lang: str) -> None:
        super().__init__(convert_charrefs=True)
        self.written: list[str] = []
        # What is open: the name in the source, the end to write, the language.
        self._open: list[tuple[str, str, str]] = [("", "", lang)]
        self._stays_whole = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        around = self._open[-1][2]
        lang = given.get("lang", around)
        self._stays_whole = tag == "time" or "whole" in given.get("class", "")
        name, kept = _written(
            tag, {key: value for key, value in given.items() if (key, value) != ("lang", around)}
        )
        if name:
            self.written.append(f"<{name}{''.join(map(_attribute, kept, kept.values()))}>")
        if tag not in _EMPTY:
            end = f"</{name}>" if name and name not in _IMPLIED_ENDS else ""
            self._open.append((tag, end, lang))

    def handle_endtag(self, tag: str) -> None:
        opened, end, _ = self._open.pop()
        if opened != tag:
            raise ValueError(f"the template closes <{tag}> in the wrong place")
        self.written.append(end)

    def handle_data(self, data: str) -> None:
        if self._open[-1][0] in _LAYOUT_ONLY and not data.strip():
            return
        text = escape(data.replace("\n", " ") if data.strip() else " ", quote=False)
        self.written.append(_whole(text) if self._stays_whole else text)
        self._stays_whole = False


def _written(tag: str, given: dict[str, str]) -> tuple[str, dict[str, str]]:
    """Return the element and the attributes to write; no element where it said something to programs only."""
    if tag == "a" and given.get("href", "").startswith("http"):
        # Inside a frame another site would load in the place of the table, or refuse to.
        given = {**given, "target": "_blank", "rel": "noopener"}
    kept = {name: value for name, value in given.items() if name not in _PROGRAMS_READ}
    return ("" if tag in _VALUES or (tag == "span" and not kept) else tag), kept


def _whole(text: str) -> str:
    """Return a date, an amount or a number that stays on one line."""
    if text.isascii() and "-" not in text:
        return text.replace(" ", NO_BREAK_SPACE)
    return f"<span>{text}</span>"


def _attribute(name: str, value: str) -> str:
    if not value:
        return f" {name}"
    return f' {name}="{escape(value)}"' if _QUOTED & set(value) else f" {name}={value}"
