"""The sample papers of documents/contoh: marked on every page, small, and made again byte for byte from their texts."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from compliance.config import ROOT
from indexer.identify import is_sample
from indexer.pdf import PdfFile
from indexer.sandbox import read_file

FOLDER = ROOT / "documents" / "contoh"
FILES = sorted(FOLDER.glob("*.pdf"))
SCAN = FOLDER / "instruksi-bupati-pindaian.pdf"


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_samples", FOLDER / "make_samples.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_there_are_five_papers_one_of_them_a_scan_and_all_small() -> None:
    assert len(FILES) == 5
    assert SCAN in FILES
    assert all(path.stat().st_size < 300_000 for path in FILES)


@pytest.mark.parametrize("path", [path for path in FILES if path != SCAN], ids=lambda path: path.stem)
def test_every_page_says_that_it_is_an_example_and_no_regulation(path: Path, maker: ModuleType) -> None:
    read = read_file(path, ocr=False)
    assert all(maker.NOTICE in page.text for page in read.pages)
    assert is_sample(read.pages, read.metadata)


def test_the_scan_has_no_text_and_is_known_as_a_sample_by_its_keyword() -> None:
    read = read_file(SCAN, ocr=False)
    assert [page.text for page in read.pages] == ["", ""]
    assert is_sample(read.pages, read.metadata)


@pytest.mark.parametrize("path", [path for path in FILES if path != SCAN], ids=lambda path: path.stem)
def test_the_tracked_file_is_what_its_text_makes(path: Path, maker: ModuleType) -> None:
    text = (FOLDER / "naskah" / f"{path.stem}.txt").read_text(encoding="utf-8")
    assert maker.sample(text) == path.read_bytes()


def test_the_scan_is_made_the_same_twice(maker: ModuleType, tmp_path: Path) -> None:
    text = (FOLDER / "naskah" / "instruksi-bupati.txt").read_text(encoding="utf-8")
    once, again = (maker.scan(maker.sample(text), maker.title(text)) for _ in range(2))
    assert once == again
    (tmp_path / "pindaian.pdf").write_bytes(once)
    with PdfFile(tmp_path / "pindaian.pdf") as made:
        assert made.page_count == 2
