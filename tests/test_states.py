"""What is not known is shown as not known, with its day and whom to ask, and is never said as if it were known."""

import datetime
from pathlib import Path

import pytest
from built import TOLD_LOCALES, page_files, read_json, squeezed
from oracle import Oracle
from projects import TODAY, tree
from provenance import Site
from renderings import collect

DAY = datetime.date.fromisoformat(TODAY)
OPEN = {
    name: fact for name, fact in Oracle.records["facts"].items() if fact["state"] in {"unknown", "conflict"}
}


@pytest.fixture(scope="module")
def site(dist: Path) -> Site:
    return Site(dist)


def asking(oracle: Oracle, fact: str) -> str:
    """Return the words that name whom to ask about a fact."""
    contact = oracle.records["contacts"][OPEN[fact]["contact"]]
    return squeezed(oracle.sentence(contact["ask"], {}))


@pytest.mark.parametrize("locale", TOLD_LOCALES)
def test_one_page_lists_every_open_question_with_its_day_and_whom_to_ask(site: Site, locale: str) -> None:
    page = site.page(site.dist / locale / "open-questions" / "index.html")
    oracle = Oracle(DAY, locale)
    shown = {
        str(each.get("data-record")).removeprefix("facts."): each
        for each in page.xpath("//main//section[has-class('open-questions')]//li[@id][@data-record]")
    }
    assert set(shown) == set(OPEN)
    for fact, element in shown.items():
        words = squeezed(element.text_content())
        assert squeezed(oracle.sentence(OPEN[fact]["title"], {})) in words
        (under,) = element.xpath("ancestor::section[has-class('open-questions')]/p")
        assert asking(oracle, fact) in squeezed(under.text_content()), fact
        assert OPEN[fact]["verified_on"].isoformat() in element.xpath(".//time/@datetime"), fact


@pytest.mark.parametrize("locale", TOLD_LOCALES)
def test_what_is_not_known_names_its_day_and_whom_to_ask_on_every_page(site: Site, locale: str) -> None:
    oracle = Oracle(DAY, locale)
    for path in page_files(site.dist, locale):
        for element in site.page(path).xpath(
            "//main//*[has-class('statement--unknown') or has-class('statement--conflict')]"
        ):
            assert element.xpath(".//time/@datetime"), path
            links = [href for href in element.xpath(".//a/@href") if "open-questions/#" in href]
            facts = str(element.get("data-record", "")).replace("facts.", "").split()
            asks = [asking(oracle, fact) in squeezed(element.text_content()) for fact in facts]
            assert links or (asks and all(asks)), f"{path}: {facts}"


def test_no_output_gives_a_value_to_what_is_not_known(dist: Path) -> None:
    values = [each for each in collect(tree(dist)) if each.machine is not None]
    assert len(values) > 500
    assert [f"{each.place}: {each.name}" for each in values if each.name.removeprefix("facts.") in OPEN] == []


def test_the_data_file_of_facts_holds_no_value_of_an_open_one(dist: Path) -> None:
    file = read_json(dist / "data" / "v1" / "facts.json")
    assert isinstance(file, dict)
    states = {fact["id"]: (fact["state"], fact["values"]) for fact in file["facts"]}
    assert {name for name, (state, _) in states.items() if state in {"unknown", "conflict"}} <= set(OPEN)
    assert [name for name in OPEN if name in states and states[name][1]] == []


CHECK = {"ja": "入管庁に確認してください", "en": "Check with ISA"}


@pytest.mark.parametrize("locale", CHECK)
def test_what_is_reported_names_its_day_and_where_to_check(site: Site, locale: str) -> None:
    found = 0
    for path in page_files(site.dist, locale):
        for element in site.page(path).xpath("//main//*[has-class('statement--reported')]"):
            found += 1
            (note,) = element.xpath("../*[has-class('state')]")
            assert note.xpath(".//time/@datetime"), path
            assert CHECK[locale] in note.text_content(), path
    assert found > 20
