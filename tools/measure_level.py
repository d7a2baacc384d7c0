"""Measure the reading level of every page in easy Japanese with jreadability; end with 1 where one is below 4.5.

Its dictionary is too heavy for the lock, so it is installed beside it, in a folder outside the project::

    python3 -m pip install --target LEVEL jreadability==1.1.0 fugashi==1.3.2 unidic-lite==1.0.8
    PYTHONPATH=LEVEL .venv/bin/python -m tools.measure_level [TREE]

The number is that of ``jreadability.compute_readability``: 11.724 less the shares of Chinese and native words, of verbs
and auxiliaries, and the length of sentences; higher is easier, and 4.5 is where its upper elementary level begins. What
is read is the main text as the screen shows it, without readings, menus, code and words of another language; a heading,
an item or a cell is a sentence. Each page has two numbers: ``whole`` is of all this, ``own`` of the guide's own words:

- an official term, which must stay, is one easy word: the glossary, procedures, and the terms of ``checks/plain.py``;
- a proper name is no sentence: a source with the place in it, and the articles of a law, are left out.
"""

import argparse
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from fugashi import Tagger
from jreadability import compute_readability
from lxml import html

from cardguide.checks.plain import MORE_TERMS
from cardguide.dataset import Dataset, read_dataset
from cardguide.project import Project

ROOT = Path(__file__).resolve().parents[1]
LOWEST = 4.5
#: A native noun, so that a term counts no less than an easy word of Japanese does.
EASY_WORD = "もの"

_UNREAD = " | ".join(
    f".//{name}"
    for name in ("rt", "nav", "header", "footer", "code", "pre", "script", "style", "svg", "*[@hidden]")
)
_NAMES = './/li[a[contains(@href, "/sources/#")]] | .//*[contains(@data-record, ".legal_basis")]'
_BLOCKS = frozenset(
    {"address", "blockquote", "button", "caption", "dd", "details", "div", "dl", "dt", "figcaption", "label"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "legend", "li", "ol", "option", "p", "section", "summary", "ul"}
    | {"table", "td", "th", "tr"}
)
_ENDS = ("。", "？", "！")


@dataclass(frozen=True, kw_only=True, slots=True)
class Level:
    """How easy a page reads: all of it, and what the guide says in its own words."""

    page: str
    whole: float
    own: float


def blocks(element: html.HtmlElement) -> list[str]:
    """Return the texts of the blocks inside an element in order, none empty."""
    found = [""]

    def walk(each: html.HtmlElement) -> None:
        is_block = each.tag in _BLOCKS
        if is_block:
            found.append("")
        found[-1] += each.text or ""
        for child in each:
            if isinstance(child.tag, str):
                walk(child)
            found[-1] += child.tail or ""
        if is_block:
            found.append("")

    walk(element)
    return [words for text in found if (words := " ".join(text.split()))]


def main_text(source: bytes, tag: str, *, without: str = "self::nothing") -> str:
    """Return what a page says in a language, each block a sentence; ``without`` is an XPath of what to leave out."""
    main = html.document_fromstring(source).find(".//main")
    for element in main.xpath(f'{_UNREAD} | .//*[@lang and @lang != "{tag}"] | {without}'):
        element.drop_tree()
    return "".join(text if text.endswith(_ENDS) else f"{text}。" for text in blocks(main))


def official_terms(dataset: Dataset, tag: str) -> re.Pattern[str]:
    """Return a pattern of every term that readers meet on the card and at the counter, the longest first."""
    borrowed = dataset.site.locales[tag].names_from or tag
    names = [term.text.root[borrowed] for term in dataset.terms.values()]
    names += [procedure.name.root[borrowed] for procedure in dataset.procedures.values()]
    return re.compile("|".join(map(re.escape, sorted({*names, *MORE_TERMS}, key=len, reverse=True))))


def measure(tree: Path, tag: str, terms: re.Pattern[str]) -> Iterator[Level]:
    """Yield the level of every page of a language."""
    tagger = Tagger()
    for file in sorted((tree / tag).rglob("index.html")):
        source = file.read_bytes()
        yield Level(
            page=file.parent.relative_to(tree).as_posix(),
            whole=compute_readability(main_text(source, tag), tagger),
            own=compute_readability(terms.sub(EASY_WORD, main_text(source, tag, without=_NAMES)), tagger),
        )


def table(levels: Iterable[Level]) -> Iterator[str]:
    """Yield the lines of a table, the lowest page first."""
    yield "whole   own  page"
    for each in sorted(levels, key=lambda level: level.own):
        yield f"{each.whole:5.2f}  {each.own:5.2f}  {each.page}{'  < 4.5' if each.own < LOWEST else ''}"


def main() -> None:
    """Print a table a language and its means; end with 1 where a page is below the lowest level."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tree", type=Path, nargs="?", default=ROOT / "dist")
    tree = parser.parse_args().tree
    dataset = read_dataset(Project(root=ROOT).read_data())
    is_low = False
    for tag, locale in dataset.site.locales.items():
        if locale.is_easy:
            levels = tuple(measure(tree, tag, official_terms(dataset, tag)))
            if not levels:
                sys.exit(f"{tree / tag}: no pages; build first")
            print(*table(levels), sep="\n")
            print(
                f"{mean(each.whole for each in levels):5.2f}  {mean(each.own for each in levels):5.2f}  mean"
            )
            is_low |= any(each.own < LOWEST for each in levels)
    sys.exit(1 if is_low else 0)


if __name__ == "__main__":
    main()
