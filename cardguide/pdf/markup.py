"""What can be seen to be wrong before anything is laid out: the HTML of a sheet."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cardguide.pdf.findings import create_faults
from cardguide.pdf.sheets import SheetFault, SheetSpec

SVG = "{http://www.w3.org/2000/svg}"
HEADINGS = {f"h{level}": level for level in range(1, 7)}
ACTIVE_TAGS = frozenset({"script", "iframe", "object", "embed", "form", "input", "button", "audio", "video"})
UNREAD_TAGS = frozenset({"style", "script", "title", f"{SVG}style"})
INVISIBLE = frozenset("\n\r\t\u200b\u2060")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]+")
ENGLISH_CLAUSE = re.compile(r"(?:\b[A-Za-z][a-z']+[ ,]+){4,}[a-z]+")

ElementFinding = tuple[Any, str, Mapping[str, str]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Markup:
    """The parsed HTML of a sheet, with what each element inherits."""

    root: Any
    parents: Mapping[Any, Any]

    def inherited(self, element: Any, attribute: str) -> str:
        """Return the value of an attribute on the nearest ancestor that has it."""
        while element is not None:
            if value := element.get(attribute):
                return str(value)
            element = self.parents.get(element)
        return ""

    def texts(self) -> Iterator[tuple[Any, str]]:
        """Yield every text that can be drawn, with the element it belongs to."""
        for element in self.root.iter():
            if element.tag not in UNREAD_TAGS and element.text:
                yield element, element.text
            if element.tail and element in self.parents:
                yield self.parents[element], element.tail


def find_markup_faults(
    root: Any, spec: SheetSpec, *, name: Callable[[Any], str], characters: frozenset[int]
) -> tuple[SheetFault, ...]:
    """Return every fault of the HTML.

    ``name`` returns the block of an element; ``characters`` are the code points that can be drawn.
    """
    markup = Markup(root=root, parents={child: parent for parent in root.iter() for child in parent})
    findings = [
        *_check_head(markup, spec),
        *_check_alternatives(markup),
        *_check_headings(markup),
        *_check_table_headers(markup),
        *_check_links(markup),
        *_check_active_content(markup),
        *_check_languages(markup),
        *_check_characters(markup, characters),
    ]
    return tuple(
        create_faults(((0, name(element), rule, details) for element, rule, details in findings), spec)
    )


def meta(root: Any, name: str) -> str:
    """Return the content of a ``meta`` element, or nothing."""
    found = (element.get("content") for element in root.iter("meta") if element.get("name") == name)
    return next(found, None) or ""


def _check_head(markup: Markup, spec: SheetSpec) -> Iterator[ElementFinding]:
    """Require the language, the title and the day of the document."""
    root = markup.root
    if root.get("lang") != spec.locale:
        yield root, "missing-language", {"found": root.get("lang") or "-", "expected": spec.locale}
    if not "".join(element.text or "" for element in root.iter("title")).strip():
        yield root, "missing-title", {}
    if not DAY.fullmatch(meta(root, "dcterms.created")):
        yield root, "missing-date", {"found": meta(root, "dcterms.created") or "-"}


def _check_alternatives(markup: Markup) -> Iterator[ElementFinding]:
    """Require of every picture words for what it shows, or the mark of decoration."""
    for element in markup.root.iter():
        if markup.inherited(element, "aria-hidden") == "true":
            continue
        if element.tag == "img" and not element.get("alt"):
            yield element, "missing-alternative", {"picture": element.get("src", "img")}
        if element.tag == f"{SVG}svg" and not (element.findtext(f"{SVG}title") or "").strip():
            yield element, "missing-alternative", {"picture": "svg"}


def _check_headings(markup: Markup) -> Iterator[ElementFinding]:
    """Require headings that start at level 1 and go down one level at a time."""
    previous = 0
    for element in markup.root.iter():
        level = HEADINGS.get(element.tag, 0)
        if level > previous + 1:
            details = {
                "level": str(level),
                "previous": str(previous),
                "text": "".join(element.itertext())[:24],
            }
            yield element, "heading-jump", details
        previous = level or previous


def _check_table_headers(markup: Markup) -> Iterator[ElementFinding]:
    """Require every header cell to say what it heads, a row or a column, and not to be empty."""
    for element in markup.root.iter("th"):
        text = "".join(element.itertext()).strip()
        if element.get("scope") not in {"row", "col"} or not text:
            yield element, "header-scope", {"text": text or "-"}


def _check_links(markup: Markup) -> Iterator[ElementFinding]:
    """Require every link to lead to a plain address and to have a name."""
    for element in markup.root.iter("a"):
        address = element.get("href", "")
        label = (
            element.get("aria-label")
            or "".join(element.itertext()).strip()
            or element.findtext(f".//{SVG}title")
        )
        if not label or not address.startswith(("https://", "mailto:", "tel:", "#")):
            yield element, "link", {"address": address or "-", "text": label or "-"}


def _check_active_content(markup: Markup) -> Iterator[ElementFinding]:
    """Forbid whatever runs, asks, plays or attaches."""
    for element in markup.root.iter():
        handlers = [attribute for attribute in element.attrib if attribute.startswith("on")]
        if element.tag in ACTIVE_TAGS or handlers or "attachment" in (element.get("rel") or "").split():
            yield element, "active-content", {"element": ", ".join([element.tag, *handlers])}


def _check_languages(markup: Markup) -> Iterator[ElementFinding]:
    """Require the language said of a text to be the one it is written in."""
    for element, text in markup.texts():
        language = markup.inherited(element, "lang") or "ja"
        wrong = ENGLISH_CLAUSE.search(text) if language.startswith("ja") else JAPANESE.search(text)
        if wrong:
            yield element, "language", {"language": language, "text": wrong[0][:24]}


def _check_characters(markup: Markup, characters: frozenset[int]) -> Iterator[ElementFinding]:
    """Require characters that the fonts of the sheets can draw."""
    for element, text in markup.texts():
        if missing := missing_characters(text, characters):
            yield element, "missing-glyph", {"missing": missing}


def missing_characters(text: str, characters: frozenset[int]) -> str:
    """Return the characters that the fonts cannot draw, with their code points."""
    missing = sorted({character for character in text if ord(character) not in characters} - INVISIBLE)
    return ", ".join(f"{character} (U+{ord(character):04X})" for character in missing)
