"""Ayat, huruf and angka: found by their order, over page breaks and misread markers, never invented."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.pages import Page
from indexer.structure import Part, parts_of, place_at
from tests.unit.indexer.layouts import pages


def places(*texts: str) -> list[str]:
    """How every part of these pages is cited."""
    parts = parts_of(pages(*texts))
    return [place_at(parts, part.page, part.start) or "" for part in parts]


def test_ayat_huruf_and_angka_lie_in_each_other() -> None:
    text = """MEMUTUSKAN:
Pasal 7
(1) Iuran dibayar oleh:
a. pemberi kerja:
1. badan usaha; dan
2. perseorangan; dan
b. peserta.
(2) Iuran sebagaimana dimaksud pada ayat
(1) huruf a dibayar setiap bulan.
Pasal 8
Peraturan ini mulai berlaku."""
    assert places(text)[1:] == [
        "Pasal 7",
        "Pasal 7 ayat (1)",
        "Pasal 7 ayat (1) huruf a",
        "Pasal 7 ayat (1) huruf a angka 1",
        "Pasal 7 ayat (1) huruf a angka 2",
        "Pasal 7 ayat (1) huruf b",
        "Pasal 7 ayat (2)",
        "Pasal 8",
    ]


def test_a_list_runs_over_the_page_break_and_a_catchword_is_no_item() -> None:
    first = "MEMUTUSKAN:\nPasal 1\nYang dimaksud dengan:\n1. Daerah adalah Kabupaten.\n2. Bupati . . ."
    second = "- 2 -\n2. Bupati adalah Bupati.\n3. Pekerja adalah orang."
    parts = parts_of(pages(first, second))
    assert places(first, second)[2:] == ["Pasal 1 angka 1", "Pasal 1 angka 2", "Pasal 1 angka 3"]
    one = next(part for part in parts if part.kind == "angka")
    assert (one.end_page, second[one.end : one.end + 2]) == (2, "2.")


@pytest.mark.parametrize("marker", ["(l)", "(1 )", "( 1)", "{1)", "(I)", "(1]"])
def test_a_misread_marker_is_told_by_its_order(marker: str) -> None:
    text = f"MEMUTUSKAN:\nPasal 3\n{marker} Iuran dibayar.\n(21 Iuran disetor.\n(3) Denda dikenakan."
    assert places(text)[2:] == ["Pasal 3 ayat (1)", "Pasal 3 ayat (2)", "Pasal 3 ayat (3)"]


def test_a_lost_marker_leaves_a_gap_and_no_wrong_ayat() -> None:
    text = "MEMUTUSKAN:\nPasal 3\n(1) Satu.\nDua, yang tandanya hilang.\n(3) Tiga.\n(4) Empat."
    parts = parts_of(pages(text))
    assert [part.number for part in parts if part.kind == "ayat"] == ["3", "4"]
    assert place_at(parts, 1, text.index("Dua,")) == "Pasal 3"


def test_what_a_misread_marker_begins_belongs_to_no_ayat() -> None:
    text = "MEMUTUSKAN:\nPasal 3\n(1) Satu.\n(8) Dua, salah terbaca.\n(3) Tiga.\n(4) Empat."
    parts = parts_of(pages(text))
    assert [part.number for part in parts if part.kind == "ayat"] == ["1", "3", "4"]
    assert place_at(parts, 1, text.index("Dua,")) == "Pasal 3"
    assert place_at(parts, 1, text.index("Satu")) == "Pasal 3 ayat (1)"


def test_a_list_of_one_and_a_list_without_its_beginning_are_none() -> None:
    assert places("MEMUTUSKAN:\nPasal 3\n(1) Satu saja.")[1:] == ["Pasal 3"]
    assert places("MEMUTUSKAN:\nPasal 3\nIsi.\nb. dua;\nc. tiga.")[1:] == ["Pasal 3"]


def test_letters_after_z_are_doubled() -> None:
    letters = [chr(ord("a") + n) for n in range(26)] + ["aa", "bb"]
    text = "MEMUTUSKAN:\nPasal 3\nMeliputi:\n" + "\n".join(f"{letter}. isi;" for letter in letters)
    assert places(text)[-2:] == ["Pasal 3 huruf aa", "Pasal 3 huruf bb"]


def test_an_inserted_ayat_keeps_its_letter() -> None:
    text = "MEMUTUSKAN:\nPasal 3\n(1) Satu.\n(1a) Sisipan.\n(1b) Sisipan lagi.\n(2) Dua."
    assert places(text)[2:] == [f"Pasal 3 ayat ({number})" for number in ("1", "1a", "1b", "2")]


def test_the_preamble_and_a_diktum_have_points_that_begin_on_their_heading_line() -> None:
    text = """Menimbang : a. bahwa pekerja dilindungi;
