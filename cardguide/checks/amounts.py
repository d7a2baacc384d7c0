"""Rules about amounts that hold each other: rows of a fee table, sums and parts, counts and records."""

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

from cardguide.checks.survey import Survey
from cardguide.dataset import Dataset, Path
from cardguide.problems import Problem
from cardguide.recordmodel import FeeTable

# A sum and its parts.
SUMS = (("mn-reissue-fee", ("mn-reissue-card-fee", "mn-reissue-certificate-fee")),)
# A count and another count that it is made of.
TOTALS = (("all-procedures", ("bureau-procedures", "municipal-procedures")),)
# Numbers of which the first is less than the second.
LESS = (
    ("pin-signature-shortest", "pin-signature-longest"),
    ("mn-limit-birthday-under-18", "mn-limit-birthday"),
    ("photo-age", "photo-age-before"),
)

COUNTS: tuple[tuple[str, Callable[[Dataset], int], str], ...] = (
    ("bureau-procedures", lambda data: _at(data, "bureau"), "procedures"),
    ("municipal-procedures", lambda data: _at(data, "municipal"), "procedures"),
    ("all-procedures", lambda data: len(data.procedures), "procedures"),
    ("fields-removed", lambda data: sum(item.after == "chip-only" for item in data.items.values()), "items"),
    ("office-kinds", lambda data: len(data.kinds), "kinds"),
    ("bureau-count", lambda data: _of_kind(data, "bureau"), "offices"),
    ("district-count", lambda data: _of_kind(data, "district"), "offices"),
)


def _at(dataset: Dataset, office: str) -> int:
    return sum(procedure.office == office for procedure in dataset.procedures.values())


def _of_kind(dataset: Dataset, kind: str) -> int:
    return sum(office.kind == kind for office in dataset.offices.values())


def check_counts(survey: Survey) -> Iterator[Problem]:
    """A count is the number of the records that it counts."""
    for name, count, collection in COUNTS:
        said = _value(survey, name)
        actual = count(survey.dataset)
        if said is not None and said != actual:
            at_fact, at_records = ("facts", name, "value"), (collection,)
            yield survey.problem(
                at_fact, "count-differs", said=str(said), actual=str(actual), collection=collection
            )
            yield survey.problem(
                at_records,
                "records-differ",
                at_key=True,
                fact=name,
                said=str(said),
                actual=str(actual),
                collection=collection,
            )


def check_sums(survey: Survey) -> Iterator[Problem]:
    """A sum is the sum of its parts."""
    for name, parts in (*SUMS, *TOTALS):
        total, values = _value(survey, name), [_value(survey, part) for part in parts]
        if total is None or None in values:
            continue
        actual = sum(value for value in values if value is not None)
        if total != actual:
            for fact in (name, *parts):
                yield survey.problem(
                    ("facts", fact, "value"), "sum-differs", total=name, said=str(total), actual=str(actual)
                )


def check_less(survey: Survey) -> Iterator[Problem]:
    """A shortest is less than its longest."""
    for low, high in LESS:
        first, second = _value(survey, low), _value(survey, high)
        if first is not None and second is not None and first >= second:
            for fact, other in ((low, high), (high, low)):
                yield survey.problem(
                    ("facts", fact, "value"), "limits-reversed", low=low, high=high, other=other
                )


def _value(survey: Survey, name: str) -> int | None:
    fact = survey.dataset.facts.get(name)
    return fact.value if fact is not None and isinstance(fact.value, int) else None


def check_fee_rows(survey: Survey) -> Iterator[Problem]:
    """From row to row of a fee table, and from online to counter, no amount falls."""
    for path, table in survey.records("fee_tables"):
        for low, high in _ascending(table):
            yield from _check_falling(survey, low, high, table=str(path[-1]))


def _ascending(table: FeeTable) -> Iterator[tuple[str | None, str | None]]:
    """Yield pairs of facts of which the first is never the higher amount."""
    for upper, lower in pairwise(table.rows):
        yield upper.counter, lower.counter
        yield upper.online, lower.online
    for row in table.rows:
        yield row.online, row.counter


def _check_falling(survey: Survey, low: str | None, high: str | None, table: str) -> Iterator[Problem]:
    lower, higher = _amounts(survey, low), _amounts(survey, high)
    for first in lower.keys() & higher.keys():
        (low_path, low_amount), (high_path, high_amount) = lower[first], higher[first]
        if low_amount > high_amount:
            for path in (low_path, high_path):
                yield survey.problem(
                    path, "fee-falls", low=str(low_amount), high=str(high_amount), table=table
                )


def _amounts(survey: Survey, fact_id: str | None) -> dict[Any, tuple[Path, int]]:
    """Return the amounts of a fact, and where they stand, by the first day of their period."""
    fact = survey.dataset.facts.get(fact_id) if fact_id else None
    if fact is None or fact.kind != "yen":
        return {}
    return {
        dated.from_: (("facts", fact.id, "values", index, "value"), dated.value)
        for index, dated in enumerate(fact.values)
    }


def check_fee_periods(survey: Survey) -> Iterator[Problem]:
    """All rows of a fee table change on the same days."""
    for path, table in survey.records("fee_tables"):
        for field in ("counter", "online"):
            columns = [_amounts(survey, getattr(row, field)) for row in table.rows]
            usual = Counter(frozenset(column) for column in columns if column).most_common(1)
            for index, column in enumerate(columns):
                if column and column.keys() != usual[0][0]:
                    yield survey.problem(
                        (*path, "rows", index, field), "fee-periods-differ", table=str(path[-1])
                    )
                    yield from _odd_periods(survey, column, usual[0][0], str(path[-1]))


def _odd_periods(
    survey: Survey, column: dict[Any, tuple[Path, int]], usual: frozenset[Any], table: str
) -> Iterator[Problem]:
    for first, (path, _) in column.items():
        if first not in usual:
            yield survey.problem((*path[:-1], "from"), "fee-periods-differ", table=table)
