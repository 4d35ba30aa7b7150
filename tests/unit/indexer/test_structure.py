from __future__ import annotations

from indexer.structure import Part, parts_of, pasal_at, pasal_count
from tests.unit.indexer.layouts import pages

BODY = """PERATURAN DAERAH KABUPATEN KATINGAN
NOMOR 4 TAHUN 2020
TENTANG
KETENAGAKERJAAN
Menimbang : a. bahwa pekerja dilindungi sebagaimana dimaksud dalam
Pasal 5
ayat (2) Undang-Undang;
Mengingat : 1. Undang-Undang Nomor 13 Tahun 2003;
MEMUTUSKAN:
Menetapkan : PERATURAN DAERAH TENTANG KETENAGAKERJAAN.
BAB I
KETENTUAN UMUM
Pasal 1
Dalam Peraturan Daerah ini yang dimaksud dengan pekerja adalah orang.
BAB II
PERLINDUNGAN
Bagian Kesatu
Umum
Pasal 2
(1) Pekerja dilindungi sesuai Pasal 3 dan
Pasal 4.
Pasal 3 . . ."""
SECOND = """- 2 -
lanjutan ayat dari halaman sebelumnya.
P a s a l 3
Setiap pemberi kerja mendaftarkan pekerjanya.
Paragraf 1
Sanksi
Pasal 1 8
Sanksi dikenakan.
Pasal22
Peraturan Daerah ini mulai berlaku pada tanggal diundangkan.
Agar setiap orang mengetahuinya, memerintahkan pengundangan.
Ditetapkan di Kasongan
pada tanggal 4 Mei 2020
BUPATI KATINGAN,"""
THIRD = """PENJELASAN
ATAS
PERATURAN DAERAH KABUPATEN KATINGAN
NOMOR 4 TAHUN 2020
I. UMUM
Pekerja adalah manusia.
II. PASAL DEMI PASAL
Pasal 1
Cukup jelas.
Pasal 2
Ayat (1)
Cukup jelas."""
FOURTH = """LAMPIRAN I
PERATURAN DAERAH KABUPATEN KATINGAN
DAFTAR JABATAN
Pasal 1
Perjanjian kerja."""


def of_kind(parts: list[Part], kind: str) -> list[str]:
    return [part.number for part in parts if part.kind == kind]


def labels(parts: list[Part], index: int | None) -> list[str]:
    chain = []
    while index is not None:
        chain.append(parts[index].label)
        index = parts[index].parent
    return chain


def where(text: str, words: str) -> int:
    return text.index(words)


def test_headings_alone_on_their_line_are_parts_and_references_in_sentences_are_not() -> None:
    parts = parts_of(pages(BODY, SECOND))
    assert of_kind(parts, "pasal") == ["1", "2", "3", "18", "22"]
    assert of_kind(parts, "bab") == ["I", "II"]
    assert next(part.heading for part in parts if part.kind == "bab") == "KETENTUAN UMUM"
    assert next(part.heading for part in parts if part.kind == "bagian") == "Umum"


def test_a_pasal_lies_in_its_bagian_and_bab() -> None:
    parts = parts_of(pages(BODY, SECOND))
    two = next(i for i, part in enumerate(parts) if part.kind == "pasal" and part.number == "2")
    assert labels(parts, two) == ["Pasal 2", "Bagian Kesatu", "BAB II"]


def test_a_part_runs_to_the_next_one_over_the_page_break() -> None:
    parts = parts_of(pages(BODY, SECOND))
    two = next(part for part in parts if part.kind == "pasal" and part.number == "2")
    assert (two.page, BODY[two.start : two.start + 7]) == (1, "Pasal 2")
    assert (two.end_page, SECOND[two.end : two.end + 11]) == (2, "P a s a l 3")


def test_the_pasal_in_force_is_known_in_the_middle_of_a_page_and_at_its_top() -> None:
    parts = parts_of(pages(BODY, SECOND, THIRD, FOURTH))
    assert pasal_at(parts, 1, where(BODY, "Dalam Peraturan")) == "Pasal 1"
    assert pasal_at(parts, 2, 0) == "Pasal 2"
    assert pasal_at(parts, 2, where(SECOND, "Sanksi dikenakan")) == "Pasal 18"
    assert pasal_at(parts, 1, where(BODY, "bahwa pekerja")) == "Menimbang"
    assert pasal_at(parts, 1, 0) is None
    assert pasal_at(parts, 2, where(SECOND, "4 Mei 2020")) is None


