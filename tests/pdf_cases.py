"""Sheets of the tests: short HTML files with what is expected of them in their first line."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from cardguide.pdf.fonts import FontSet, load_font_set
from cardguide.pdf.qr import render_qr
from cardguide.pdf.sheets import SheetFault, SheetJob, SheetSpec

ROOT = Path(__file__).parents[1]
CASES = Path(__file__).parent / "cases"
QR_URL = "https://example.com/ja/sheets/current/?edition=3f2a"
FIRST_LINE = re.compile(r"\A<!-- (\{.*?\}) -->\n", re.DOTALL)
MEASURES = {"millimetres": "mm", "characters": "characters"}
FRAME = """<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta name="dcterms.created" content="{created}">
<link rel="stylesheet" href="asset:sheet.css">
</head>
<body>
{body}
</body>
</html>
"""


@dataclass(frozen=True, kw_only=True)
class SheetCase:
    """One file: the job it stands for, and the first line's other words."""

    name: str
    job: SheetJob
    head: Mapping[str, Any]


def read_case(path: Path) -> SheetCase:
    """Return the case of a file; a file that is not a whole document is put into a sound one."""
    text = path.read_text("utf-8")
    found = FIRST_LINE.match(text)
    assert found, f"{path.name} does not say what is expected of it"
    head = json.loads(found[1])
    body = text[found.end() :].replace("@QR@", qr_drawing())
    frame = {"lang": head.get("locale", "ja"), "title": "見本", "created": "2026-06-14"} | head
    html = (
        body
        if "<html" in body
        else FRAME.format(lang=frame["lang"], title=frame["title"], created=frame["created"], body=body)
    )
    return SheetCase(
        name=path.stem,
        job=SheetJob(html=html, spec=_spec(path.stem, head), assets={"sheet.css": _style()}),
        head=head,
    )


def read_cases(folder: str) -> list[SheetCase]:
    """Return the cases of a folder, in the order of their names."""
    return [read_case(path) for path in sorted((CASES / folder).glob("*.html"))]


@cache
def fonts() -> FontSet:
    """Return the fonts of the project."""
    return load_font_set(ROOT / "flyers" / "fonts")


@cache
def qr_drawing() -> str:
    """Return the code that the good sheets carry."""
    return render_qr(QR_URL, size_mm=25, title="この紙が新しいか確かめるページ")


def _style() -> bytes:
    return (CASES / "good_sheets" / "sheet.css").read_bytes()


def _spec(name: str, head: Mapping[str, Any]) -> SheetSpec:
    usual: dict[str, Any] = {
        "name": name,
        "locale": "ja",
        "pages": 1,
        "page_size_mm": (210.0, 297.0),
        "safe_margin_mm": 8.0,
        "minimum_size_pt": 10.5,
        "note_size_pt": 8.0,
    }
    known = {field.name for field in fields(SheetSpec)}
    return SheetSpec(**(usual | {key: value for key, value in head.items() if key in known}))


def describe(fault: SheetFault) -> str:
    """Return a fault as the first line of a broken sheet writes it."""
    place = f"page {fault.page} {fault.block}" if fault.page else fault.block or "sheet"
    measures = [f" {fault.details[key]} {unit}" for key, unit in MEASURES.items() if key in fault.details]
    return f"{place.strip()}: {fault.rule}{''.join(measures)}"
