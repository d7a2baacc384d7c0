"""The rules that hold between records. Each rule is a generator; its docstring is the rule."""

import datetime
from collections.abc import Callable, Iterator

from cardguide.checks import (
    amounts,
    answers,
    evidence,
    guides,
    hours,
    insertions,
    languages,
    letters,
    modality,
    order,
    periods,
    plain,
    readings,
    references,
    settings,
    typed,
    webplaces,
    wording,
)
from cardguide.checks.prose import Prose, check_prose
from cardguide.checks.survey import Survey
from cardguide.dataset import Dataset
from cardguide.problems import Problem

Rule = Callable[[Survey], Iterator[Problem]]

_FAMILIES = (
    *(references, languages, insertions, typed, letters, evidence, periods),
    *(amounts, hours, order, wording, answers, modality, webplaces, guides, settings, plain, readings),
)
RULES: tuple[Rule, ...] = tuple(
    rule
    for family in _FAMILIES
    for name, rule in vars(family).items()
    if name.startswith("check_") and rule.__module__ == family.__name__
)


def check_dataset(
    dataset: Dataset, as_of: datetime.date, today: datetime.date | None = None, prose: Prose | None = None
) -> Iterator[Problem]:
    """Yield everything that is wrong between the records of a dataset whose shape is right.

    ``as_of`` is the day that the outputs speak of; ``today`` the day of the clock, which only an edge knows:
    with it, a check dated in the future is found too. ``prose`` are the pages that people write by hand.
    """
    survey = Survey(dataset=dataset, as_of=as_of, today=today)
    for rule in RULES:
        yield from rule(survey)
    yield from check_prose(survey, prose or {})
