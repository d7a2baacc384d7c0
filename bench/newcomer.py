"""How much a newcomer reads and how often they tap, from the home page to the right counter, in every language.

Build first, then: ``python bench/newcomer.py``. Needed is what leads to the counter: the words of the button, each
question with its answers down to the reader's own, the title of the outcome and where to go. All is what a phone of
320 x 568 px shows on the way, nothing twice: the first screens of the home page and of the outcome, and all answers.
Readings above kanji are not counted. English is counted in words, Japanese in characters.

The yardstick are adults who read aloud in their own language (IReST, doi:10.1167/iovs.11-8284): 228 words of English or
357 characters of Japanese a minute. Who reads a second language reads slower; who looks for their own case skips most.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page

HOME = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(HOME), str(HOME / "tests")]

from site_server import browsing, serving  # noqa: E402 - the path is set above
from test_newcomer import CASES, PHONE, TO_THE_GUIDE, node_now, walk  # noqa: E402 - likewise

from cardguide.dataset import read_dataset  # noqa: E402 - likewise
from cardguide.locales import language_of  # noqa: E402 - likewise
from cardguide.project import Project  # noqa: E402 - likewise


@dataclass(frozen=True, kw_only=True, slots=True)
class Yardstick:
    """How much of a language is read in a minute, and how it is counted."""

    in_a_minute: int
    unit: str
    counted: re.Pattern[str]


YARDSTICKS = {
    "en": Yardstick(in_a_minute=228, unit="words", counted=re.compile(r"[\w'’-]+")),
    "ja": Yardstick(in_a_minute=357, unit="characters", counted=re.compile(r"[^\W_]")),
}
SHOWN = """bottom => {
    const words = [], walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const node = walker.currentNode, range = document.createRange();
        range.selectNodeContents(node);
        const box = range.getBoundingClientRect();
        const shows = node.parentElement.checkVisibility() && box.height > 0 && box.bottom > 0 && box.top < bottom;
        if (shows && !node.parentElement.closest('rt, script, style')) words.push(node.data.trim());
    }
    return words.filter(Boolean);
}"""
WORDS_OF = """elements => elements.map(element => {
    const copy = element.cloneNode(true);
    for (const each of copy.querySelectorAll('rt, .provenance')) each.remove();
    return copy.textContent;
})"""
TO_THE_COUNTER = ":scope > h3, :scope > .outcome__name"


def shown(page: Page) -> list[str]:
    """Return all that a reader can read of the open page before the next tap."""
    return [str(words) for words in page.evaluate(SHOWN, _bottom(page))]


def _bottom(page: Page) -> float:
    node = node_now(page)
    if "guide" not in page.url or (node.get_attribute("id") or "").startswith("o-"):
        return float(PHONE["height"])
    box = node.bounding_box()
    return float(box["y"] + box["height"] if box else PHONE["height"])


def needed(page: Page, answer: str | None) -> list[str]:
    """Return what a reader must read of the open page: down to their answer, or where to go."""
    if "guide" not in page.url:
        return list(page.locator(f"{TO_THE_GUIDE} >> nth=0").evaluate_all(WORDS_OF))
    node = node_now(page)
    words = list(node.locator(TO_THE_COUNTER).evaluate_all(WORDS_OF))
    if answer is None:
        return words
    choices = node.locator("[data-answer]")
    codes = choices.evaluate_all("all => all.map(each => each.dataset.answer)")
    return words + list(choices.evaluate_all(WORDS_OF))[: codes.index(answer) + 1]


@dataclass(frozen=True, kw_only=True, slots=True)
class Way:
    """How often a reader taps on the way to the counter, and what there is to read."""

    taps: int
    needed: list[str]
    all: list[str]


def read_on(page: Page, home: str, answers: tuple[str, ...]) -> Way:
    """Walk to the counter with open eyes."""
    steps: Iterator[str | None] = iter((None, *answers, None))
    must: list[str] = []
    can: dict[str, None] = {}

    def look() -> None:
        must.extend(needed(page, next(steps)))
        can.update(dict.fromkeys(shown(page)))

    return Way(taps=walk(page, home, answers, look=look), needed=must, all=list(can))


def measured(browser: Browser, address: str, locales: tuple[str, ...]) -> Iterator[str]:
    """Yield a line of the report for each language and case."""
    page = browser.new_context(viewport=PHONE, has_touch=True).new_page()
    for locale in locales:
        yardstick = YARDSTICKS[language_of(locale)]
        for case, (answers, _) in CASES.items():
            way = read_on(page, f"{address}{locale}/", answers)
            read = [len(yardstick.counted.findall(" ".join(words))) for words in (way.needed, way.all)]
            minutes = [count / yardstick.in_a_minute for count in read]
            yield f"{locale:10} {case:17} {way.taps} taps, {yardstick.unit}: " + ", ".join(
                f"{name} {count:4} = {time:.2f} minutes"
                for name, count, time in zip(("needed", "all"), read, minutes, strict=True)
            )


def main() -> None:
    """Walk every case in every language over the published tree."""
    dataset = read_dataset(Project(root=HOME).read_data())
    with browsing() as browser, serving(HOME / "dist") as address:
        for line in measured(browser, address, tuple(locale.tag for locale in dataset.locales)):
            print(line, flush=True)


if __name__ == "__main__":
    main()
