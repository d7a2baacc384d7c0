"""Every fact of the agency's flyer is in everything that was built."""

from pathlib import Path

import pytest
from built import (
    FACTS,
    SHEETS,
    TOLD_LOCALES,
    expected_words,
    json_words,
    missing,
    page_text,
    pdf_text,
    read_csv,
    read_json,
    site_text,
)


@pytest.mark.parametrize("locale", TOLD_LOCALES)
def test_the_site_holds_every_fact_of_the_flyer(dist: Path, locale: str) -> None:
    assert missing(expected_words(locale), site_text(dist, locale)) == []


@pytest.mark.parametrize(
    ("sheet", "locale"), [(sheet, locale) for sheet, spoken in SHEETS.items() for locale in spoken]
)
def test_each_sheet_holds_every_fact_of_the_flyer(dist: Path, sheet: str, locale: str) -> None:
    assert missing(expected_words(locale), pdf_text(dist / "flyers" / sheet / "a4.pdf")) == []


@pytest.mark.parametrize("locale", TOLD_LOCALES)
def test_the_partner_table_holds_every_procedure(dist: Path, locale: str) -> None:
    names = [entry[locale] for entry in FACTS["procedures"]]
    assert missing(names, page_text(dist / "embed" / "v1" / locale / "procedures.html")) == []


@pytest.mark.parametrize("locale", TOLD_LOCALES)
def test_the_data_files_hold_every_procedure(dist: Path, locale: str) -> None:
    names = [entry[locale] for entry in FACTS["procedures"]]
    assert missing(names, json_words(read_json(dist / "data" / "v1" / "procedures.json"))) == []
    assert (
        missing(
            names,
            "\n".join("\n".join(row.values()) for row in read_csv(dist / "data" / "v1" / "procedures.csv")),
        )
        == []
    )


def test_a_missing_name_would_be_seen() -> None:
    assert missing(["永住許可申請"], "永住\u200b許可\n申請") == []
    assert missing(["永住許可申請"], "永住申請") == ["永住許可申請"]
