"""Tables as CSV that Excel with Indonesian settings opens: semicolons, UTF-8 with its mark, and no cell that runs as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

FORMULA_STARTS = ("=", "+", "-", "@", "\t")


def semicolon_csv(lines: Iterable[Sequence[str]]) -> str:
    """The lines as one text. A cell that a spreadsheet would take for a formula gets an apostrophe in front."""
    written = io.StringIO()
    rows = csv.writer(written, delimiter=";", lineterminator="\r\n")
    rows.writerows([_safe(cell) for cell in line] for line in lines)
    return "\ufeff" + written.getvalue()


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
