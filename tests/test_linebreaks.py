"""Where Japanese lines break: at the seam of a long compound, and not between a number and its unit."""

import pytest

from cardguide.linebreaks import mark_breaks


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("外国人在留総合インフォメーションセンター", "外国人在留総合<wbr>インフォメーションセンター"),
        ("マイナンバー総合フリーダイヤルに", "マイナンバー<wbr>総合<wbr>フリーダイヤルに"),
        ("在シンガポール日本国大使館", "在シンガポール<wbr>日本国大使館"),
        ("少なくとも24か月残します", '少なくとも<span class="whole">24か月</span>残します'),
        ("約5 MB。", '約<span class="whole">5 MB</span>。'),
    ],
)
def test_a_text_says_where_its_lines_may_and_may_not_break(text: str, marked: str) -> None:
    assert mark_breaks(f"<p>{text}</p>", "ja") == f"<p>{marked}</p>"


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
