"""Checking: the dataset of a project, with what is wrong in it; a check loads nothing that only a build needs."""

import datetime

from cardguide.checks import check_dataset
from cardguide.dataset import Dataset, read_dataset
from cardguide.problems import DataError, Problem
from cardguide.project import Project


def read_checked(project: Project, as_of: datetime.date) -> tuple[Dataset, tuple[Problem, ...]]:
    """Return the dataset and its warnings; raise ``DataError`` with all problems if one of them is an error."""
    dataset = read_dataset(project.read_data())
    problems = tuple(sorted(check_dataset(dataset, as_of)))
    if any(problem.severity == "error" for problem in problems):
        raise DataError(problems)
    return dataset, problems
