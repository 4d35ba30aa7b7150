"""`flask documents reread`: only what the conditions name is read again, and nothing that is not understood is done."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from compliance.db import transaction
from compliance.models import Document, Page
from compliance.services import rereading, work
from tests.unit.web.held import hold

DIGITAL = "pdfium-uji/0"
OCR = "tesseract-0.1/1"
Run = Callable[..., Any]


@pytest.fixture
def run(app: Flask) -> Run:
    """Runs the command with these conditions and gives its exit code, output and errors."""

    def run_with(*conditions: str, options: tuple[str, ...] = ("--json",)) -> Any:
        where = [part for condition in conditions for part in ("--where", condition)]
        return app.test_cli_runner().invoke(args=["documents", "reread", *where, *options])

    return run_with


@pytest.fixture
def held(app: Flask) -> tuple[int, int]:
    """A typed Perbup of Katingan, and an excerpt whose pages were read by an OCR of old, the first of them badly."""
    typed = hold(app, jenis="Perbup", wilayah="62.06", reading_state="terbaca")
    scanned = hold(app, "kutipan-apbd.pdf", jenis=None, wilayah=None, reading_state="sebagian", pages_ocr=1)
    with app.app_context():
        session = app.extensions["patuh_sessions"]()
        with transaction(session):
            by_ocr = {"source": "ocr", "extractor": OCR, "layer": "tidak ada", "confidence": 61.5}
            session.execute(update(Page).where(Page.document_id == scanned).values(**by_ocr))
    return typed, scanned


def waiting(app: Flask) -> list[int]:
    with app.app_context():
        session = app.extensions["patuh_sessions"]()
        session.expire_all()
        return [
            row for row in work.open_documents(session) if session.get_one(Document, row).reading_state == "menunggu"
        ]


@pytest.fixture
def settled(app: Flask, held: tuple[int, int]) -> tuple[int, int]:
    """The same, with no work open."""
    with app.app_context():
        session = app.extensions["patuh_sessions"]()
        with transaction(session):
            for task in work.take(session, "uji", 9):
                work.finish(session, task)
            session.execute(update(Document).where(Document.id == held[0]).values(reading_state="terbaca"))
            session.execute(update(Document).where(Document.id == held[1]).values(reading_state="sebagian"))
    return held


@pytest.mark.service("tesseract")
@pytest.mark.parametrize(
    ("conditions", "which"),
    [
        (["sumber=ocr"], [1]),
        (["source=asli"], [0]),
        (["sumber != asli"], [1]),
        (["keyakinan<70"], [1]),
        (["confidence<61,5"], []),
        (["keyakinan>=61,5"], [1]),
        (["lapisan=tidak ada"], [1]),
        (["layer=baik"], [0]),
        ([f"pembaca={OCR}"], [1]),
        ([f"extractor!={OCR}"], [0]),
        (["pembaca=terkini"], [0]),
        (["extractor!=current"], [1]),
        (["jenis=peraturan bupati"], [0]),
        (["jenis!=Perbup"], [1]),
        (["wilayah=62"], [0]),
        (["wilayah=62.06"], [0]),
        (["wilayah!=62"], [1]),
        (["wilayah=52"], []),
        (["keadaan=sebagian"], [1]),
        (["dokumen=1"], [0]),
        (["sumber=ocr", "jenis=Perbup"], []),
        (["sumber=ocr", "keyakinan<70", "keadaan=sebagian"], [1]),
        (["sumber=asli", "keyakinan<70"], []),
    ],
)
def test_what_all_conditions_hold_for_waits_to_be_read_again(
    app: Flask, run: Run, settled: tuple[int, int], conditions: list[str], which: list[int]
) -> None:
    result = run(*conditions)
    assert result.exit_code == 0, result.stderr
    report = json.loads(result.stdout)
    assert (report["documents"], report["queued"]) == (len(which), len(which))
    assert (report["pages"] > 0) is bool(which)
    assert waiting(app) == [settled[at] for at in which]


def test_a_dry_run_counts_and_changes_nothing(app: Flask, run: Run, settled: tuple[int, int]) -> None:
    report = json.loads(run("sumber=ocr", options=("--dry-run", "--json")).stdout)
    assert (report["documents"], report["queued"], report["already_waiting"]) == (1, 0, 0)
    assert "akan dibaca ulang; belum ada yang diubah." in run("sumber=ocr", options=("--dry-run",)).stdout
    assert waiting(app) == []


@pytest.mark.service("tesseract")
def test_what_waits_already_is_said_and_left_alone(app: Flask, run: Run, settled: tuple[int, int]) -> None:
    run("sumber=ocr")
    result = run("sumber=ocr", options=())
    assert result.stdout.startswith("0 dokumen (0 halaman memenuhi syarat) menunggu dibaca ulang. 1 dokumen lain")


@pytest.mark.parametrize(
    ("condition", "sentence"),
    [
        ("warna=merah", "Syarat “warna=merah” tidak dikenal."),
        ("sumber", "tidak dikenal"),
        ("", "tidak dikenal"),
        ("sumber=kertas", "pilih salah satu dari asli, ocr, belum."),
        ("lapisan=bagus", "pilih salah satu dari baik, ragu, buruk, tidak ada, belum dinilai."),
        ("keadaan=menunggu", "pilih salah satu dari terbaca, sebagian, gagal."),
        ("keyakinan<rendah", "angka 0 sampai 100"),
        ("sumber<ocr", "hanya = dan !="),
        ("jenis=perbub", "jenis itu tidak dikenal"),
        ("wilayah=99", "99 tidak ada"),
        ("dokumen=x", "nomor dokumennya"),
        ("pembaca=tesseract-99/1", "Tidak ada halaman yang dibaca dengan “tesseract-99/1”. Yang ada:"),
    ],
)
def test_a_condition_that_is_not_understood_is_refused_and_nothing_is_done(
    app: Flask, run: Run, settled: tuple[int, int], condition: str, sentence: str
) -> None:
    result = run("sumber=ocr", condition)
    assert (result.exit_code, result.stdout) == (1, "")
    assert sentence in result.stderr
    assert waiting(app) == []


def test_without_a_condition_or_with_the_lists_options_nothing_is_done(app: Flask, run: Run) -> None:
    assert run().exit_code == 2
    line = ["documents", "--jenis", "Perbup", "reread", "--where", "sumber=ocr"]
    result = app.test_cli_runner().invoke(args=line)
    assert (result.exit_code, "subcommand" in result.stderr) == (2, True)


def test_where_ocr_is_missing_pages_read_by_it_are_not_thrown_away(
    app: Flask, run: Run, settled: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rereading, "ocr_available", lambda: False)
    result = run("sumber=ocr")
    assert (result.exit_code, "akan hilang" in result.stderr) == (1, True)
    assert waiting(app) == []


def test_the_list_is_as_before(app: Flask, settled: tuple[int, int]) -> None:
    listed = json.loads(app.test_cli_runner().invoke(args=["documents", "--json"]).stdout)
    assert [row["id"] for row in listed] == [settled[1], settled[0]]
