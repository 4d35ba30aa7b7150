"""Against the real regulations beside the checkout, where they are: what was reached may not be lost silently."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from benchmarks.identity import region_names, verdict
from indexer.identify import identify
from indexer.sandbox import read_file
from indexer.structure import parts_of, pasal_count
from tests.unit.indexer.layouts import WILAYAH

MOST_BYTES = 110_000  # the small ones, so that the test takes seconds; the benchmark takes all
CORPUS = Path(__file__).resolve().parents[4] / "shared" / "corpus"


@pytest.mark.shared
@pytest.mark.skipif(not CORPUS.exists(), reason="../shared/corpus is not here")
def test_small_digital_regulations_are_identified_and_counted() -> None:
    regions = region_names(sorted(WILAYAH.glob("*.csv")))
    labels = csv.DictReader((CORPUS / "labels.csv").read_text(encoding="utf-8").splitlines(keepends=True))
    unsure, silent, miscounted = [], [], []
    for label in [row for row in labels if row["kualitas"] == "digital"]:
        pdf = CORPUS / "pdf" / label["file"]
        if pdf.stat().st_size > MOST_BYTES:
            continue
        pages = read_file(pdf, ocr=False).pages
        result = verdict(identify(pages, regions, label["file"]), label)
        if result["silent"]:
            silent.append(label["file"])
        if not result["equal"] or result["flagged"]:
            unsure.append(label["file"])
        if label["n_pasal"] and pasal_count(parts_of(pages)) != int(label["n_pasal"]):
            miscounted.append(label["file"])
    assert silent == []
    assert len(unsure) <= 1
    assert miscounted == []
