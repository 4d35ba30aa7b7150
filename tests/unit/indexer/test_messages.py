"""What a reader sends arrives unchanged: pages, their words, and what was found on them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from indexer import reader_process, sandbox
from indexer.errors import UnreadableFile
from indexer.findings import Findings, findings_of, nothing_found
from indexer.messages import SentPage, as_sent, findings_line, page_lines, sent_findings, sent_page
from indexer.pages import Page, Word
from indexer.sandbox import Limits, Terms, read_and_identify, read_file
from indexer.storable import storable_page
from tests import pdfs
from tests.unit.indexer.layouts import page, pages, perkada, region_names


def sent_over(one: Page) -> SentPage:
    first, second = page_lines(as_sent(one)).splitlines()
    return sent_page(json.loads(first)["row"], second)


def test_a_page_of_a_text_layer_arrives_with_its_words() -> None:
    one = page(perkada("BUPATI", "KATINGAN"))
    assert sent_over(one).page == one
    assert sent_over(one).row == as_sent(one).row


def test_a_page_read_by_ocr_keeps_the_exact_confidence_of_every_word() -> None:
    words = (Word("Pasal", 0, 1.25, 2.5, 3.75, 4.5, 87.96), Word("1", 6, 1, 2, 3, 4, 12.5))
    one = Page(3, 595.3, 841.9, "Pasal 1", words, "ocr", "tanpa lapisan teks", 50.2, "tesseract-5/1", "lama", "buruk")
    assert sent_over(one).page == one


def test_findings_arrive_as_they_were_made() -> None:
    found = findings_of(pages(perkada("BUPATI", "KATINGAN")), {}, region_names(), "a.pdf")
    assert found.identity.ditetapkan.value is not None
    assert found.parts
    assert found.relations
    assert sent_findings(json.loads(findings_line(found))) == found


def test_characters_that_no_database_takes_are_replaced_one_for_one() -> None:
    one = storable_page(replace(page("ab"), text="a\x00\ud800b", other_text="\udfff"))
    assert (one.text, one.other_text) == ("a\ufffd\ufffdb", "\ufffd")


def test_a_file_comes_with_the_identity_and_parts_found_in_the_child(tmp_path: Path) -> None:
    path = pdfs.digital_pdf(tmp_path / "a.pdf", [pdfs.REGULATION, ["Pasal 3"]])
    read, direct = read_and_identify(path, region_names(), "a.pdf"), read_file(path)
    assert [sent.page for sent in read.pages] == list(direct.pages)
    found = findings_of(direct.pages, direct.metadata, region_names(), "a.pdf")
    assert (read.findings.parts, read.findings.relations) == (found.parts, found.relations)
    assert (read.findings.identity.nomor.value, read.findings.identity.tahun.value) == ("7", 2021)
    assert read.findings.identity.doubtful == found.identity.doubtful
    assert "rentan" in read.pages[0].row["terms"].split()


def test_after_a_lost_page_the_identity_is_that_of_all_pages(tmp_path: Path) -> None:
    limits = Limits(memory_bytes=256 * 1024**2)
    read = read_and_identify(pdfs.bomb_pdf(tmp_path / "a.pdf"), region_names(), "a.pdf", Terms(limits=limits))
    assert [sent.row["source"] for sent in read.pages] == ["asli", "belum"]
    assert [part.kind for part in read.findings.parts] == ["pasal"]


def test_where_the_search_for_identity_dies_the_pages_are_kept_and_every_field_says_why(tmp_path: Path) -> None:
    path = pdfs.digital_pdf(tmp_path / "a.pdf")
    read = read_and_identify(path, region_names(), "a.pdf", Terms(limits=Limits(identify_seconds=0)))
    assert read.pages[0].row["text"].startswith("BUPATI CONTOH")
    assert read.findings.parts == ()
    assert read.findings.identity.nomor.doubtful
    assert "terlalu_lama" in read.findings.identity.nomor.reason


def test_where_the_program_stumbles_over_the_text_every_field_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(*_: object) -> Findings:
        raise ZeroDivisionError

    monkeypatch.setattr(reader_process, "findings_of", stumble)
    found = reader_process._findings([page("Pasal 1")], {}, region_names(), "a.pdf")
    assert found == nothing_found("isi berkas ini tidak dapat dikenali oleh program (ZeroDivisionError)")
    assert "nomor" in found.identity.doubtful


def test_a_reader_that_ends_before_its_last_page_loses_pages_and_not_the_service(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(
        [{"type": "opened", "pages": 2, "encrypted": False, "metadata": {}}, {"type": "end"}, {"type": "end"}]
    )
    monkeypatch.setattr(sandbox.Child, "message", lambda child, deadline: next(answers))
    with pytest.raises(UnreadableFile) as refused:
        read_file(pdfs.digital_pdf(tmp_path / "a.pdf"))
    assert refused.value.code == "gagal_dibaca"
