"""The list of municipalities: ``data/municipalities.csv`` as records."""

import csv
import io
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Municipality:
    """A municipality, a ward of a designated city, such a city, or a prefecture.

    ``code`` is the six-digit code of local governments, as text; ``window`` tells whether it has counters of its own,
    which a designated city leaves to its wards; ``name_latin`` follows a rule, not an official list.
    """

    code: str
    prefecture: str
    kind: str
    window: bool
    name: str
    name_kana: str
    name_latin: str
    parent: str
    variant: str


def read_municipalities(text: str) -> tuple[Municipality, ...]:
    """Return the rows of the list in the order of their codes."""
    return tuple(
        Municipality(
            code=row["code"],
            prefecture=row["prefecture"],
            kind=row["kind"],
            window=row["window"] == "true",
            name=row["name"],
            name_kana=row["name_kana"],
            name_latin=row["name_latin"],
            parent=row["parent"],
            variant=row["variant"],
        )
        for row in csv.DictReader(io.StringIO(text))
    )


def with_check_digit(five: str) -> str:
    """Return the six-digit code of a local government from its five digits."""
    total = sum(weight * int(digit) for weight, digit in zip((6, 5, 4, 3, 2), five, strict=True))
    return f"{five}{(11 - total % 11) % 10}"
