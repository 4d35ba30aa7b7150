"""Against the real scans beside the checkout, where they are: what is printed on a scanned page is found by searching it."""

from __future__ import annotations

import csv
from itertools import takewhile
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from compliance.actor import Actor
from compliance.config import Settings
from indexer.pages import Page
from indexer.pdf import PdfFile
from indexer.reading import page_as_read
from tests.integration.test_search import Desk

MOST_BYTES = 110_000  # the small digital ones stand beside the scans, so that the test takes seconds
BESIDE = 2
PHRASE = 5
BEST = 3
CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"


def pages_of(pdf: Path, scanned: int | None) -> list[Page]:
    """The pages up to some beside the scanned one, only that one read by OCR; all as they are where none is."""
    with PdfFile(pdf) as file:
        last = min(file.page_count, scanned + BESIDE) if scanned else file.page_count
        return [page_as_read(file, number, ocr=number == scanned) for number in range(1, last + 1)]


def phrase_of(truth: str) -> str:
    """The first five words of a line that begins with so many, from the middle of the page on."""
    lines = [line.split() for line in truth.splitlines()]
    begun = [list(takewhile(str.isalpha, words))[:PHRASE] for words in lines[len(lines) // 2 :]]
    return " ".join(next(words for words in begun if len(words) == PHRASE))


@pytest.mark.shared
@pytest.mark.skipif(not CORPUS.exists(), reason="../shared/corpus is not here")
def test_a_phrase_of_a_scanned_page_finds_its_document_and_page(
    session: Session, settings: Settings, actor: Actor
) -> None:
    desk = Desk(session, settings, actor)
    for label in csv.DictReader((CORPUS / "labels.csv").read_text(encoding="utf-8").splitlines(keepends=True)):
        pdf = CORPUS / "pdf" / label["file"]
        if label["kualitas"] == "digital" and pdf.stat().st_size <= MOST_BYTES:
            desk.hold(tuple(page.text for page in pages_of(pdf, None)), nomor=label["file"], judul="")
    expected = []
    for truth in sorted((CORPUS / "ocr_truth").glob("*__p*.txt")):
        stem, _, number = truth.stem.rpartition("__p")
        texts = tuple(page.text for page in pages_of(CORPUS / "pdf" / f"{stem}.pdf", int(number)))
        held = desk.hold(texts, nomor=stem, judul="")
        expected.append((phrase_of(truth.read_text(encoding="utf-8")), held.id, int(number)))
    desk.index()
    found = [is_found(desk, phrase, document, page) for phrase, document, page in expected]
    assert len(found) == 8
    assert sum(found) >= 7


def is_found(desk: Desk, phrase: str, document: int, page: int) -> bool:
    hits = desk.ask(phrase).hits[:BEST]
    pages = next((hit.pages for hit in hits if hit.document and hit.document.id == document), ())
    return page in {shown.number for shown in pages[:BEST]}
