"""Against the real regulations beside the checkout, where they are: their ayat are found, in order, one inside the other."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from indexer.lines import lines_of
from indexer.sandbox import read_file
from indexer.structure import chain_at, parts_of
from tests.unit.indexer.test_points import check_nesting

MOST_BYTES = 110_000  # the small ones, so that the test takes seconds
CORPUS = Path(__file__).resolve().parents[4] / "shared" / "corpus"
LOOKS_LIKE_AYAT = re.compile(r"^\(\d{1,2}\) [A-Z]")


@pytest.mark.shared
@pytest.mark.skipif(not CORPUS.exists(), reason="../shared/corpus is not here")
def test_the_ayat_of_small_digital_regulations_are_parts_in_order() -> None:
    labels = csv.DictReader((CORPUS / "labels.csv").read_text(encoding="utf-8").splitlines(keepends=True))
    found = looked_for = 0
    for label in [row for row in labels if row["kualitas"] == "digital"]:
        pdf = CORPUS / "pdf" / label["file"]
        if pdf.stat().st_size > MOST_BYTES:
            continue
        held = list(read_file(pdf, ocr=False).pages)
        parts = parts_of(held)
        check_nesting(held, parts)
        ayat = {(part.page, part.start) for part in parts if part.kind == "ayat"}
        for line in lines_of(held):
            in_pasal = any(part.kind == "pasal" for part in chain_at(parts, line.page, line.start))
            if in_pasal and LOOKS_LIKE_AYAT.match(line.text) and not re.search(r"(?:\.\s?){2,}$|…$", line.text):
                looked_for += 1
                found += (line.page, line.start) in ayat
    assert looked_for > 100
    assert found / looked_for > 0.97
