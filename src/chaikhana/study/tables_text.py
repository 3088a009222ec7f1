"""Rows of a study's table as the text of its file: commas, a header line, a newline after each row, quotes where needed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from chaikhana.study.schema import Table


def as_text(header: Sequence[str], rows: Iterable[Mapping[str, str]]) -> str:
    """The text of a table; a cell that a row has not is blank."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([row.get(name, "") for name in header] for row in rows)
    return out.getvalue()


def full_header(table: Table) -> list[str]:
    """The names of all columns of a table, in their order."""
    return [column.name for column in table.all_columns]
