"""Imprints: what a sheet says about the office that hands it out, from the data or from an office's own list."""

import csv
import difflib
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cardguide.dataset import Dataset
from cardguide.model import State
from cardguide.problems import DataError, Problem
from cardguide.recordmodel import Office
from cardguide.views.municipalities import Municipality, read_municipalities

COLUMNS = ("code", "name_ja", "name_en", "address_ja", "address_en", "phone", "hours_ja", "hours_en", "url")
REQUIRED = ("code", "name_ja", "name_en")
LONGEST_URL = 100  # what a QR code of 21 mm can hold and a telephone can still read
PREFECTURE_END = "0000"
PRINTED_KINDS = frozenset({"bureau", "district"})

Words = Mapping[str, str]
"""A text by the tag of its language."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Imprint:
    """An office as a sheet names it; ``record`` is set where a record says so that is only reported."""

    code: str
    name: Words
    place: Words
    address: Words
    phone: str
    hours: Words
    url: str
    record: str = ""

    @property
    def has_details(self) -> bool:
        """Tell whether there is more to print than a name."""
        return bool(self.phone or self.url or any(self.address.values()) or any(self.hours.values()))


def create_imprints(dataset: Dataset, municipalities: str) -> tuple[Imprint, ...]:
    """Return the immigration offices that may be named, then every municipality with counters of its own.

    They carry names only: no address, phone number or hours of theirs was checked on an official page.
    """
    rows = {row.code: row for row in read_municipalities(municipalities)}
    return (
        *(
            _office_imprint(dataset, code, office)
            for code, office in dataset.offices.items()
            if office.listed and office.kind in PRINTED_KINDS
        ),
        *(_municipal_imprint(dataset, row, rows) for row in rows.values() if row.window),
    )


def _named(code: str, name: Words, place: Words, *, record: str = "") -> Imprint:
    return Imprint(code=code, name=name, place=place, address={}, phone="", hours={}, url="", record=record)


def _office_imprint(dataset: Dataset, code: str, office: Office) -> Imprint:
    record = f"offices.{code}" if office.state is not State.CONFIRMED else ""
    # In English the name of the bureau would fill the box; it stands in the Japanese name on the next line.
    place = {"ja": dataset.offices[office.parent].name["ja"]} if office.parent else {}
    return _named(code, office.name.root, place, record=record)


def _municipal_imprint(dataset: Dataset, row: Municipality, rows: Mapping[str, Municipality]) -> Imprint:
    prefecture = dataset.prefectures[row.prefecture].name
    city = rows.get(row.parent)
    latin = f"{city.name_latin}, {prefecture['en']}" if city else prefecture["en"]
    place = {"ja": f"{prefecture['ja']}{city.name if city else ''}", "en": latin}
    return _named(row.code, {"ja": row.name, "en": row.name_latin}, place)


def find_imprint(imprints: Sequence[Imprint], code: str) -> Imprint:
    """Return the office with a code, or raise ``DataError`` with the nearest one by code or by name."""
    by_code = {imprint.code: imprint for imprint in imprints}
    if code in by_code:
        return by_code[code]
    near = _nearest(by_code, code)
    details = {"code": code, "near": f"{near.code} ({near.name['ja']}, {near.name['en']})"}
    raise DataError(
        [Problem(file="--office", line=1, column=1, where=code, rule="imprint-unknown", details=details)]
    )


def _nearest(imprints: Mapping[str, Imprint], code: str) -> Imprint:
    """Return the office that was meant: by its first five digits, by its name, or by what looks most like it."""
    known = {name: imprint for imprint in imprints.values() for name in imprint.name.values()} | dict(
        imprints
    )
    whole = next((name for name in known if code and name.startswith(code)), None)
    return known[whole or difflib.get_close_matches(code, known, n=1, cutoff=0)[0]]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Row:
    """One office of a list, with the line on which it begins."""

    file: str
    line: int
    values: Words

    def problem(self, column: str, rule: str, **details: str) -> Problem:
        """Return what is wrong with the value of a column."""
        return _problem(self.file, self.line, column, rule, value=self.values[column], **details)


def read_imprints(file: str, content: bytes) -> tuple[Imprint, ...]:
    """Return the offices of a list of one's own; raise ``DataError`` with every problem in it."""
    rows, problems = _read_rows(file, _decode(file, content))
    problems += [problem for row in rows for problem in _check_row(row)]
    problems += _check_codes(rows)
    if problems:
        raise DataError(problems)
    return tuple(_own_imprint(row.values) for row in rows)


def _problem(file: str, line: int, where: str, rule: str, **details: str) -> Problem:
    return Problem(file=file, line=line, column=1, where=where, rule=f"imprint-{rule}", details=details)


def _decode(file: str, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise DataError([_problem(file, line, "whole file", "encoding")]) from error


def _read_rows(file: str, text: str) -> tuple[list[_Row], list[Problem]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[_Row] = []
    problems: list[Problem] = []
    try:
        header = [column.strip() for column in next(reader, [])]
        if sorted(header) != sorted(COLUMNS):
            return [], [
                _problem(file, 1, "columns", "columns", found=", ".join(header), wanted=",".join(COLUMNS))
            ]
        line = reader.line_num + 1
        for cells in reader:
            if len(cells) == len(header):
                values = {column: cell.strip() for column, cell in zip(header, cells, strict=True)}
                rows.append(_Row(file=file, line=line, values=values))
            elif any(cell.strip() for cell in cells):
                counts = {"found": str(len(cells)), "wanted": str(len(header))}
                problems.append(_problem(file, line, "row", "cells", **counts))
            line = reader.line_num + 1
    except csv.Error as error:
        problems.append(_problem(file, reader.line_num, "row", "quotes", error=str(error)))
    if not rows and not problems:
        problems.append(_problem(file, 1, "rows", "no-rows"))
    return rows, problems


SHAPES: Mapping[str, Callable[[str], object]] = {
    "code": re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,39}").fullmatch,
    "phone": re.compile(r"(\+?[0-9][0-9()-]{5,19})?").fullmatch,
    "url": re.compile(rf"(https?://[!-~]{{4,{LONGEST_URL - 8}}})?").fullmatch,
}


def _check_row(row: _Row) -> Iterator[Problem]:
    """Require what a sheet must say, in the shape in which it can say it."""
    for column, value in row.values.items():
        if column in REQUIRED and not value:
            yield row.problem(column, "empty")
        elif column in SHAPES and not SHAPES[column](value):
            yield row.problem(column, column)
        elif any(ord(sign) < ord(" ") for sign in value):
            yield row.problem(column, "line-end")
    for first, second in (("address_ja", "address_en"), ("hours_ja", "hours_en")):
        if bool(row.values[first]) != bool(row.values[second]):
            yield row.problem(second if row.values[first] else first, "language")


def _check_codes(rows: Sequence[_Row]) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for row in rows:
        code = row.values["code"].lower()  # file systems of offices take A1 and a1 for one name
        if code in first:
            yield row.problem("code", "code-twice", other=str(first[code]))
        first.setdefault(code, row.line)


def _own_imprint(values: Words) -> Imprint:
    return Imprint(
        code=values["code"],
        name=_both(values, "name"),
        place={},
        address=_both(values, "address"),
        phone=values["phone"],
        hours=_both(values, "hours"),
        url=values["url"],
    )


def _both(values: Words, column: str) -> Words:
    return {"ja": values[f"{column}_ja"], "en": values[f"{column}_en"]}
