"""Checking: the dataset of a project, with what is wrong in it; a check loads nothing that only a build needs."""

import datetime
from collections.abc import Iterator

from cardguide.checks import check_dataset
from cardguide.confirming import read_lock, unconfirmed
from cardguide.dataset import Dataset, read_dataset
from cardguide.problems import DataError, Problem
from cardguide.project import Project


def read_checked(
    project: Project, as_of: datetime.date, *, must_be_confirmed: bool = True
) -> tuple[Dataset, tuple[Problem, ...]]:
    """Return the dataset and its warnings; raise ``DataError`` with all problems if one of them is an error.

    A preview may show what nobody has confirmed yet; what is published may not.
    """
    dataset = read_dataset(project.read_data())
    problems = tuple(sorted(_problems(project, dataset, as_of, must_be_confirmed=must_be_confirmed)))
    if any(problem.severity == "error" for problem in problems):
        raise DataError(problems)
    return dataset, problems


def _problems(
    project: Project, dataset: Dataset, as_of: datetime.date, *, must_be_confirmed: bool
) -> Iterator[Problem]:
    yield from check_dataset(dataset, as_of)
    if must_be_confirmed:
        yield from unconfirmed(dataset, read_lock(project.read_lock()))
