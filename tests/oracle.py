"""A second, independent reading of the data: what each fact says on a day, without any code of the package."""

import datetime
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).resolve().parents[1] / "data"
_PLACEHOLDER = re.compile(r"\{(?:([a-z]+)\.)?([a-z0-9-]+)(?::([a-z]+))?\}")
_MONTHS = [
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
]
_WEEKDAYS = {
    "ja": [f"{name}曜日" for name in "月火水木金土日"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}
_UNITS = {
    "ja": {"days": ("日", "日"), "months": ("か月", "か月"), "years": ("年", "年")},
    "en": {"days": (" day", " days"), "months": (" month", " months"), "years": (" year", " years")},
}
_REIWA_BEFORE = 2018


def read_records() -> Mapping[str, Mapping[str, Any]]:
    """Return every collection of the data files as plain YAML."""
    collections: dict[str, Mapping[str, Any]] = {}
    for file in sorted(DATA.glob("*.yaml")):
        collections |= yaml.safe_load(file.read_text("utf-8"))
    return collections


class Oracle:
    """Says in one locale what holds on one day."""

    records = read_records()

    def __init__(self, day: datetime.date, locale: str) -> None:
        self.day = day
        self.locale = locale

    @cached_property
    def facts(self) -> Mapping[str, Any]:
        """The facts by id."""
        return self.records["facts"]

    def value(self, fact: str) -> Any:
        """Return the value of a fact on the day, or none."""
        record = self.facts[fact]
        if "values" not in record:
            return record.get("value")
        first, last = datetime.date.min, datetime.date.max
        holding = [
            each["value"]
            for each in record["values"]
            if each.get("from", first) <= self.day <= each.get("to", last)
        ]
        assert len(holding) <= 1, f"{fact} has {len(holding)} values on {self.day}"
        return holding[0] if holding else None

    def machine(self, fact: str) -> str:
        """Return the machine form of the value: an ISO day, a number, a duration, an address."""
        value = self.value(fact)
        if isinstance(value, dict):
            ((unit, count),) = value.items()
            return f"P{count}{unit[0].upper()}"
        return str(value)

    def words(self, fact: str, style: str | None = None) -> str:
        """Return the value of a fact in words."""
        value, record = self.value(fact), self.facts[fact]
        match record["kind"]:
            case "date":
                return self._day(value, style)
            case "yen":
                return f"{value:,}円" if self.locale == "ja" else f"{value:,} yen"
            case "duration":
                ((unit, count),) = value.items()
                return f"{count:,}{_UNITS[self.locale][unit][count != 1]}"
            case "text":
                return self.sentence(value, record.get("before", {}))
            case "url" if style != "plain" and "label" in record:
                return str(record["label"][self.locale])
            case _:
                return f"{value:,}" if record["kind"] == "count" else str(value)

    def sentence(self, text: Mapping[str, str], before: Mapping[str, Any]) -> str:
        """Return a text as it reads on the day."""
        coming = sorted((self.facts[fact]["value"], fact) for fact in before)
        coming = [(day, fact) for day, fact in coming if self.day < day]
        chosen = before[coming[0][1]] if coming else text
        return _PLACEHOLDER.sub(self._placed, chosen[self.locale])

    def statement(self, statement: Mapping[str, Any]) -> str:
        """Return a statement as it reads on the day."""
        if "fact" in statement:
            return self.words(statement["fact"])
        return self.sentence(statement["text"], statement.get("before", {}))

    def record(self, path: str) -> str | None:
        """Return what the record at a dotted path says, or none where it is no sentence."""
        collection, _, rest = path.partition(".")
        value: Any = self.records[collection]
        for step in rest.split("."):
            value = value[int(step)] if isinstance(value, list) else value[step]
        if collection == "facts" and len(rest.split(".")) == 1:
            return self.words(rest) if value["kind"] == "text" and "value" in value else None
        return (
            self.statement(value)
            if isinstance(value, dict) and ("text" in value or "fact" in value)
            else None
        )

    def _placed(self, match: re.Match[str]) -> str:
        collection, record, style = match.groups()
        if collection is None:
            return self.words(record, style)
        names = {
            "procedure": ("procedures", "name"),
            "page": ("pages", "title"),
            "question": ("questions",) * 2,
        }
        place, field = names[collection]
        name: str = self.records[place][record]["question" if place == "questions" else field][self.locale]
        return name

    def _day(self, day: datetime.date, style: str | None) -> str:
        weekday = _WEEKDAYS[self.locale][day.weekday()]
        if self.locale == "en":
            words = f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"
            return f"{weekday}, {words}" if style == "weekday" else words
        words = f"{day.month}月{day.day}日"
        if style == "era":
            return f"令和{day.year - _REIWA_BEFORE}年（{day.year}年）{words}"
        return f"{day.year}年{words}（{weekday}）" if style == "weekday" else f"{day.year}年{words}"


def boundary_days() -> Iterator[datetime.date]:
    """Yield each day on which a value or the words of a sentence change, found in the plain data."""
    facts = Oracle.records["facts"]
    found = {fact for before in _befores(Oracle.records) for fact in before}
    days = {facts[fact]["value"] for fact in found}
    for fact in facts.values():
        for dated in fact.get("values", ()):
            days |= {dated["from"]} if "from" in dated else set()
            days |= {dated["to"] + datetime.timedelta(days=1)} if "to" in dated else set()
    yield from sorted(days)


def _befores(value: Any) -> Iterator[Mapping[str, Any]]:
    """Yield the words before a dated fact, wherever they stand."""
    if isinstance(value, dict):
        if isinstance(value.get("before"), dict):
            yield value["before"]
        for each in value.values():
            yield from _befores(each)
    elif isinstance(value, list):
        for each in value:
            yield from _befores(each)
