"""Pages that people write by hand are held to what the data is held to, and told at file, line and column."""

from pathlib import Path

import pytest
from miniatures import TODAY, easy_miniature_data, read_miniature, read_quickly
from projects import TODAY as AS_OF
from projects import replace_once, run, tree

from cardguide.checks.prose import check_prose
from cardguide.checks.survey import Survey
from cardguide.problems import Problem

GOOD = {
    "ja": "## 目的 {: #purpose }\n\nくわしくは{url-isa-card}を見てください。`2026-06-14`の形です。\n",
    "en": "## Purpose {: #purpose }\n\nSee {url-isa-card} and [the table](page:procedures.md). It began on {launch}.\n",
}


def problems_in(locale: str, text: str) -> list[Problem]:
    """Return what is wrong with a page of the miniature."""
    survey = Survey(dataset=read_miniature(), as_of=TODAY, today=TODAY)
    return list(check_prose(survey, {locale: {"about": text}}))


@pytest.mark.parametrize("locale", GOOD)
def test_a_good_page_has_no_problem(locale: str) -> None:
    assert problems_in(locale, GOOD[locale]) == []


@pytest.mark.parametrize(
    ("locale", "line", "rule", "column"),
    [
        ("en", "See {url-isa-crd}.", "reference-unknown", 5),
        ("en", "See {page.adress}.", "reference-unknown", 5),
        ("en", "It costs {card-fee}.", "fact-stated-unknown", 10),
        ("en", "You get it free of charge.", "phrase-forbidden", 12),
        ("ja", "取得は義務です。", "phrase-forbidden", 4),
        ("ja", "特別在留カードについて。", "term-variant", 1),
        ("en", "About the My Number Card.", "term-variant", 11),
        ("en", "Since June 14, 2026 you can.", "typed-date", 7),
        ("ja", "2026年6月14日（月）に始まりました。", "date-weekday", 1),
        ("ja", "在留ｶｰﾄﾞです。", "character-half-width-kana", 3),
    ],
)
def test_a_fault_of_a_page_is_told_at_its_place(locale: str, line: str, rule: str, column: int) -> None:
    (problem,) = problems_in(locale, f"{GOOD[locale]}\n{line}\n")
    assert (problem.rule, problem.file, problem.line, problem.column) == (
        rule,
        f"content/{locale}/about.md",
        5,
        column,
    )
    assert problem.message("ja") != problem.message("en")
    assert problem.hint("ja") != problem.hint("en")


@pytest.mark.parametrize(
    ("line", "unread"),
    [
        ("- 窓口で聞いてください。", []),
        ("- 窓口で尋ねてください。", [(3, 6, "尋")]),
        ("`尋`と[尋](page:尋.md)", [(3, 6, "尋")]),
    ],
)
def test_a_kanji_of_a_page_without_a_reading_is_told_at_its_place(
    line: str, unread: list[tuple[int, int, str]]
) -> None:
    survey = Survey(dataset=read_quickly(easy_miniature_data()), as_of=TODAY, today=TODAY)
    problems = check_prose(survey, {"ja-simple": {"about": f"やさしい日本語です。\n\n{line}\n"}})
    assert [
        (each.line, each.column, each.details["kanji"]) for each in problems if each.rule == "kanji-unread"
    ] == unread


def test_a_misspelt_id_on_a_page_stops_the_build_and_leaves_the_site(scratch: Path) -> None:
    root = scratch
    before = tree(root / "dist")
    line = replace_once(root / "content" / "en" / "about.md", "{url-isa-card}", "{url-isa-crd}")
    result = run("build", "--root", root, "--as-of", AS_OF, "--lang", "en")
    assert result.returncode == 1
    assert f"content/en/about.md:{line}:" in result.stdout
    assert "Did you mean “url-isa-card”?" in result.stdout
    assert "Traceback" not in result.stderr
    assert tree(root / "dist") == before
