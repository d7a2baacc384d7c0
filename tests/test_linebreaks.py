"""Where lines break: at the seam of a long compound, between phrases, and not inside a number or a word."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from cardguide.furigana import Furigana
from cardguide.linebreaks import mark_breaks
from cardguide.phrases import phrase_starts

EASY = "ja-simple"
#: What is to stay on one line, and the words in katakana: those of them that stand on two.
TORN = """() => {
  document.querySelectorAll('details').forEach(each => { each.open = true; });
  const textsOf = (element) => {
    const found = [], walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) if (!walker.currentNode.parentElement.closest('rt')) found.push(walker.currentNode);
    return found;
  };
  const topsOf = (text, start, end) => {
    const range = document.createRange();
    range.setStart(text, start);
    range.setEnd(text, end);
    return [...range.getClientRects()].map(box => box.top);
  };
  const isTorn = (tops) => Math.max(...tops) - Math.min(...tops) > 12;
  const main = document.querySelector('main');
  const whole = [...main.querySelectorAll('.whole')].filter(each => each.checkVisibility()).map(textsOf);
  const torn = whole.filter(texts => isTorn(texts.flatMap(text => topsOf(text, 0, text.length))));
  const wordsOf = (text) => [...text.data.matchAll(/[ァ-ヶー]+/g)].map(word => [text, word]);
  const katakana = textsOf(document.body).flatMap(wordsOf);
  const parted = katakana.filter(([text, { 0: word, index }]) => isTorn(topsOf(text, index, index + word.length)));
  return [...torn.map(texts => texts.map(text => text.data).join('')), ...parted.map(([, word]) => word[0])];
}"""
READINGS = Furigana({"申し込": "もうしこ", "在留": "ざいりゅう", "金": "かね", "歳": "さい"}, {})


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("外国人在留総合インフォメーションセンター", "外国人在留総合<wbr>インフォメーション<wbr>センター"),
        ("マイナンバー総合フリーダイヤルに", "マイナンバー<wbr>総合<wbr>フリーダイヤルに"),
        ("在シンガポール日本国大使館", "在シンガポール<wbr>日本国大使館"),
        ("少なくとも24か月残します", '少なくとも<span class="whole">24か月</span>残します'),
        ("約5 MB。", '約<span class="whole">5 MB</span>。'),
        ("「特定在留カード」の窓口", '「特定在留カード<span class="whole">」の</span>窓口'),
        ("入管法第19条の10第1項", '入管法<span class="whole">第19条の10</span>第1項'),
        ("どのくらいですか", '<span class="whole">どのくらい</span>ですか'),
    ],
)
def test_a_text_says_where_its_lines_may_and_may_not_break(text: str, marked: str) -> None:
    assert mark_breaks(f"<p>{text}</p>", "ja") == f"<p>{marked}</p>"


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Act, art. 19-10(1)", 'Act, <span class="whole">art. 19-10(1)</span>'),
        ("arts. 22 and 30-46", '<span class="whole">arts. 22</span> and <span class="whole">30-46</span>'),
        ("Act, art. 21(2)", 'Act, <span class="whole">art. 21(2)</span>'),
        (
            "a photo (4 cm by 3 cm)",
            'a photo (<span class="whole">4 cm</span> by <span class="whole">3 cm</span>)',
        ),
        ("0570-013904", '<span class="whole">0570-013904</span>'),
    ],
)
@pytest.mark.parametrize("locale", ["en", EASY])
def test_a_number_in_parts_stays_whole_in_every_language(locale: str, text: str, marked: str) -> None:
    assert mark_breaks(f"<p>{text}</p>", locale, phrased={EASY}) == f"<p>{marked}</p>"


def test_where_phrases_are_marked_only_numbers_are_kept_whole() -> None:
    page = "<p>24か月、「申請」の外国人在留総合インフォメーションセンター</p>"
    assert mark_breaks(page, EASY, phrased={EASY}) == page


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("日本に新しく来て、住むところが決まった", "日本に|新しく|来て、|住むところが|決まった"),
        ("申し込むことができます。", "申し込む|ことができます。"),
        ("どのくらいでもらえますか。", "どのくらいでもらえますか。"),
        ("特別永住者のみなさんへ", "特別永住者の|みなさんへ"),
        ("外国人在留総合インフォメーションセンター", "外国人在留総合|インフォメーション|センター"),
        ("窓口&amp;手続", "窓口&amp;手続"),
    ],
)
def test_a_line_ends_between_phrases(text: str, phrases: str) -> None:
    starts = phrase_starts(text)
    assert "".join(f"|{sign}" if at in starts else sign for at, sign in enumerate(text)) == phrases


def test_a_word_that_goes_on_before_a_reading_stays_whole() -> None:
    marked = READINGS.mark("<p>カードを申し込みます。お金は、</p>", EASY, starts=phrase_starts)
    assert marked == (
        '<p>カードを<wbr><span class="whole"><ruby>申<rt>もう</rt></ruby>し<ruby>込<rt>こ</rt></ruby>みます。</span>'
        '<wbr><span class="whole">お<ruby>金<rt>かね</rt></ruby>は、</span></p>'
    )


def test_a_number_stays_with_what_it_counts() -> None:
    marked = READINGS.mark('<p><data value="16">16</data>歳の人</p>', EASY, starts=phrase_starts)
    number = '<data value="16">16</data><ruby>歳<rt>さい</rt></ruby>の'
    assert marked == f'<p><span class="whole">{number}</span><wbr>人</p>'


def test_without_phrases_readings_are_all_that_is_added() -> None:
    assert READINGS.mark("<p>お金</p>", EASY) == "<p>お<ruby>金<rt>かね</rt></ruby></p>"


@pytest.fixture(scope="module")
def easy(browser: Browser, address: str) -> Iterator[tuple[Page, str]]:
    page = browser.new_page(viewport={"width": 320, "height": 640})
    yield page, f"{address}{EASY}/"
    page.close()


@pytest.mark.parametrize("path", ["", "procedures/", "guide/", "faq/", "my-number/", "offices/"])
def test_on_a_small_phone_no_word_of_easy_japanese_is_torn(easy: tuple[Page, str], path: str) -> None:
    page, address = easy
    page.goto(address + path)
    assert page.locator("main .whole").count() > 9
    assert page.evaluate(TORN) == []


def test_on_a_tablet_the_name_of_the_guide_is_not_torn(easy: tuple[Page, str]) -> None:
    page, address = easy
    page.set_viewport_size({"width": 768, "height": 900})
    page.goto(address)
    assert page.evaluate(TORN) == []
    page.set_viewport_size({"width": 320, "height": 640})


def test_a_word_that_is_torn_would_be_seen(easy: tuple[Page, str]) -> None:
    page, address = easy
    page.goto(address)
    sheet = "const sheet = new CSSStyleSheet(); sheet.replaceSync('* { white-space: normal !important; word-break: "
    page.evaluate(sheet + "break-all !important }'); document.adoptedStyleSheets = [sheet];")
    torn = page.evaluate(TORN)
    assert "カード" in torn
    assert any("2026" in each for each in torn)


@pytest.mark.parametrize(
    "html",
    [
        "<p>特定在留カード等交付申請</p>",
        "<p>コンテンツセキュリティポリシー</p>",
        "<pre>外国人在留総合インフォメーションセンター</pre>",
        "<svg><text>外国人在留総合インフォメーションセンター</text></svg>",
        '<p title="外国人在留総合インフォメーションセンター" lang="en">24か月</p>',
    ],
    ids=["short", "no-seam", "code", "drawing", "another-language"],
)
def test_all_else_stays_as_it_is(html: str) -> None:
    assert mark_breaks(html, "ja") == html
