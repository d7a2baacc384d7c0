"""The guide leads everyone to one counter, or says that this way is closed: the real table and its pages."""

import json
from itertools import product
from pathlib import Path

import pytest
from built import TOLD_LOCALES, document, squeezed
from lxml import html
from miniatures import find_problems, miniature_data
from projects import HOME

from cardguide.dataset import Dataset, read_dataset
from cardguide.guidemodel import GuideOutcome, GuideQuestion
from cardguide.guidetree import create_steps, list_combinations, list_rules, list_ways
from cardguide.project import Project
from cardguide.views.guidechart import WIDTH, ChartQuestion, ChartStop, draw_chart, wrap

MOST_QUESTIONS = 6
CLOSED = {"online", "lost", "special-permanent-resident", "visitor"}


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return read_dataset(Project(root=HOME).read_data())


def test_every_set_of_answers_leads_to_exactly_one_outcome_and_none_is_left_out(dataset: Dataset) -> None:
    rules = list_rules(dataset.guide_outcomes)
    met: list[str] = []
    for answers in list_combinations(dataset.guide_questions):
        outcomes = {rule.outcome for rule in rules if rule.allows(answers)}
        assert len(outcomes) == 1, f"{answers} lead to {sorted(outcomes)}"
        met.extend(outcomes)
    assert set(met) == set(dataset.guide_outcomes)
    sizes = [len(question.answers) for question in dataset.guide_questions.values()]
    assert len(met) == len(list(product(*(range(size) for size in sizes))))


def test_the_way_through_the_questions_ends_where_the_table_says(dataset: Dataset) -> None:
    rules = list_rules(dataset.guide_outcomes)
    for outcome, way in list_ways(create_steps(dataset.guide_questions, dataset.guide_outcomes)):
        assert {rule.outcome for rule in rules if rule.allows(dict(way))} == {outcome}


def test_the_guide_reaches_the_ten_procedures_and_the_four_ways_that_are_closed(dataset: Dataset) -> None:
    procedures = {outcome.procedure for outcome in dataset.guide_outcomes.values()} - {None}
    closed = {outcome.id for outcome in dataset.guide_outcomes.values() if outcome.procedure is None}
    assert procedures == set(dataset.procedures)
    assert len(procedures) == 10
    assert closed == CLOSED


def test_nobody_answers_more_than_six_questions(dataset: Dataset) -> None:
    ways = list(list_ways(create_steps(dataset.guide_questions, dataset.guide_outcomes)))
    assert max(len(way) for _, way in ways) <= len(dataset.guide_questions) <= MOST_QUESTIONS


def test_every_outcome_rests_on_sources(dataset: Dataset) -> None:
    for outcome in dataset.guide_outcomes.values():
        facts = [dataset.facts[statement.fact or statement.facts[0]] for statement in outcome.statements]
        sources = [source for fact in facts for source in fact.sources]
        assert outcome.procedure or outcome.statements, outcome.id
        assert sources or (outcome.procedure and dataset.procedures[outcome.procedure].sources), outcome.id


def test_who_has_nothing_planned_is_led_to_the_exchange_and_told_why(dataset: Dataset) -> None:
    outcome = dataset.guide_outcomes["exchange"]
    assert {"person": ("resident",), "reason": ("nothing",)} in outcome.when
    assert {"no-procedure-route", "exchange-is-the-route"} <= {
        statement.fact for statement in outcome.statements
    }


def table(
    questions: dict[str, list[str]], outcomes: dict[str, list[dict[str, tuple[str, ...]]]]
) -> tuple[dict[str, GuideQuestion], dict[str, GuideOutcome]]:
    text = {"ja": "語", "en": "words"}
    return (
        {
            name: GuideQuestion.model_validate(
                {"__id__": name, "question": text, "answers": {answer: {"text": text} for answer in answers}}
            )
            for name, answers in questions.items()
        },
        {
            name: GuideOutcome.model_validate(
                {"__id__": name, "when": when, "title": text, "verified_on": "2026-11-23"}, strict=False
            )
            for name, when in outcomes.items()
        },
    )


def test_a_question_is_asked_only_where_the_outcome_still_depends_on_it() -> None:
    questions, outcomes = table(
        {"card": ["yes", "no"], "moved": ["yes", "no"]},
        {
            "none": [{"card": ("no",)}],
            "go": [{"card": ("yes",), "moved": ("yes",)}],
            "stay": [{"card": ("yes",), "moved": ("no",)}],
        },
    )
    ways = dict(list_ways(create_steps(questions, outcomes)))
    assert ways["none"] == (("card", "no"),)
    assert ways["go"] == (("card", "yes"), ("moved", "yes"))


def test_ways_that_meet_share_the_question_and_ways_that_part_get_their_own() -> None:
    questions, outcomes = table(
        {"colour": ["red", "green", "blue"], "size": ["big", "small"]},
        {
            "warm": [{"colour": ("red", "green"), "size": ("big",)}],
            "cool": [
                {"colour": ("red", "green"), "size": ("small",)},
                {"colour": ("blue",), "size": ("big",)},
            ],
            "cold": [{"colour": ("blue",), "size": ("small",)}],
        },
    )
    assert [step.id for step in create_steps(questions, outcomes)] == ["colour", "size", "size-2"]


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("reason: [exchange]", "reason: [exchange, moved]", "guide-overlap"),
        ("{person: [visitor]}", "{person: [visitor], reason: [moved]}", "guide-dead-end"),
        ("{person: [visitor]}", "{person: [visitr]}", "answer-unknown"),
    ],
)
def test_a_table_that_does_not_close_is_refused_with_its_line(old: str, new: str, rule: str) -> None:
    contents = dict(miniature_data())
    text = contents["guide"].decode("utf-8")
    line = text[: text.index(old)].count("\n") + 1
    contents["guide"] = text.replace(old, new, 1).encode("utf-8")
    found = [problem for problem in find_problems(contents) if problem.rule == rule]
    assert found
    assert all(problem.file == "data/guide.yaml" for problem in found)
    if rule != "guide-dead-end":
        assert any(abs(problem.line - line) <= 2 for problem in found)


