"""The rules that hold between records."""

import datetime
from collections.abc import Iterator

from cardguide.dataset import Dataset
from cardguide.problems import Problem


def check_dataset(dataset: Dataset, as_of: datetime.date) -> Iterator[Problem]:
    """Yield everything that is wrong between the records of a dataset whose shape is right."""
    yield from ()
