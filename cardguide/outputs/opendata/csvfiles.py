"""Tables as CSV that opens in Excel: UTF-8 with a byte order mark, CRLF, header row."""

import csv
import io
import re

from cardguide.artifacts import Artifact
from cardguide.views.tables import Table

BYTE_ORDER_MARK = "\ufeff"

# How a formula may begin: https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA = re.compile(r"[=@\t\r]|[+-](?![\d-]+$)")


def create_csv(path: str, table: Table) -> Artifact:
    """Return a table as a CSV file."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(table.header)
    writer.writerows([inert_cell(cell) for cell in row] for row in table.rows)
    return Artifact(path=path, content=(BYTE_ORDER_MARK + text.getvalue()).encode("utf-8"))


def inert_cell(cell: str) -> str:
    """Return a cell that a spreadsheet shows and never computes; a phone number from abroad stays as it is."""
    return f"'{cell}" if _FORMULA.match(cell) else cell
