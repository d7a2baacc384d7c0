"""Collecting what each output says for a record or a fact: pages, tables to embed, data files, sheets."""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import yaml
from built import LOCALES, bare, squeezed
from lxml import html
from projects import HOME

# Words beside a statement that are not of it: its state, its notes, the mark of its source.
BESIDE = ".//*[contains(@class, 'state') or contains(@class, 'mark')] | .//small | .//sup | .//details"
# Other days are shown beside the present one: fees that held before, or that come.
OTHER_DAYS = (
    "ancestor::*[contains(@class, 'fees--past') or contains(@class, 'fees--coming')"
    " or re:test(@id, '-(past|coming)')]"
)
CSV_FIELDS = {
    "procedures": ("summary", "who", "deadline", "fee", "documents", "legal_basis"),
    "faq": ("answer",),
    "facts": ("text",),
}
_REGULAR = {"re": "http://exslt.org/regular-expressions"}
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Rendering:
    """What one place says: the words of a record, or of a fact with its machine form."""

    channel: str
    place: str
    locale: str
    name: str
    words: str
    machine: str | None = None


def collect(files: Mapping[str, bytes]) -> Iterator[Rendering]:
    """Yield what every file of a staged or published tree says."""
    for path, content in files.items():
        locale = next((tag for tag in LOCALES if f"/{tag}/" in f"/{path}"), LOCALES[0])
        if path.startswith("embed/v1/") and path.endswith(".html"):
            yield from in_html("embed", path, read_page(content), locale)
        elif re.fullmatch(r"embed/v1/[^/]+/[^./]+\.json", path):
            yield from in_html("embed", path, bare(read_tree(json.loads(content)["table"])), locale)
        elif path.endswith((".md", "/index.html")):
            yield from in_html("page", path, read_page(content), locale)
        elif path.startswith("data/v1/") and path.endswith(".json"):
            yield from in_json(path, json.loads(content))
        elif path in {f"data/v1/{name}.csv" for name in CSV_FIELDS}:
            yield from in_csv(path, content, json.loads(files["data/v1/facts.json"])["as_of"])


def read_page(content: bytes) -> html.HtmlElement:
    """Return a page, a table to paste, or a staged page, which is Markdown around HTML."""
    text = _FRONT_MATTER.sub("", content.decode("utf-8"))
    return bare(html.document_fromstring(text if text.startswith("<!") else f"<main>{text}</main>"))


def read_tree(tree: Sequence[Any]) -> html.HtmlElement:
    """Return the table that a component builds from a tree; a frame shows the same words without what programs read."""
    name, attributes, *children = tree
    element: html.HtmlElement = html.Element(name, attributes)
    for child in children:
        if not isinstance(child, str):
            element.append(read_tree(child))
        elif len(element):
            element[-1].tail = (element[-1].tail or "") + child
        else:
            element.text = (element.text or "") + child
    return element


def in_html(channel: str, place: str, page: html.HtmlElement, locale: str) -> Iterator[Rendering]:
    """Yield the statements and the values of a page or a table."""
    statements = page.xpath("//p[@data-record and not(@class='counter-name')]")
    blocks = page.xpath("//div[@data-record and contains(@class, 'statement')]/p[1]")
    for paragraph in (*statements, *blocks):
        record = paragraph.xpath("ancestor-or-self::*[@data-record][1]/@data-record")[0]
        for words, spoken in by_locale(paragraph, language_of(paragraph, locale)):
            yield Rendering(channel=channel, place=place, locale=spoken, name=record, words=words)
    for value in page.xpath(f"//*[@data-fact][not({OTHER_DAYS})]", namespaces=_REGULAR):
        yield Rendering(
            channel=channel,
            place=place,
            locale=language_of(value, locale),
            name=f"facts.{value.get('data-fact')}",
            words=squeezed(value.text_content()),
            machine=value.get("value") or value.get("datetime"),
        )


def language_of(element: html.HtmlElement, locale: str) -> str:
    """Return the language that an element stands in; a staged page does not name its own."""
    return str(next(iter(element.xpath("ancestor-or-self::*[@lang][1]/@lang")), locale))


def by_locale(paragraph: html.HtmlElement, locale: str) -> Iterator[tuple[str, str]]:
    """Yield the words of a paragraph in each of its languages."""
    own = deepcopy(paragraph)
    for beside in own.xpath(BESIDE):
        beside.drop_tree()
    spans = own.xpath("./span[@lang]")
    if not spans or own.xpath("./text()[normalize-space()]"):
        yield squeezed(own.text_content()), locale
        return
    for span in spans:
        yield squeezed(span.text_content()), span.get("lang")


def in_json(place: str, file: Mapping[str, Any]) -> Iterator[Rendering]:
    """Yield every statement of a data file, and the values that hold on its day."""
    for each in _objects(file):
        if "record" in each and "text" in each:
            yield from _localized("json", place, each["record"], each["text"])
        if "kind" in each and "values" in each:
            for value in each["values"]:
                if value.get("from", "") <= file["as_of"] <= value.get("to", "9"):
                    machine = value["value"] or None
                    yield from _localized("json", place, f"facts.{each['id']}", value["text"], machine)


def _objects(value: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, dict):
        yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _objects(each)


def _localized(
    channel: str, place: str, name: str, text: Mapping[str, str], machine: str | None = None
) -> Iterator[Rendering]:
    for locale, words in text.items():
        yield Rendering(
            channel=channel, place=place, locale=locale, name=name, words=squeezed(words), machine=machine
        )


def in_csv(place: str, content: bytes, as_of: str) -> Iterator[Rendering]:
    """Yield the sentences of a table; a field with several statements stands in one cell."""
    name = place.rpartition("/")[2].removesuffix(".csv")
    for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"))):
        for field in CSV_FIELDS[name]:
            text = {
                locale: row[column]
                for locale in LOCALES
                if row[column := f"{field}_{locale.replace('-', '_')}"]
            }
            if name != "facts":
                collection = {"faq": "questions"}.get(name, name)
                yield from _localized("csv", place, f"{collection}.{row['id']}.{field}", text)
            elif row["from"] <= as_of <= (row["to"] or "9"):
                yield from _localized("csv", place, f"facts.{row['id']}", text, row["value"] or None)


def joined_fields(files: Mapping[str, bytes]) -> Iterator[Rendering]:
    """Yield the statements of a field, which JSON tells one by one, as the one text of a cell."""
    for name, collection in (("procedures", "procedures"), ("faq", "questions")):
        place = f"data/v1/{name}.json"
        for record in json.loads(files[place])[collection]:
            for field in CSV_FIELDS[name]:
                statements = record[field] if isinstance(record[field], list) else [record[field]]
                text = {locale: "".join(each["text"][locale] for each in statements) for locale in LOCALES}
                if statements:
                    yield from _localized("json", place, f"{collection}.{record['id']}.{field}", text)


def facts_on_sheet() -> set[str]:
    """Return the sentences that the plan of the sheet names."""
    contents = yaml.safe_load((HOME / "flyers" / "a4" / "sheet.yaml").read_text("utf-8"))["contents"]
    fields = ("lead", "applying", "also", "card_format", "beside_drawing")
    return {fact for field in fields for fact in contents.get(field, ())}
