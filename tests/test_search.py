"""What people type leads to the right page: the real site, the real index, a real browser."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from built import LOCALES, TOLD_LOCALES
from playwright.sync_api import Browser, Page
from site_server import serving

from cardguide.locales import language_of

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "search.yaml").read_text("utf-8"))
AMONG_FIRST = 3
#: The index is fetched when the search is first used, once a language; more than this is felt on a bad line.
MOST_BYTES = 48_000
_TYPE = """async queries => {
  const input = document.querySelector('[data-search] input');
  const list = document.querySelector('[data-search] ul');
  const status = document.querySelector('[data-search-status]');
  const answers = {};
  for (const query of queries) {
    status.textContent = '';
    input.value = query;
    const said = new Promise(resolve => {
      const watcher = new MutationObserver(() => { if (status.textContent) { watcher.disconnect(); resolve(); } });
      watcher.observe(status, { childList: true });
    });
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await said;
    answers[query] = [...list.querySelectorAll('a')].map(each => each.pathname + each.hash);
  }
  return answers;
}"""


@pytest.fixture(scope="module")
def page(dist: Path, browser: Browser) -> Iterator[Page]:
    with serving(dist) as address:
        page = browser.new_page(base_url=address)
        yield page
        page.close()


@pytest.mark.parametrize("locale", LOCALES)
def test_every_known_query_finds_its_page_among_the_first_three(page: Page, locale: str) -> None:
    # Who reads easy Japanese types what others type.
    cases = CASES[language_of(locale)]
    page.goto(f"{locale}/fees/")
    home = page.evaluate("new URL(document.querySelector('[data-search]').dataset.root, location).pathname")
    answers = page.evaluate(_TYPE, [case["query"] for case in cases])
    missed = {
        case["query"]: found[:AMONG_FIRST]
        for case in cases
        if home + case["page"] not in (found := answers[case["query"]])[:AMONG_FIRST]
    }
    assert missed == {}


@pytest.mark.parametrize("locale", TOLD_LOCALES)
def test_a_word_that_stands_nowhere_finds_nothing(page: Page, locale: str) -> None:
    page.goto(f"{locale}/")
    assert page.evaluate(_TYPE, ["qqqq"]) == {"qqqq": []}


@pytest.mark.parametrize("locale", TOLD_LOCALES)
def test_the_index_stays_small_and_every_entry_leads_to_a_page(dist: Path, locale: str) -> None:
    index = dist / locale / "search.json"
    assert len(index.read_bytes()) <= MOST_BYTES
    for entry in json.loads(index.read_text("utf-8")):
        assert (dist / locale / entry["url"].partition("#")[0] / "index.html").is_file()