b. bahwa perlu ditetapkan;
Mengingat : 1. Undang-Undang Nomor 24 Tahun 2011;
2. Undang-Undang Nomor 23 Tahun 2014;
Memperhatikan : Surat Menteri;
MEMUTUSKAN:
KESATU : Tim bertugas:
a. mendata; dan
b. melapor.
KEDUA : Berlaku."""
    parts = parts_of(pages(text))
    assert place_at(parts, 1, text.index("bahwa pekerja")) == "Menimbang huruf a"
    assert place_at(parts, 1, text.index("Nomor 23")) == "Mengingat angka 2"
    assert place_at(parts, 1, text.index("Surat Menteri")) == "Memperhatikan"
    assert place_at(parts, 1, text.index("melapor")) == "Diktum KESATU huruf b"


def test_the_penjelasan_has_a_general_part_and_names_its_ayat() -> None:
    body = "MEMUTUSKAN:\nPasal 1\n(1) Satu.\n(2) Dua.\nDitetapkan di Kasongan"
    told = "PENJELASAN\nATAS\nI. UMUM\nLatar belakang.\nII. PASAL DEMI PASAL\nPasal 1\nAyat (1)\nCukup jelas.\nAyat (2)\nHuruf a\nIsi."
    parts = parts_of(pages(body, told))
    assert [part.kind for part in parts if part.page == 2][:3] == ["penjelasan", "umum", "pasal demi pasal"]
    assert place_at(parts, 2, told.index("Latar")) == "Penjelasan Umum"
    assert place_at(parts, 2, told.index("Cukup")) == "Penjelasan Pasal 1 ayat (1)"
    assert place_at(parts, 2, told.index("Isi.")) == "Penjelasan Pasal 1 ayat (2) huruf a"


def test_a_penjelasan_of_two_ayat_at_once_is_of_neither() -> None:
    body = "MEMUTUSKAN:\nPasal 1\nIsi.\nDitetapkan di Kasongan"
    told = "PENJELASAN\nATAS\nII. PASAL DEMI PASAL\nPasal 1\nAyat (1)\nSatu.\nAyat (2) dan ayat (3)\nDua tiga.\nAyat (4)\nEmpat."
    parts = parts_of(pages(body, told))
    assert place_at(parts, 2, told.index("Dua tiga")) == "Penjelasan Pasal 1"
    assert place_at(parts, 2, told.index("Empat")) == "Penjelasan Pasal 1 ayat (4)"


def test_the_closing_pasal_of_an_amendment_counts_its_own_points() -> None:
    text = """MEMUTUSKAN:
Pasal I
Beberapa ketentuan diubah sebagai berikut:
1. Ketentuan Pasal 4 diubah sehingga berbunyi sebagai berikut:
Pasal 4
(1) Pekerja didaftarkan.
(2) Iuran dibayar.
Pasal II
1. Pada saat Peraturan ini berlaku, yang lama tetap sah.
2. Peraturan ini mulai berlaku."""
    assert places(text)[1:] == [
        "Pasal I",
        "Pasal I angka 1",
        "Pasal 4",
        "Pasal 4 ayat (1)",
        "Pasal 4 ayat (2)",
        "Pasal II",
        "Pasal II angka 1",
        "Pasal II angka 2",
    ]


LINES = st.sampled_from(
    [
        *("PENJELASAN", "I. UMUM", "II. PASAL DEMI PASAL", "LAMPIRAN I", "MEMUTUSKAN:", "Ditetapkan di Kasongan", ""),
        *("Menimbang : a. bahwa satu;", "Mengingat : 1. Undang-Undang;", "BAB I", "Bagian Kesatu", "Paragraf 1"),
        *("Pasal I", "Pasal II", "Pasal 1", "Pasal 2", "Pasal 4A", "KESATU : Satu.", "KEDUA : Dua."),
        *("(1) Satu.", "(2) Dua.", "(3) Tiga.", "(21 Dua", "a. satu;", "b. dua;", "c. tiga;", "1. satu", "2. dua"),
        *("Ayat (1)", "Ayat (2) dan ayat (3)", "Huruf a", "1. Ketentuan Pasal 4 diubah:", "2. Pasal 5 dihapus.", "isi"),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(LINES, max_size=14), max_size=5))
def test_parts_are_nested_ordered_and_inside_their_pages(texts: list[list[str]]) -> None:
    held = pages(*("\n".join(lines) for lines in texts))
    check_nesting(held, parts_of(held))


def check_nesting(held: list[Page], parts: list[Part]) -> None:
    length = {page.number: len(page.text) for page in held}
    begins = [(part.page, part.start) for part in parts]
    assert begins == sorted(begins)
    for index, part in enumerate(parts):
        assert 0 <= part.start <= length[part.page]
        assert 0 <= part.end <= length[part.end_page]
        assert (part.page, part.start) <= (part.end_page, part.end)
        if part.parent is not None:
            above = parts[part.parent]
            assert part.parent < index
            assert (above.page, above.start) <= (part.page, part.start)
            assert (part.end_page, part.end) <= (above.end_page, above.end)
    for one, other in itertools.combinations(range(len(parts)), 2):
        if parts[one].parent == parts[other].parent:
            assert (parts[one].end_page, parts[one].end) <= (parts[other].page, parts[other].start)
