"""The miniature dataset of ``tests/miniature``, as bytes, as records, and with one thing changed."""

import datetime
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from cardguide import dataset as datasets
from cardguide.checks import check_dataset
from cardguide.dataset import FILES, Dataset
from cardguide.model import Record
from cardguide.problems import DataError, Problem
from cardguide.yamlsource import YamlSource, read_yaml

HERE = Path(__file__).resolve().parent
TODAY = datetime.date(2026, 11, 23)


@cache
def miniature_data() -> Mapping[str, bytes]:
    """Return the files of the miniature by name; its labels are the real ones."""
    own, real = HERE / "miniature" / "data", HERE.parent / "data"
    homes = {name: own if (own / f"{name}.yaml").exists() else real for name in FILES}
    return {name: (home / f"{name}.yaml").read_bytes() for name, home in homes.items()}


def read_miniature() -> Dataset:
    """Return the miniature as records."""
    return read_quickly(miniature_data())


@lru_cache(maxsize=40)
def _read_file(name: str, content: bytes) -> tuple[YamlSource, Record]:
    """Read one file as ``read_dataset`` does, once for the same bytes."""
    source = read_yaml(f"data/{name}.yaml", content)
    try:
        return source, FILES[name].model_validate(source.data)
    except ValidationError as error:
        raise DataError(datasets._shape_problems(source, FILES[name], error)) from error


def read_quickly(contents: Mapping[str, bytes]) -> Dataset:
    """Return what ``read_dataset`` returns, reading only files that changed since the last call."""
    sources: dict[str, YamlSource] = {}
    records: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, content in contents.items():
        try:
            sources[name], part = _read_file(name, content)
            records |= {field: getattr(part, field) for field in type(part).model_fields}
        except DataError as error:
            problems.extend(error.problems)
    if problems:
        raise DataError(problems)
    return Dataset(**records, files=sources)


def find_problems(contents: Mapping[str, bytes], as_of: datetime.date = TODAY) -> tuple[Problem, ...]:
    """Return what is wrong with the files of a dataset, as one sorted list."""
    try:
        dataset = read_quickly(contents)
    except DataError as error:
        return error.problems
    return tuple(sorted(check_dataset(dataset, as_of, today=TODAY)))
