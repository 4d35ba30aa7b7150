"""Files from strangers are read in a child process: refused by name and reason, or read as far as they go."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from indexer import sandbox
from indexer.errors import UnreadableFile
from indexer.sandbox import Limits, page_image, read_file, save_unlocked
from tests import pdfs

needs_tesseract = pytest.mark.service("tesseract")


def refusal(path: Path, limits: Limits | None = None) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as refused:
        read_file(path, limits)
    return refused.value


def test_a_digital_file_comes_back_whole(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    file = read_file(
        pdfs.digital_pdf(tmp_path / "a.pdf", [pdfs.REGULATION, ["Pasal 3"]]), on_page=lambda *at: seen.append(at)
    )
    assert [page.number for page in file.pages] == [1, 2]
    assert file.pages[0].text == "\n".join(pdfs.REGULATION)
    assert all(
        page.text[word.start : word.start + len(word.text)] == word.text for page in file.pages for word in page.words
    )
    assert file.metadata["Title"] == "Contoh peraturan"
    assert not file.encrypted
    assert seen == [(1, 2), (2, 2)]


@needs_tesseract
def test_a_scan_is_read_by_ocr_in_the_child(tmp_path: Path) -> None:
    (page,) = read_file(pdfs.scanned_pdf(tmp_path / "a.pdf")).pages
    assert (page.source, page.text.split("\n")[0]) == ("ocr", "BUPATI CONTOH")


@needs_tesseract
def test_an_upside_down_scan_is_read(tmp_path: Path) -> None:
    (page,) = read_file(pdfs.scanned_pdf(tmp_path / "a.pdf", upside_down=True)).pages
    assert page.text.startswith("BUPATI CONTOH")


def test_ocr_can_be_left_for_later(tmp_path: Path) -> None:
    (page,) = read_file(pdfs.scanned_pdf(tmp_path / "a.pdf"), ocr=False).pages
    assert page.source == "belum"


def test_a_file_encrypted_with_an_empty_password_is_read_and_says_so(tmp_path: Path) -> None:
    file = read_file(pdfs.locked_pdf(tmp_path / "a.pdf", ""))
    assert file.encrypted
    assert file.pages[0].text.startswith("BUPATI CONTOH")


def test_a_password_opens_a_locked_file(tmp_path: Path) -> None:
    path = pdfs.locked_pdf(tmp_path / "a.pdf", "rahasia")
    assert refusal(path).code == "terkunci"
    assert read_file(path, password="rahasia").encrypted


def test_an_empty_file_is_reported_by_name_and_reason(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.touch()
    assert refusal(path).code == "kosong"
    assert "0 byte" in refusal(path).reason


def test_a_truncated_pdf_is_reported_by_name_and_reason(tmp_path: Path) -> None:
    refused = refusal(pdfs.truncated_pdf(tmp_path / "a.pdf"))
    assert refused.code == "rusak"
    assert "terpotong" in refused.reason


def test_a_web_page_named_pdf_is_reported_as_what_it_is(tmp_path: Path) -> None:
    refused = refusal(pdfs.web_page_named_pdf(tmp_path / "a.pdf"))
    assert refused.code == "bukan_pdf"
    assert "HTML" in refused.reason


def test_a_file_that_is_no_pdf_is_refused_before_any_child_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox, "Child", None)
    (tmp_path / "a.pdf").write_bytes(b"PK\x03\x04 dokumen")
    assert refusal(tmp_path / "a.pdf").code == "bukan_pdf"


def test_a_file_too_large_is_refused_with_both_sizes(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7" + bytes(3 * 1024**2))
    refused = refusal(path, Limits(max_bytes=1024**2))
    assert refused.code == "terlalu_besar"
    assert "3 MB, paling besar 1 MB" in refused.reason


def test_a_file_of_too_many_pages_is_refused_with_both_counts(tmp_path: Path) -> None:
    refused = refusal(pdfs.digital_pdf(tmp_path / "a.pdf", [["a"]] * 4), Limits(max_pages=3))
    assert refused.code == "terlalu_banyak_halaman"
    assert "4 halaman, paling banyak 3" in refused.reason


def test_a_page_tree_that_contains_itself_is_refused(tmp_path: Path) -> None:
    assert refusal(pdfs.looping_pdf(tmp_path / "a.pdf")).code == "rusak"


def test_a_page_that_bursts_the_memory_is_given_up_and_the_rest_is_read(tmp_path: Path) -> None:
    first, second = read_file(pdfs.bomb_pdf(tmp_path / "a.pdf"), Limits(memory_bytes=256 * 1024**2)).pages
    assert (first.source, first.text) == ("asli", "Pasal 1")
    assert (second.source, second.number) == ("belum", 2)
    assert "memori" in second.reason


def test_a_page_that_takes_too_long_is_given_up_and_the_rest_is_read(tmp_path: Path) -> None:
    first, second = read_file(pdfs.bomb_pdf(tmp_path / "a.pdf"), Limits(page_seconds=0.4)).pages
    assert first.text == "Pasal 1"
    assert (second.source, second.reason) == ("belum", "halaman ini terlalu lama dibaca dan dilewati")


def test_a_file_that_does_not_open_in_time_is_refused(tmp_path: Path) -> None:
    refused = refusal(pdfs.digital_pdf(tmp_path / "a.pdf"), Limits(open_seconds=0))
    assert refused.code == "terlalu_lama"


def test_a_file_for_which_there_is_no_memory_at_all_is_refused(tmp_path: Path) -> None:
    path = pdfs.endless_table_pdf(tmp_path / "a.pdf", entries=400_000)
    assert refusal(path, Limits(memory_bytes=8 * 1024**2)).code == "memori"


def test_after_too_many_lost_pages_the_rest_is_given_up_and_said_so(tmp_path: Path) -> None:
    seen: list[int] = []
    limits = Limits(memory_bytes=256 * 1024**2, failed_pages=0)
    path = pdfs.bomb_pdf(tmp_path / "a.pdf", bombs=3)
    pages = read_file(path, limits, on_page=lambda done, total: seen.append(done)).pages
    assert [page.source for page in pages] == ["asli", "belum", "belum", "belum"]
    assert "memori" in pages[1].reason
    assert [page.reason for page in pages[2:]] == [sandbox.NOT_TRIED] * 2
    assert seen == [1, 2, 3, 4]


def test_scripts_and_attachments_stay_closed(tmp_path: Path) -> None:
    (page,) = read_file(pdfs.script_pdf(tmp_path / "a.pdf")).pages
    assert page.text == "\n".join(pdfs.REGULATION)


def test_two_threads_read_at_once(tmp_path: Path) -> None:
    paths = [pdfs.digital_pdf(tmp_path / f"{at}.pdf", [[f"berkas {at}"]]) for at in range(4)]
    with ThreadPoolExecutor(2) as pool:
        texts = [file.pages[0].text for file in pool.map(read_file, paths)]
    assert texts == ["berkas 0", "berkas 1", "berkas 2", "berkas 3"]
    assert threading.active_count() < 10


def test_a_page_is_drawn_in_a_child(tmp_path: Path) -> None:
    path = pdfs.digital_pdf(tmp_path / "a.pdf")
    assert page_image(path, 1, dpi=40).startswith(b"\x89PNG")
    with pytest.raises(UnreadableFile):
        page_image(path, 9)


@pytest.mark.parametrize("password", ["rahasia", "pemilik"])
def test_a_password_unlocks_a_file_for_good(tmp_path: Path, password: str) -> None:
    target = tmp_path / "terbuka.pdf"
    save_unlocked(pdfs.locked_pdf(tmp_path / "a.pdf", "rahasia"), password, target)
    file = read_file(target)
    assert (file.encrypted, file.pages[0].text) == (False, "\n".join(pdfs.REGULATION))


@pytest.mark.parametrize("password", ["", "salah", "x" * 5000, "sandi\0", "ключ 🔑"])
def test_a_wrong_password_unlocks_nothing(tmp_path: Path, password: str) -> None:
    target = tmp_path / "terbuka.pdf"
    with pytest.raises(UnreadableFile) as refused:
        save_unlocked(pdfs.locked_pdf(tmp_path / "a.pdf", "rahasia"), password, target)
    assert refused.value.code == "sandi_salah"
    assert not target.exists()


def test_what_is_no_file_any_more_is_not_unlocked(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as refused:
        save_unlocked(pdfs.truncated_pdf(tmp_path / "a.pdf"), "rahasia", tmp_path / "terbuka.pdf")
    assert refused.value.code == "rusak"
