"""Somebody who never heard of the card, on a small phone, from home to the right counter, in every language."""

import re
from collections.abc import Callable, Iterator

import pytest
from built import LOCALES
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect
from projects import HOME

from cardguide.dataset import Dataset, read_dataset
from cardguide.project import Project

#: What happened to whom, as answers of the guide, and where that person has to go.
CASES = {
    "newly arrived": (("person.resident", "reason.address", "address.landed"), "address-new-landing"),
    "moved": (("person.resident", "reason.address", "address.moved"), "address-change"),
    "stay ends": (("person.resident", "reason.permission", "permission.extend"), "stay-extension"),
    "no procedure due": (("person.resident", "reason.nothing"), "exchange"),
    "card lost": (("person.resident", "reason.lost"), "lost"),
    "tourist": (("person.visitor",), "visitor"),
}
MOST_TAPS = 5
PHONE: ViewportSize = {"width": 320, "height": 568}
TO_THE_GUIDE = "main a.button[href$='guide/']"


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return read_dataset(Project(root=HOME).read_data())


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def phone(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE, has_touch=True, java_script_enabled=request.param)
    yield context.new_page()
    context.close()


def node_now(page: Page) -> Locator:
    """Return the question or outcome that the reader has before them: the one of the address, or the first."""
    live = page.locator(".guide__node[data-current]")
    if live.count():
        return live
    return page.locator(".guide__node:target" if "#" in page.url else ".guide__node").first


def walk(page: Page, home: str, answers: tuple[str, ...], look: Callable[[], None] = lambda: None) -> int:
    """Walk from the home page through the guide, look at each step, and return how often the reader tapped."""
    page.goto(home)
    look()
    page.locator(TO_THE_GUIDE).first.tap()
    page.wait_for_url("**/guide/")
    for answer in answers:
        look()
        choice = node_now(page).locator(f"a[data-answer='{answer}']")
        expect(choice).to_be_visible()
        choice.tap()
        page.wait_for_url(re.compile("#."))
    look()
    return len(answers) + 1


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("locale", LOCALES)
def test_a_newcomer_reaches_the_right_counter(
    phone: Page, address: str, dataset: Dataset, locale: str, case: str
) -> None:
    answers, expected = CASES[case]
    assert walk(phone, f"{address}{locale}/", answers) <= MOST_TAPS
    outcome = phone.locator(f"#o-{expected}")
    expect(outcome).to_be_in_viewport()
    assert node_now(phone).get_attribute("id") == f"o-{expected}"
    procedure = dataset.guide_outcomes[expected].procedure
    if procedure:
        expect(outcome.locator(f".outcome__name a[href$='{procedure}/']")).to_be_visible()
    else:
        expect(outcome.locator(".statements, .statement").first).to_be_visible()
