"""Finding what every public text rests on: record, source, place in the source, state and day checked."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from built import document, squeezed
from lxml import html

SITE = "https://card-guide.example/"
STATES = {"confirmed", "reported", "conflict", "unknown"}

# Text that makes no statement about the card, and why.
FRAME: Mapping[str, str] = {
    "ancestor-or-self::*[self::h1 or self::h2 or self::h3 or self::h4]": "a heading names what stands under it",
    "ancestor-or-self::dt or self::caption or self::th[@scope='col']": "the name of a field, or a question",
    "self::summary": "names what opens below it",
    "self::figcaption[parent::figure[has-class('drawing')]]": "says that a drawing is this guide's own",
    "self::p[has-class('lead')]": "says what a page of this guide is",
    "ancestor-or-self::footer[parent::*[has-class('twin')]]": "says who did not make the sheet",
    "ancestor-or-self::nav": "the way through the site",
    "ancestor-or-self::footer[has-class('checked')]": "the page's own record and day",
    "ancestor-or-self::details[has-class('provenance')]": "the note of provenance itself",
    "ancestor-or-self::*[@role='img']": "a sign or a drawing, told in words beside it",
    "ancestor-or-self::*[@aria-hidden='true']": "decoration",
    "ancestor-or-self::*[has-class('title__other')]": "the title in another language",
    "ancestor-or-self::*[has-class('sign-note')]": "says that the signs are this guide's own",
    "ancestor-or-self::*[has-class('actions') or has-class('related')]": "links to other pages",
    "ancestor-or-self::*[has-class('downloads')]": "names the files of this guide",
    "ancestor-or-self::*[has-class('question__origin')]": "names the number of a question on the flyer",
    "ancestor-or-self::*[starts-with(@data-record, 'guide_questions.')]": "asks, and states nothing",
    "ancestor-or-self::*[starts-with(@data-record, 'date_inputs.')]": "asks, and states nothing",
    "ancestor-or-self::*[has-class('guide-note')]": "says how this guide works",
    "self::label or self::legend or self::button or self::option": "a control of a form",
    "ancestor-or-self::*[has-class('status')]": "counts this guide's own checks",
    "ancestor-or-self::*[has-class('notice') and @data-review-by]": "says that the page was to be checked",
    "ancestor-or-self::*[has-class('state')]": "says how sure the words beside it are",
}
# Pages, by record, on which people write about this guide itself.
PROSE = {
    "pages.about",
    "pages.partners",
    "pages.flyers",
    "pages.sources",
    "pages.accessibility",
    "pages.imprint",
}


def has_class(_: object, name: str) -> bool:
    """Answer ``has-class('name')`` in an XPath."""
    return name in _.context_node.get("class", "").split()  # type: ignore[attr-defined]


_FUNCTIONS = html.etree.FunctionNamespace(None)
_FUNCTIONS["has-class"] = has_class
_IN_FRAME = html.etree.XPath(" or ".join(f"({each})" for each in FRAME))


def page_record(page: html.HtmlElement) -> str:
    """Return the record that a page names in its foot."""
    return next(iter(page.xpath("//main//footer//code/text()")), "")


def texts(page: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """Yield every element of a page's main part that has words of its own and is no frame."""
    for element in page.xpath("//main//*"):
        own = [element.text or "", *(child.tail or "" for child in element)]
        if isinstance(element.tag, str) and any(map(str.strip, own)) and not _IN_FRAME(element):
            yield element


def record_of(element: html.HtmlElement) -> html.HtmlElement | None:
    """Return the nearest element around that names a record."""
    return next(iter(element.xpath("ancestor-or-self::*[@data-record][1]")), None)


def notes(page: html.HtmlElement) -> dict[str, html.HtmlElement]:
    """Return the notes of provenance of a page by record."""
    found = page.xpath("//details[has-class('provenance')]")
    return {record: note for note in found for record in note.get("data-record").split()}


class Site:
    """The pages of a published tree, each read once."""

    def __init__(self, dist: Path) -> None:
        self.dist = dist
        self._pages: dict[Path, html.HtmlElement] = {}

    def page(self, path: Path) -> html.HtmlElement:
        if path not in self._pages:
            self._pages[path] = document(path)
        return self._pages[path]

    def linked(self, path: Path, element: html.HtmlElement) -> Iterator[html.HtmlElement]:
        """Yield the pages of the tree to which an element links."""
        here = SITE + path.relative_to(self.dist).as_posix().removesuffix("index.html")
        for href in element.xpath(".//a/@href"):
            address = urlsplit(urljoin(here, href))
            target = self.dist / unquote(address.path.lstrip("/")) / "index.html"
            if urlsplit(SITE).netloc == address.netloc and target.is_file():
                yield self.page(target)

    def unsourced(self, path: Path) -> list[str]:
        """Return the texts of a page that lead to no note of provenance."""
        page = self.page(path)
        found = []
        for element in texts(page):
            record = record_of(element)
            if is_noted_by_number(element):
                continue
            if record is None:
                if not is_prose(page, element):
                    found.append(f"no record: {shown(element)}")
            elif not self._is_noted(path, page, record):
                found.append(f"{record.get('data-record')} leads to no note: {shown(element)}")
        return found

    def _is_noted(self, path: Path, page: html.HtmlElement, record: html.HtmlElement) -> bool:
        name = record.get("data-record")
        if name.startswith("sources."):
            return bool(record.xpath(".//time/@datetime"))
        return name in notes(page) or any(
            name in notes(other) for other in self.linked(path, _row_of(record))
        )


def is_noted_by_number(element: html.HtmlElement) -> bool:
    """Say whether a text stands in the copy of a sheet, beside the number of a note in its list of sources."""
    in_copy = element.xpath("ancestor-or-self::*[has-class('twin')]")
    return bool(
        in_copy
        and (
            element.xpath("ancestor-or-self::*[self::p or self::li or self::section]//sup")
            or element.xpath("ancestor-or-self::section[has-class('unknown')]//time")
            or element.xpath("ancestor-or-self::ul[has-class('notes')]")
        )
    )


def _row_of(record: html.HtmlElement) -> html.HtmlElement:
    """Return the row of a table around a record, whose heading links for all cells, or the record itself."""
    return next(iter(record.xpath("ancestor-or-self::tr")), record)


def is_prose(page: html.HtmlElement, element: html.HtmlElement) -> bool:
    """Say whether a text stands on a page about this guide and states no date or amount."""
    about_guide = page_record(page) in PROSE
    return about_guide and not element.xpath("ancestor-or-self::time|ancestor-or-self::data[not(parent::a)]")


def faults_of_note(note: html.HtmlElement, sources: set[str]) -> Iterator[str]:
    """Yield what a note of provenance does not say."""
    cited = [href.rpartition("#")[2] for href in note.xpath(".//a/@href") if "sources/#" in href]
    if not cited and note.get("data-state") != "unknown":  # that nothing is known has no source
        yield "no source"
    if set(cited) - sources:
        yield f"sources that are not listed: {sorted(set(cited) - sources)}"
    for item in note.xpath(".//li[a]"):
        title = squeezed(item.find("a").text_content())
        if squeezed(item.text_content()).removeprefix(title).strip("、,()（） ") == "":
            yield f"no place in {title}"
    if not note.xpath(".//time/@datetime"):
        yield "no day"
    if note.get("data-state") not in STATES:
        yield "no state"


def shown(element: html.HtmlElement) -> str:
    """Return an element and its first words, for a person who looks for it."""
    return f"<{element.tag}> {' '.join(element.text_content().split())[:70]}"
