"""The shape of each file of ``data/``."""

from typing import Annotated

from pydantic import BeforeValidator, StringConstraints

from cardguide.factmodel import AnyFact
from cardguide.model import Id, PrefectureCode, Record, Records, Text, Words, with_ids
from cardguide.recordmodel import (
    CardItem,
    ContactPoint,
    FeeTable,
    ForbiddenPhrase,
    Office,
    OfficeKind,
    Page,
    Prefecture,
    Procedure,
    Question,
    Source,
    Term,
    Topic,
)
from cardguide.sitemodel import Site


class FactsFile(Record):
    """The shape of one file of ``data/``."""

    facts: Records[AnyFact]


class SourcesFile(Record):
    """The shape of one file of ``data/``."""

    sources: Records[Source]


class ProceduresFile(Record):
    """The shape of one file of ``data/``."""

    fee_tables: Records[FeeTable]
    procedures: Records[Procedure]


class FaqFile(Record):
    """The shape of one file of ``data/``."""

    topics: Records[Topic]
    questions: Records[Question]


class CardFormatFile(Record):
    """The shape of one file of ``data/``."""

    items: Records[CardItem]


class OfficesFile(Record):
    """The shape of one file of ``data/``."""

    kinds: Records[OfficeKind]
    contacts: Records[ContactPoint]
    prefectures: Annotated[dict[PrefectureCode, Prefecture], BeforeValidator(with_ids)]
    offices: Records[Office]


class PagesFile(Record):
    """The shape of one file of ``data/``."""

    pages: Records[Page]


class GlossaryFile(Record):
    """The shape of one file of ``data/``."""

    terms: Records[Term]
    forbidden: Records[ForbiddenPhrase]


class LabelsFile(Record):
    """The shape of one file of ``data/``."""

    labels: dict[Id, Text]


Reading = Annotated[str, StringConstraints(pattern=r"^[ぁ-ゖー]+$", max_length=40)]
"""How a word is read, in hiragana."""


class ReadingsFile(Record):
    """The shape of ``data/readings.yaml``: words, and counters that stand behind a number, with their readings."""

    words: dict[Words, Reading]
    counters: dict[Words, Reading] = {}


class SiteFile(Record):
    """The shape of one file of ``data/``."""

    site: Site
