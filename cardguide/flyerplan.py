"""The plan of a flyer: what ``flyers/<name>/sheet.yaml`` says it holds, on which paper, in which versions."""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from cardguide.dataset import Dataset, locate
from cardguide.model import Flag, Id, LocaleTag, Number, Record
from cardguide.problems import DataError, Problem
from cardguide.yamlsource import Path, YamlSource, read_yaml

PLAN_FILE = "sheet.yaml"


class Paper(Record):
    """The paper, in millimetres."""

    width: Number
    height: Number
    safe_margin: Number


class ContactPlan(Record):
    """A contact point of the sheet: its numbers with their labels, and the address behind its QR code."""

    phones: dict[Id, Id]
    page: Id
    page_label: Id


class Contents(Record):
    """The records that every version of the flyer holds, by id; of an answer, so many of its statements."""

    lead: tuple[Id, ...]
    launch: Id
    applying: tuple[Id, ...]
    also_heading: Id
    also: tuple[Id, ...]
    questions: dict[Id, Number]
    card_format: tuple[Id, ...]
    beside_drawing: tuple[Id, ...]
    unknown: tuple[Id, ...]
    contacts: dict[Id, ContactPlan]


class Version(Record):
    """One version: its languages, the first of them the document's own, its sides, its type and its style sheets."""

    locales: tuple[LocaleTag, ...]
    template: str
    sides: Number
    body_tenths: Number
    note_tenths: Number
    styles: tuple[str, ...]
    suffix: Id | None = None
    label: Id
    facts: Id = "flyer-facts"
    paper: Paper | None = None
    is_for_print_shop: Flag = False
    takes_imprint: Flag = True


class Plan(Record):
    """A flyer; one with a box for the counter can carry the imprint of an office."""

    paper: Paper
    has_counter_box: Flag = False
    contents: Contents
    versions: tuple[Version, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class FlyerPlan:
    """A plan with the name of its folder and the place of each of its values."""

    name: str
    plan: Plan
    source: YamlSource


def read_plans(files: Mapping[str, str]) -> tuple[FlyerPlan, ...]:
    """Return the plans among the files, by their paths below ``flyers/``; raise ``DataError`` for the broken ones."""
    plans: list[FlyerPlan] = []
    problems: list[Problem] = []
    for path in sorted(files):
        folder, _, name = path.rpartition("/")
        if name == PLAN_FILE:
            try:
                plans.append(_read_plan(folder, files[path]))
            except DataError as error:
                problems.extend(error.problems)
    if problems:
        raise DataError(problems)
    return tuple(plans)


def _read_plan(folder: str, text: str) -> FlyerPlan:
    source = read_yaml(f"flyers/{folder}/{PLAN_FILE}", text.encode("utf-8"))
    try:
        plan = Plan.model_validate(source.data)
    except ValidationError as error:
        raise DataError(
            _shape_problem(source, fault["loc"], fault["msg"]) for fault in error.errors()
        ) from error
    return FlyerPlan(name=folder, plan=plan, source=source)


def _shape_problem(source: YamlSource, path: Path, message: str) -> Problem:
    return locate(source, path, "flyer-plan", expected=message.removeprefix("Input should be "))


def check_plan(flyer: FlyerPlan, dataset: Dataset) -> Iterator[Problem]:
    """Require every id in a plan to be that of a record."""
    contents = flyer.plan.contents
    known = {
        "lead": dataset.facts,
        "applying": dataset.facts,
        "also": dataset.facts,
        "card_format": dataset.facts,
        "beside_drawing": dataset.facts,
        "unknown": dataset.facts,
        "questions": dataset.questions,
        "contacts": dataset.contacts,
    }
    for field, records in known.items():
        for index, identifier in enumerate(getattr(contents, field)):
            if identifier not in records:
                step: str | int = identifier if field in {"contacts", "questions"} else index
                yield _unknown_id(flyer, ("contents", field, step), identifier, records)
    if contents.launch not in dataset.facts:
        yield _unknown_id(flyer, ("contents", "launch"), contents.launch, dataset.facts)


def _unknown_id(flyer: FlyerPlan, path: Path, identifier: str, records: Mapping[str, object]) -> Problem:
    near = difflib.get_close_matches(identifier, records, n=1, cutoff=0)
    return locate(flyer.source, path, "flyer-id", id=identifier, near="".join(near))