def guide_page(dist: Path, locale: str) -> html.HtmlElement:
    return document(dist / locale / "guide" / "index.html")


@pytest.mark.parametrize("locale", TOLD_LOCALES)
def test_without_a_script_links_lead_along_every_branch(dist: Path, dataset: Dataset, locale: str) -> None:
    page = guide_page(dist, locale)
    nodes = {node.get("id"): node for node in page.xpath("//*[contains(@class,'guide__node')]")}
    waiting, met = [next(iter(nodes))], set()
    while waiting:
        here = waiting.pop()
        met.add(here)
        waiting += [href[1:] for href in nodes[here].xpath(".//a[@data-answer]/@href") if href[1:] not in met]
    assert met == set(nodes)
    assert len([node for node in met if node.startswith("o-")]) == len(dataset.guide_outcomes)


@pytest.mark.parametrize("locale", TOLD_LOCALES)
def test_an_outcome_names_its_counter_in_both_languages_its_source_and_what_is_not_known(
    dist: Path, dataset: Dataset, locale: str
) -> None:
    page = guide_page(dist, locale)
    for outcome in dataset.guide_outcomes.values():
        (section,) = page.xpath(f"//section[@id='o-{outcome.id}']")
        assert section.xpath(".//details[@class='provenance']//a/@href"), outcome.id
        if outcome.procedure is None:
            continue
        procedure = dataset.procedures[outcome.procedure]
        words = squeezed(section.text_content())
        assert all(squeezed(name) in words for name in procedure.name.root.values())
        assert squeezed(dataset.kinds[procedure.office].place_phrase[locale]) in words
        assert section.xpath(".//*[contains(@class,'statement--unknown')]"), outcome.id


@pytest.mark.parametrize("locale", TOLD_LOCALES)
def test_the_card_for_the_counter_speaks_japanese_to_the_clerk(
    dist: Path, dataset: Dataset, locale: str
) -> None:
    (card,) = guide_page(dist, locale).xpath(
        "//section[@id='o-exchange']//div[contains(@class,'counter-card ')]"
    )
    (request,) = card.xpath("./p/span[@lang='ja']")
    assert dataset.procedures["exchange"].name["ja"] in request.text_content()
    readers = card.xpath(".//span[@class='counter-card__reader']")
    assert bool(readers) == (locale != "ja")


@pytest.mark.parametrize("locale", TOLD_LOCALES)
def test_the_chart_says_what_the_words_beside_it_say(dist: Path, locale: str) -> None:
    page = guide_page(dist, locale)
    (chart,) = page.xpath("//*[name()='svg' and @class='chart']")
    drawn = squeezed("".join(chart.itertext()))
    listed = page.xpath("//details[contains(@class,'guide-chart__words')]//li/a")
    assert len(listed) == 14
    assert all(squeezed(link.text_content()) in drawn for link in listed)


@pytest.mark.parametrize("locale", TOLD_LOCALES)
def test_home_leads_to_the_guide_first(dist: Path, locale: str) -> None:
    button = document(dist / locale / "index.html").xpath("//a[@class='button']/@href")[0]
    assert button.endswith(f"{locale}/guide/")


def test_lines_of_the_chart_break_between_phrases_and_never_before_a_closing_mark() -> None:
    lines = wrap("在留カードの有効期間を更新する（永住者など）、そのほか。", 120, strong=True)
    assert "".join(lines) == "在留カードの有効期間を更新する（永住者など）、そのほか。"
    assert not any(line[0] in "）、。" or line[-1] == "（" for line in lines)


def test_lines_of_the_chart_are_about_as_long_as_each_other() -> None:
    assert wrap("何がありましたか。または、何をしたいですか", 260, strong=True) == (
        "何がありましたか。",
        "または、何をしたいですか",
    )
    assert wrap("短い", 260, strong=True) == ("短い",)


def test_a_word_is_never_cut_in_the_chart() -> None:
    assert wrap("extend the valid period", 60, strong=False) == ("extend", "the", "valid", "period")


def test_the_parts_of_the_chart_stand_inside_it() -> None:
    stop = ChartStop(sign=None, words="An end that takes several lines because it says so much about the way")
    question = ChartQuestion(
        words="Which?",
        answers=(("One", stop), ("Two", ChartQuestion(words="And?", answers=(("Yes", stop),)))),
    )
    chart = draw_chart(question)
    assert all(0 <= words.x < WIDTH and 0 < words.y <= chart.height for words in chart.words)
    assert all(0 <= station.y <= chart.height for station in chart.stations)
    assert len(chart.stations) == 4


@pytest.mark.parametrize("locale", TOLD_LOCALES)
def test_the_guide_can_be_found(dist: Path, locale: str) -> None:
    entries = json.loads((dist / locale / "search.json").read_text("utf-8"))
    assert any(entry["url"].startswith("guide/") for entry in entries)
