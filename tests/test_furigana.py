"""Furigana: which words are read how, where readings stand, and where they must not."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from built import LOCALES, page_files
from lxml import html
from playwright.sync_api import Browser, Page, expect
from projects import HOME

from cardguide.dataset import Dataset, read_dataset
from cardguide.furigana import Furigana
from cardguide.glosses import add_meanings
from cardguide.project import Project
from cardguide.reading import ReadingError, split_reading

EASY = "ja-simple"
KANJI = re.compile("[一-鿿々〆]")
#: No element may stand in these, or nobody reads them; the words of a drawing stand beside it as text, with readings.
PLAIN = ("script", "style", "title", "code", "pre", "textarea", "option", "svg")
#: The words of drawings; and what is no part of the text of a page: drawings, readings, and meanings amid a text.
DRAWN = "//*[local-name()='svg']//*[local-name()='text']"
UNSAID = "ancestor::rt or ancestor::*[local-name()='svg'] or ancestor::*[@class='meaning']"
SMALL = Furigana(
    {
        "申し込": "もうしこ",
        "在留": "ざいりゅう",
        "14日": "じゅうよっか",
        "日": "ひ",
        "月": "つき",
        "月末": "げつまつ",
    },
    {"月": "がつ", "日": "にち"},
)


def read(text: str) -> str:
    """Return a text with its readings in brackets."""
    return "".join(
        f"[{part.base}|{part.reading}]" if part.reading else part.base for part in SMALL.segments(text)
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("申し込みます", "[申|もう]し[込|こ]みます"),
        ("在留カード", "[在留|ざいりゅう]カード"),
        ("6月14日", "6[月|がつ][14日|じゅうよっか]"),
        ("6月15日の日", "6[月|がつ]15[日|にち]の[日|ひ]"),
        ("3月末", "3[月末|げつまつ]"),
        ("月の名", "[月|つき]の名"),
        ("かな", "かな"),
    ],
)
def test_the_longest_word_is_read_and_a_counter_behind_a_number_as_a_counter(
    text: str, expected: str
) -> None:
    assert read(text) == expected


def test_a_kanji_that_no_reading_covers_is_told() -> None:
    assert SMALL.unread("在留の狸") == "狸"
    assert SMALL.unread("在留") == ""


@pytest.mark.parametrize(("word", "reading"), [("申し込み", "もうこみ"), ("山々の山", "やまの")])
def test_a_reading_that_does_not_fit_its_word_is_refused(word: str, reading: str) -> None:
    with pytest.raises(ReadingError):
        split_reading(word, reading)


def test_readings_stand_in_sentences_and_nowhere_else() -> None:
    page = (
        '<html lang="ja"><title>在留</title><p title="在留">在留<span lang="en">在留</span></p><script>在留</script>'
        "<option>在留</option><a>在留</a>"
    )
    marked = SMALL.mark(page, "ja")
    assert marked.count("<ruby>") == 2
    assert '<p title="在留"><ruby>在留<rt>ざいりゅう</rt></ruby><span lang="en">在留</span>' in marked
    assert "<a><span><ruby>在留<rt>ざいりゅう</rt></ruby></span></a>" in marked


def test_a_page_of_several_languages_is_read_in_the_one_that_has_readings() -> None:
    page = '<p lang="ja">在留</p><p lang="ja-simple">在留</p>'
    assert SMALL.mark(page, "", only_in=EASY) == (
        '<p lang="ja">在留</p><p lang="ja-simple"><ruby>在留<rt>ざいりゅう</rt></ruby></p>'
    )


def test_a_term_that_goes_on_is_another_one() -> None:
    page = "<main><p>特別永住者証明書を持つ特別永住者</p></main>"
    assert add_meanings(page, "ja", {"特別永住者": "住める人"}).endswith(
        'を持つ特別永住者<span class="meaning">〈住める人〉</span></p></main>'
    )


def test_a_term_is_explained_once_and_not_where_it_leads_somewhere() -> None:
    page = "<p>在留カード</p><main><h2>在留カード</h2><p><a>在留カード</a>、在留カード、在留カード</p></main>"
    explained = add_meanings(page, "ja", {"在留カード": "外国人のカード"})
    assert explained.count("〈外国人のカード〉") == 1
    assert '</a>、在留カード<span class="meaning">〈外国人のカード〉</span>、在留カード' in explained


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return read_dataset(Project(root=HOME).read_data())


def unread_in(page: html.HtmlElement) -> list[str]:
    """Return the texts of a page that hold a kanji without a reading, but for what is not in easy Japanese."""
    texts = page.xpath("//text()[not(ancestor::ruby)]")
    return [
        str(text)
        for text in texts
        if KANJI.search(text)
        and not set(PLAIN) & {each.tag for each in text.getparent().xpath("ancestor-or-self::*")}
        and (text.getparent().xpath("ancestor-or-self::*/@lang") or [""])[-1] == EASY
    ]


def test_every_kanji_of_every_page_and_table_has_a_reading(dist: Path) -> None:
    pages = [*page_files(dist, EASY), dist / "index.html", dist / "404.html"]
    pages += sorted((dist / "embed" / "v1" / EASY).glob("*.html"))
    missing = {
        path.relative_to(dist).as_posix(): found
        for path in pages
        if (found := unread_in(html.document_fromstring(path.read_bytes())))
    }
    assert missing == {}


def test_a_page_without_one_reading_would_be_told() -> None:
    page = f'<html lang="{EASY}"><body><p><ruby>在留<rt>ざいりゅう</rt></ruby>の狸</p></body></html>'
    assert unread_in(html.document_fromstring(page)) == ["の狸"]


def unread_labels(page: html.HtmlElement) -> list[str]:
    """Return the labels of cells, which a style sheet shows on a phone, that have a kanji without a reading."""
    labels = page.xpath("//main//@data-label")
    return [label for label in labels if KANJI.search(re.sub(r"[一-鿿々〆]+（[ぁ-ゖー]+）", "", label))]


def test_the_labels_of_cells_have_readings_in_brackets(dist: Path) -> None:
    pages = {path.parent.name: html.document_fromstring(path.read_bytes()) for path in page_files(dist, EASY)}
    assert pages["fees"].xpath("//td[@data-label='窓口（まどぐち）']")
    assert {name: found for name, page in pages.items() if (found := unread_labels(page))} == {}


def shown_labels(frame: str) -> list[str]:
    """Return the labels of cells that the style sheet of a frame shows in a narrow table."""
    return re.findall(r'::before\{content:"([^"\\]*)', frame)


def test_the_labels_that_a_narrow_table_shows_are_words_in_kana(dist: Path) -> None:
    folder = dist / "embed" / "v1" / EASY
    # A table of fees keeps its columns, with their heads, on a phone too.
    frames = [path for path in folder.glob("*.html") if path.stem != "fees" and ".paste" not in path.name]
    labels = {label for path in frames for label in shown_labels(path.read_text("utf-8"))}
    assert len(labels) > 2
    assert [label for label in labels if KANJI.search(label)] == []


def test_a_label_of_a_cell_without_its_reading_would_be_told() -> None:
    page = html.document_fromstring('<main><td data-label="月末"></td><td data-label="在留の月"></td></main>')
    assert unread_labels(page) == ["月末", "在留の月"]
    marked = SMALL.mark_cell_labels('<main><td data-label="在留の月末"></td></main>')
    assert marked == '<main><td data-label="在留（ざいりゅう）の月末（げつまつ）"></td></main>'
    assert unread_labels(html.document_fromstring(marked)) == []


def unread_in_drawings(page: html.HtmlElement) -> list[str]:
    """Return the words of drawings with kanji that stand nowhere on the page as text, where they have readings."""
    said = "".join(page.xpath("//main//text()[not(ancestor::rt) and not(ancestor::*[local-name()='svg'])]"))
    drawn = [
        "".join(text.itertext()) for text in page.xpath("//*[local-name()='svg']//*[local-name()='text']")
    ]
    return [words for words in drawn if KANJI.search(words) and close(words) not in close(said)]


def close(words: str) -> str:
    """Return words without the blanks and line ends between them."""
    return re.sub(r"\s+", "", words)


def test_every_word_of_a_drawing_stands_beside_it_with_its_reading(dist: Path) -> None:
    pages = [*page_files(dist, EASY), *sorted((dist / "embed" / "v1" / EASY).glob("*.html"))]
    drawn = {path: html.document_fromstring(path.read_bytes()) for path in pages}
    assert sum(bool(page.xpath(DRAWN)) for page in drawn.values()) > 1
    assert {path.name: found for path, page in drawn.items() if (found := unread_in_drawings(page))} == {}


def test_the_words_of_the_chart_are_open_where_they_have_readings(dist: Path) -> None:
    opened = "//details[contains(@class, 'guide-chart__words')]/@open"
    pages = {
        tag: html.document_fromstring((dist / tag / "guide/index.html").read_bytes()) for tag in ("ja", EASY)
    }
    assert {tag: bool(page.xpath(opened)) for tag, page in pages.items()} == {"ja": False, EASY: True}


def test_a_word_that_is_only_drawn_would_be_told() -> None:
    page = (
        "<main><svg><text>在留</text><text>届出</text></svg><p><ruby>届出<rt>とどけで</rt></ruby></p></main>"
    )
    assert unread_in_drawings(html.document_fromstring(page)) == ["在留"]


def test_titles_descriptions_and_search_have_no_readings(dist: Path) -> None:
    for path in page_files(dist, EASY):
        page = html.document_fromstring(path.read_bytes())
        assert not page.xpath("//head//rt|//*[@*[contains(., '<rt>')]]"), path
    assert "<rt>" not in (dist / EASY / "search.json").read_text("utf-8")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    yield page
    page.close()


READINGS_SHOWN = "[...document.querySelectorAll('main rt')].some(each => each.checkVisibility())"


def test_the_readings_can_be_switched_off_and_stay_off(page: Page, address: str) -> None:
    page.goto(f"{address}{EASY}/")
    assert page.evaluate("localStorage.length") == 0
    assert page.evaluate(READINGS_SHOWN)
    page.get_by_role("checkbox", name="ふりがな").uncheck()
    assert not page.evaluate(READINGS_SHOWN)
    page.goto(f"{address}{EASY}/fees/")
    expect(page.get_by_role("checkbox", name="ふりがな")).not_to_be_checked()
    assert not page.evaluate(READINGS_SHOWN)


def test_the_switch_works_without_a_script(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}{EASY}/")
    reading = page.locator("main rt").first
    expect(reading).to_be_visible()
    page.get_by_role("checkbox", name="ふりがな").uncheck()
    expect(reading).to_be_hidden()
    context.close()


def test_copied_words_have_no_readings(page: Page, address: str) -> None:
    page.goto(f"{address}{EASY}/")
    copied = page.evaluate("""() => {
      getSelection().selectAllChildren(document.querySelector('main .statement p'));
      return getSelection().toString();
    }""")
    assert "在留カード" in copied
    assert "ざいりゅう" not in copied


def test_what_scripts_write_has_readings_too(page: Page, address: str) -> None:
    with page.expect_response(re.compile("readings")):
        page.goto(f"{address}{EASY}/my-dates/")
    page.locator("input[type=date]").first.fill("2027-03-31")
    result = page.locator(".dates__list .date").first
    expect(result.locator("rt").first).to_be_visible()
    bare = "[...document.querySelectorAll('.dates__list .date')].map(each => each.querySelector('a').ariaLabel).join()"
    assert "ざいりゅう" not in page.evaluate(bare)


def test_the_script_reads_as_the_program_does(page: Page, address: str, dataset: Dataset) -> None:
    furigana = Furigana(dataset.words, dataset.counters)
    words = [text[EASY] for text in dataset.labels.values()]
    words += [fact.value[EASY] for fact in dataset.facts.values() if fact.kind == "text" and fact.value]
    words += ["2026年6月14日（日曜日）", "2026年10月1日", "24か月"]
    with page.expect_response(re.compile("readings")):
        page.goto(f"{address}{EASY}/my-dates/")
    page.wait_for_function("document.querySelector('[data-dates]')")
    written = page.evaluate(
        """async words => {
          const place = document.createElement('div');
          document.querySelector('main').append(place);
          const probe = document.createElement('p');
          while (true) {  // the readings may still be on their way
            probe.textContent = '在留';
            place.replaceChildren(probe);
            await new Promise(requestAnimationFrame);
            if (probe.querySelector('rt')) break;
          }
          const said = each => Object.assign(document.createElement('p'), { textContent: each });
          place.replaceChildren(...words.map(said));
          await new Promise(requestAnimationFrame);
          return [...place.children].map(each => each.innerHTML);
        }""",
        words,
    )
    told = [html.fromstring(f"<p>{each}</p>") for each in written]
    made = [html.fromstring(f"<p>{furigana.mark(escaped(each), EASY)}</p>") for each in words]
    pairs = zip(map(outline, told), map(outline, made), strict=True)
    assert [pair for pair in pairs if pair[0] != pair[1]] == []


def escaped(text: str) -> str:
    """Return words as HTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def outline(element: html.HtmlElement) -> str:
    """Return the words of an element with their readings in brackets."""
    return "".join(
        f"[{text}]" if text.getparent().tag == "rt" and text.is_text else str(text)
        for text in element.xpath(".//text()")
    )


FACTS_UPON_NAMES = """() => [...document.querySelectorAll('.download')].filter(sheet => {
  const name = sheet.querySelector('.download__name').getBoundingClientRect();
  return sheet.querySelector('.download__facts').getBoundingClientRect().top < name.bottom;
}).map(sheet => sheet.innerText)"""


def test_on_a_phone_what_is_said_of_a_sheet_stands_under_its_name(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    for locale in LOCALES:  # with readings the names are the longest
        page.goto(f"{address}{locale}/flyers/")
        assert page.locator(".download").count() > 10
        assert page.evaluate(FACTS_UPON_NAMES) == []
