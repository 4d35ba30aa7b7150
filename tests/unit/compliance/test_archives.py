"""ZIPs: each PDF inside is offered on its own; what a ZIP claims about itself is never believed."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest

from compliance.errors import Unreadable
from compliance.services.archives import Limits, offered_files
from tests.pdfs import digital_pdf


@pytest.fixture
def pdf(tmp_path: Path) -> bytes:
    return digital_pdf(tmp_path / "satu.pdf").read_bytes()


def zipped(entries: dict[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", packing) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return packed.getvalue()


def outcomes(data: bytes, store: Path, limits: Limits | None = None) -> dict[str, str]:
    """For each place "" where the bytes were kept, else the code of the refusal."""
    told = {}
    for offered in offered_files(io.BytesIO(data), "kiriman.zip", limits):
        try:
            offered.keep(store)
            told[offered.place] = ""
        except Unreadable as error:
            told[offered.place] = error.code
    return told


def kept(store: Path) -> list[Path]:
    return sorted(path for path in store.rglob("*") if path.is_file())


def test_each_pdf_is_offered_on_its_own_and_the_rest_is_named_as_left_out(tmp_path: Path, pdf: bytes) -> None:
    data = zipped(
        {"a.pdf": pdf, "dalam/b.PDF": pdf + b"\n", "dalam/": b"", "catatan.docx": b"PKbukan", "tanpa ekor": pdf}
    )
    assert outcomes(data, tmp_path / "s") == {
        "kiriman.zip/a.pdf": "",
        "kiriman.zip/b.PDF": "",
        "kiriman.zip/catatan.docx": "dilewati",
        "kiriman.zip/tanpa ekor": "",
    }
    assert len(kept(tmp_path / "s")) == 2


def test_the_bytes_kept_are_those_that_were_packed(tmp_path: Path, pdf: bytes) -> None:
    for packing in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        outcomes(zipped({"a.pdf": pdf}, packing), tmp_path / "s")
    (path,) = kept(tmp_path / "s")
    assert path.read_bytes() == pdf


def test_names_that_climb_or_begin_at_the_root_write_nothing_outside(tmp_path: Path, pdf: bytes) -> None:
    data = zipped({"../../keluar.pdf": pdf, "/etc/akar.pdf": pdf + b"1", "C:\\Windows\\d.pdf": pdf + b"2"})
    told = outcomes(data, tmp_path / "a" / "b" / "s")
    assert told == {"kiriman.zip/keluar.pdf": "", "kiriman.zip/akar.pdf": "", "kiriman.zip/d.pdf": ""}
    assert [path for path in kept(tmp_path) if path.name != "satu.pdf" and "/s/" not in str(path)] == []


def test_names_are_read_as_their_author_wrote_them(tmp_path: Path, pdf: bytes) -> None:
    unmarked = zipped({"p\u00e9raturan.pdf": pdf}).replace(b"\x00\x08", b"\x00\x00")
    assert list(outcomes(unmarked, tmp_path / "s")) == ["kiriman.zip/pératuran.pdf"]
    assert list(outcomes(zipped({"p\u00e9.pdf": pdf}), tmp_path / "s")) == ["kiriman.zip/pé.pdf"]
    old = zipped({"pXraturan.pdf": pdf}).replace(b"pXraturan", b"p\x82raturan")
    assert list(outcomes(old, tmp_path / "s")) == ["kiriman.zip/pératuran.pdf"]


def test_what_a_mac_adds_beside_every_file_is_left_out_in_silence(tmp_path: Path, pdf: bytes) -> None:
    data = zipped({"a.pdf": pdf, "__MACOSX/._a.pdf": b"x", ".DS_Store": b"x"})
    assert outcomes(data, tmp_path / "s") == {"kiriman.zip/a.pdf": ""}


def test_a_zip_within_a_zip_is_named_and_not_opened(tmp_path: Path, pdf: bytes) -> None:
    data = zipped({"a.pdf": pdf, "dalam.zip": zipped({"b.pdf": pdf})})
    assert outcomes(data, tmp_path / "s") == {"kiriman.zip/a.pdf": "", "kiriman.zip/dalam.zip": "zip_bersarang"}


def test_a_locked_entry_is_told_and_the_others_are_taken(tmp_path: Path, pdf: bytes) -> None:
    data = bytearray(zipped({"a.pdf": pdf, "b.pdf": pdf + b"2"}))
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(sign) + at] |= 1
    assert outcomes(bytes(data), tmp_path / "s") == {"kiriman.zip/a.pdf": "terkunci", "kiriman.zip/b.pdf": ""}


def test_a_broken_entry_is_told_and_the_others_are_taken(tmp_path: Path, pdf: bytes) -> None:
    data = zipped({"a.pdf": pdf, "b.pdf": pdf + b"2"}, zipfile.ZIP_STORED)
    data = data.replace(pdf[200:210], b"#" * 10, 1)
    assert outcomes(data, tmp_path / "s") == {"kiriman.zip/a.pdf": "zip_rusak", "kiriman.zip/b.pdf": ""}
    assert len(kept(tmp_path / "s")) == 1


def test_a_zip_that_was_cut_off_is_told_as_one(tmp_path: Path, pdf: bytes) -> None:
    data = zipped({"a.pdf": pdf})
    for broken in (data[: len(data) // 2], data[:10], b"PK\x03\x04" + b"\xff" * 300):
        assert outcomes(broken, tmp_path / "s") == {"kiriman.zip": "zip_rusak"}


def test_an_empty_zip_is_told(tmp_path: Path) -> None:
    assert outcomes(zipped({}), tmp_path / "s") == {"kiriman.zip": "zip_kosong"}


def test_a_bomb_stops_at_the_limit_and_the_rest_is_told(tmp_path: Path, pdf: bytes) -> None:
    limits = Limits(free_bytes=1 << 20, ratio=20)
    data = zipped({"baik.pdf": pdf, "bom.pdf": b"%PDF-" + bytes(8 << 20), "sesudah.pdf": pdf + b"2"})
    assert outcomes(data, tmp_path / "s", limits) == {
        "kiriman.zip/baik.pdf": "",
        "kiriman.zip/bom.pdf": "zip_mengembang",
        "kiriman.zip/sesudah.pdf": "zip_mengembang",
    }
    assert len(kept(tmp_path / "s")) == 1


def test_one_entry_too_large_is_told_and_the_rest_taken(tmp_path: Path, pdf: bytes) -> None:
    data = zipped({"besar.pdf": b"%PDF-" + bytes(1 << 20), "kecil.pdf": pdf})
    limits = Limits(entry_bytes=100_000)
    assert outcomes(data, tmp_path / "s", limits) == {
        "kiriman.zip/besar.pdf": "terlalu_besar",
        "kiriman.zip/kecil.pdf": "",
    }


def test_a_size_that_lies_is_not_believed(tmp_path: Path, pdf: bytes) -> None:
    data = bytearray(zipped({"a.pdf": b"%PDF-" + bytes(4 << 20)}))
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = struct.pack("<I", 100)
    assert outcomes(bytes(data), tmp_path / "s") == {"kiriman.zip/a.pdf": "zip_rusak"}


def test_too_many_entries_are_told_before_anything_is_taken(tmp_path: Path, pdf: bytes) -> None:
    data = zipped({f"{at}.pdf": pdf + bytes([at]) for at in range(5)})
    assert outcomes(data, tmp_path / "s", Limits(entries=4)) == {"kiriman.zip": "zip_terlalu_banyak"}
    assert outcomes(data, tmp_path / "s", Limits(directory_bytes=100)) == {"kiriman.zip": "zip_terlalu_banyak"}
    assert kept(tmp_path / "s") == []


def test_packings_that_unpack_without_bound_are_refused(tmp_path: Path, pdf: bytes) -> None:
    assert outcomes(zipped({"a.pdf": pdf}, zipfile.ZIP_LZMA), tmp_path / "s") == {"kiriman.zip/a.pdf": "zip_pemampatan"}


def test_a_pdf_is_offered_as_itself(tmp_path: Path, pdf: bytes) -> None:
    assert outcomes(pdf, tmp_path / "s") == {"kiriman.zip": ""}


def test_a_word_file_is_told_apart_from_a_zip(tmp_path: Path) -> None:
    data = zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"})
    assert outcomes(data, tmp_path / "s") == {"kiriman.zip": "bukan_pdf"}
    assert outcomes(zipped({"surat.docx": data}), tmp_path / "s") == {"kiriman.zip/surat.docx": "dilewati"}