def test_the_penjelasan_and_annexes_keep_their_pasal_to_themselves() -> None:
    parts = parts_of(pages(BODY, SECOND, THIRD, FOURTH))
    assert pasal_count(parts) == 5
    assert pasal_at(parts, 3, where(THIRD, "Cukup jelas")) == "Penjelasan Pasal 1"
    assert pasal_at(parts, 3, where(THIRD, "Pekerja adalah")) == "Penjelasan"
    assert pasal_at(parts, 4, where(FOURTH, "Perjanjian")) == "Lampiran I"


def test_a_penjelasan_without_its_heading_begins_at_pasal_demi_pasal() -> None:
    parts = parts_of(pages(BODY, SECOND, "II. PASAL DEMI PASAL\nPasal 1\nCukup jelas.\nPasal 2\nCukup jelas."))
    assert pasal_count(parts) == 5


def test_a_page_scanned_twice_is_counted_once() -> None:
    assert pasal_count(parts_of(pages(BODY, SECOND, SECOND))) == 5


def test_an_amendment_keeps_the_articles_it_quotes_inside_its_roman_pasal() -> None:
    text = """PERUBAHAN ATAS PERATURAN BUPATI
MEMUTUSKAN:
Pasal I
Beberapa ketentuan diubah sebagai berikut:
1. Ketentuan Pasal 4 diubah sehingga berbunyi sebagai berikut:
Pasal 4
Pekerja didaftarkan.
2. Di antara Pasal 4 dan Pasal 5 disisipkan 1 (satu) pasal, yakni Pasal 4A sehingga berbunyi:
Pasal 4A
Iuran dibayar setiap bulan.
Pasal II
Peraturan ini mulai berlaku pada tanggal diundangkan."""
    parts = parts_of(pages(text))
    assert of_kind(parts, "pasal") == ["I", "4", "4A", "II"]
    quoted = next(i for i, part in enumerate(parts) if part.number == "4A")
    assert labels(parts, quoted) == ["Pasal 4A", "Angka 2", "Pasal I"]
    assert pasal_count(parts) == 4
    assert pasal_at(parts, 1, where(text, "Iuran dibayar")) == "Pasal 4A"
    assert pasal_at(parts, 1, where(text, "Di antara")) == "Pasal I angka 2"
    assert pasal_at(parts, 1, where(text, "mulai berlaku")) == "Pasal II"


def test_a_decision_has_diktum_instead_of_pasal() -> None:
    text = """KEPUTUSAN BUPATI KATINGAN
MEMUTUSKAN:
Menetapkan :
KESATU : Membentuk tim kepatuhan.
KEDUA : Tim bertugas:
a. mendata pekerja;
KESEPULUH : Keputusan ini mulai berlaku pada tanggal ditetapkan.
Ditetapkan di Kasongan"""
    parts = parts_of(pages(text))
    assert of_kind(parts, "diktum") == ["KESATU", "KEDUA", "KESEPULUH"]
    assert pasal_at(parts, 1, where(text, "mendata")) == "Diktum KEDUA"


def test_an_instruction_has_diktum_after_its_sentence_of_instruction() -> None:
    text = """INSTRUKSI BUPATI KATINGAN
NOMOR 2 TAHUN 2023
Dalam rangka perlindungan pekerja, dengan ini menginstruksikan:
Kepada : 1. Para camat; dan
Untuk :
KESATU : Mendata seluruh pegawai non-ASN.
KEDUA : Mendaftarkan pegawai itu."""
    parts = parts_of(pages(text))
    assert of_kind(parts, "diktum") == ["KESATU", "KEDUA"]
    assert pasal_at(parts, 1, where(text, "Mendata")) == "Diktum KESATU"


def test_a_running_head_of_an_annex_opens_it_once() -> None:
    parts = parts_of(pages(BODY, SECOND, FOURTH, "LAMPIRAN I\nlanjutan daftar", "LAMPIRAN II\nFORMULIR"))
    assert of_kind(parts, "lampiran") == ["I", "II"]
    assert pasal_at(parts, 4, 12) == "Lampiran I"


def test_letters_misread_as_digits_are_put_right() -> None:
    text = "MEMUTUSKAN:\nPasal l\nIsi.\nPasal 1O\nIsi.\nPasal 1 I\nIsi.\nPasal 44E}\nIsi."
    assert of_kind(parts_of(pages(text)), "pasal") == ["1", "10", "11", "44E"]


def test_a_single_unnumbered_pasal_is_one() -> None:
    assert pasal_count(parts_of(pages("MEMUTUSKAN:\nSatu-satunya pasal.\nPresiden berkuasa."))) == 1


def test_no_text_has_no_parts() -> None:
    assert parts_of([]) == []
    assert parts_of(pages("", "")) == []
    assert pasal_at([], 1, 0) is None
