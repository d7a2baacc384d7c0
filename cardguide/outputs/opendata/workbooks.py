"""Tables as workbooks for offices that work in Excel: every cell is text, so codes keep their leading zeros.

A workbook is a zip archive of a few XML parts (ECMA-376). They are written here as they are: a library makes a style
for each of 50,000 cells anew, which takes most of a build, and writes the clock into its files.
"""

import datetime
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence

from markupsafe import Markup, escape

from cardguide.artifacts import Artifact
from cardguide.views.tables import Table

WIDEST, NARROWEST = 60, 10
PLAIN, HEADING = 1, 2
# The first day that a zip archive can name; the day of the build stands in the properties.
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SHEET_TYPE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml"

_CONTENT_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_MEDIA}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_MEDIA}.styles+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_MEDIA}.worksheet+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet2.xml" ContentType="{_MEDIA}.worksheet+xml"/>'
    '<Override PartName="/docProps/core.xml"'
    ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
_ROOT_LINKS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/relationships/officeDocument" Target="xl/workbook.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    "</Relationships>"
)
_BOOK_LINKS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/relationships/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/relationships/worksheet" Target="worksheets/sheet2.xml"/>'
    f'<Relationship Id="rId3" Type="{_OFFICE}/relationships/styles" Target="styles.xml"/>'
    "</Relationships>"
)
# Number format 49 is "text"; style 1 is a cell, style 2 the first row.
_STYLES = (
    f'<styleSheet xmlns="{_SHEET_TYPE}">'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    + "".join(
        f'<xf numFmtId="49" fontId="{font}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"'
        ' applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
        for font in (0, 1)
    )
    + '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def create_workbook(
    path: str,
    table: Table,
    *,
    as_of: datetime.date,
    about: Iterable[tuple[str, str]],
    sheet_names: tuple[str, str],
) -> Artifact:
    """Return a workbook with the table and a sheet that says where it comes from."""
    parts = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": _ROOT_LINKS,
        "docProps/core.xml": _properties(as_of),
        "xl/workbook.xml": _book(sheet_names, _area(table)),
        "xl/_rels/workbook.xml.rels": _BOOK_LINKS,
        "xl/styles.xml": _STYLES,
        "xl/worksheets/sheet1.xml": _table_sheet(table),
        "xl/worksheets/sheet2.xml": _sheet(_rows(about, PLAIN), widths=(24, WIDEST)),
    }
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, _ZIP_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, (_XML + text).encode("utf-8"))
    return Artifact(path=path, content=content.getvalue())


def _properties(as_of: datetime.date) -> str:
    moment = f'xsi:type="dcterms:W3CDTF">{as_of.isoformat()}T00:00:00Z<'
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dcterms:created {moment}/dcterms:created><dcterms:modified {moment}/dcterms:modified></cp:coreProperties>"
    )


def _book(sheet_names: tuple[str, str], area: str) -> str:
    sheets = Markup("").join(
        Markup('<sheet name="{}" sheetId="{}" r:id="rId{}"/>').format(name, number, number)
        for number, name in enumerate(sheet_names, start=1)
    )
    # The filter of the first row needs its range under this name.
    names = Markup(
        '<definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">\'{}\'!{}</definedName>'
    ).format(sheet_names[0], area)
    return (
        f'<workbook xmlns="{_SHEET_TYPE}" xmlns:r="{_OFFICE}/relationships">'
        f"<sheets>{sheets}</sheets><definedNames>{names}</definedNames></workbook>"
    )


def _area(table: Table) -> str:
    return f"$A$1:${_letters(len(table.columns))}${len(table.rows) + 1}"


def _table_sheet(table: Table) -> str:
    columns = zip(table.header, *table.rows, strict=True)
    widths = [min(max(NARROWEST, *(len(words) for words in column)), WIDEST) for column in columns]
    rows = (*_rows([table.header], HEADING), *_rows(table.rows, PLAIN, first=2))
    view = (
        '<sheetViews><sheetView workbookViewId="0">'
        '<pane xSplit="1" ySplit="1" topLeftCell="B2" activePane="bottomRight" state="frozen"/>'
        "</sheetView></sheetViews>"
    )
    area = _area(table).replace("$", "")
    return _sheet(
        rows,
        widths=widths,
        view=f'<dimension ref="{area}"/>{view}',
        after=f'<autoFilter ref="{area}"/>',
    )


def _sheet(rows: Iterable[str], *, widths: Sequence[int], view: str = "", after: str = "") -> str:
    columns = "".join(
        f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
        for number, width in enumerate(widths, start=1)
    )
    return (
        f'<worksheet xmlns="{_SHEET_TYPE}">{view}<cols>{columns}</cols>'
        f"<sheetData>{''.join(rows)}</sheetData>{after}</worksheet>"
    )


def _rows(rows: Iterable[Sequence[str]], style: int, first: int = 1) -> Iterator[str]:
    for number, cells in enumerate(rows, start=first):
        written = "".join(
            f'<c r="{_letters(column)}{number}" s="{style}" t="inlineStr">'
            f'<is><t xml:space="preserve">{escape(words)}</t></is></c>'
            for column, words in enumerate(cells, start=1)
            if words
        )
        yield f'<row r="{number}">{written}</row>'


def _letters(column: int) -> str:
    """Return the letters of a column, counted from 1."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
