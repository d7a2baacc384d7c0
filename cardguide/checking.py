"""Checking: the dataset of a project, with what is wrong in it; a check loads nothing that only a build needs."""

import datetime

from cardguide.checks import check_dataset
from cardguide.confirming import read_lock, unconfirmed
from cardguide.dataset import Dataset, Read, read_dataset
from cardguide.problems import DataError, Problem
from cardguide.project import Project
from cardguide.yamlsource import read_yaml


def read_checked(
    project: Project,
    as_of: datetime.date,
    *,
    today: datetime.date | None = None,
    must_be_confirmed: bool = True,
    read: Read = read_yaml,
) -> tuple[Dataset, tuple[Problem, ...]]:
    """Return the dataset and its warnings; raise ``DataError`` with all problems if one of them is an error.

    ``today`` is the day of the clock, after which nothing can have been checked. A preview may show what nobody
    has confirmed yet; what is published may not.
    """
    dataset = read_dataset(project.read_data(), read=read)
    prose = {locale.tag: project.prose(locale.tag) for locale in dataset.locales}
    found = list(check_dataset(dataset, as_of, today, prose))
    if must_be_confirmed:
        found.extend(unconfirmed(dataset, read_lock(project.read_lock())))
    problems = tuple(sorted(found))
    if any(problem.severity == "error" for problem in problems):
        raise DataError(problems)
    return dataset, problems
