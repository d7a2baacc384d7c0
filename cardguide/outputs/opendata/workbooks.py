"""Tables as workbooks for offices that work in Excel: every cell is text, so codes keep their leading zeros."""

import datetime
import io
import zipfile
from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from cardguide.artifacts import Artifact
from cardguide.views.tables import Table

WIDEST, NARROWEST = 60, 10
# The first day that a zip archive can name; the day of the build stands in the properties.
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)


def create_workbook(
    path: str,
    table: Table,
    *,
    as_of: datetime.date,
    about: Iterable[tuple[str, str]],
    sheet_names: tuple[str, str],
) -> Artifact:
    """Return a workbook with the table and a sheet that says where it comes from."""
    book = Workbook(write_only=True)
    moment = datetime.datetime.combine(as_of, datetime.time())
    book.properties.created = book.properties.modified = moment
    _write_table(book.create_sheet(sheet_names[0]), table)
    notes = book.create_sheet(sheet_names[1])
    for row in about:
        notes.append([_text(notes, words) for words in row])
    content = io.BytesIO()
    book.save(content)
    return Artifact(path=path, content=_with_fixed_days(content.getvalue(), moment))


def _write_table(sheet: WriteOnlyWorksheet, table: Table) -> None:
    sheet.freeze_panes = "B2"
    # The published types leave out what a sheet that is only written shares with others.
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{len(table.rows) + 1}"  # type: ignore[attr-defined]
    for index, column in enumerate(zip(table.header, *table.rows, strict=True), start=1):
        width = min(max(NARROWEST, *(len(words) for words in column)), WIDEST)
        sheet.column_dimensions[get_column_letter(index)].width = width  # type: ignore[attr-defined]
    sheet.append([_text(sheet, name, bold=True) for name in table.header])
    for row in table.rows:
        sheet.append([_text(sheet, words) for words in row])


def _text(sheet: WriteOnlyWorksheet, words: str, *, bold: bool = False) -> Cell:
    cell: Cell = WriteOnlyCell(sheet, value=words)
    cell.data_type = "s"  # a text that begins with = or + is no formula
    cell.number_format = "@"
    cell.font = Font(bold=bold)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _with_fixed_days(content: bytes, moment: datetime.datetime) -> bytes:
    """Return the same archive with days that do not depend on when it was made."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, _with_fixed_moment(name, old.read(name), moment))
    return target.getvalue()


def _with_fixed_moment(name: str, content: bytes, moment: datetime.datetime) -> bytes:
    """Return a part of the archive; saving writes the clock into the properties, whatever was set."""
    if name != "docProps/core.xml":
        return content
    text = content.decode("utf-8")
    start = text.index("<dcterms:modified")
    first, last = text.index(">", start) + 1, text.index("</dcterms:modified>")
    return f"{text[:first]}{moment.isoformat()}Z{text[last:]}".encode()
