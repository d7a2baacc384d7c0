"""Tables as CSV that opens in Excel: UTF-8 with a byte order mark, CRLF, header row."""

import csv
import io

from cardguide.artifacts import Artifact
from cardguide.views.tables import Table

BYTE_ORDER_MARK = "\ufeff"


def create_csv(path: str, table: Table) -> Artifact:
    """Return a table as a CSV file."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(table.header)
    writer.writerows(table.rows)
    return Artifact(path=path, content=(BYTE_ORDER_MARK + text.getvalue()).encode("utf-8"))
