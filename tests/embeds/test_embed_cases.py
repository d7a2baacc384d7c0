"""Twenty pages of partners with the same questions to each; ``-s`` prints their numbers as a table."""

import pytest
from embed_hosts import World
from host_cases import CASES, HEAD, Case, create_line, measure_case

LINES: list[str] = []


def test_there_are_twenty_pages_of_partners() -> None:
    assert len(CASES) == len({case.name for case in CASES}) == 20


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_page_of_a_partner_shows_a_usable_table_or_a_working_link(world: World, case: Case) -> None:
    measured = measure_case(world, case)
    LINES.append(create_line(measured))
    assert measured.usable
    if measured.content:
        native = world.page.evaluate("CSS.supports('frame-sizing', 'content-height')")
        grown = native or case.requests > 1
        least = max(measured.content, measured.reserved) if grown else measured.reserved
        assert measured.shown >= least - 1 or case.name in {"Joruri filter", "hostile CSS"}, (
            "its height, as a number"
        )
    assert measured.requests == case.requests
    assert measured.shift <= 0.05
    assert measured.sideways == 0
    assert measured.stops >= 1
    assert measured.console == ()
    assert measured.foreign == 0
    assert not measured.storage


def test_the_numbers_are_shown() -> None:
    assert LINES
    print("\n".join(["", HEAD, *LINES]))  # noqa: T201 - for whoever asks with -s
