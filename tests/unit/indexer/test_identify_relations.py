from __future__ import annotations

from indexer.identify import is_sample
from indexer.relations import Relation, citations, relations
from tests.unit.indexer.layouts import pages

FIRST = """BUPATI KATINGAN
PERATURAN BUPATI KATINGAN
NOMOR 9 TAHUN 2021
TENTANG
{title}
DENGAN RAHMAT TUHAN YANG MAHA ESA
BUPATI KATINGAN,
Menimbang : a. bahwa untuk melaksanakan ketentuan Pasal 5 Peraturan Daerah Kabupaten
Katingan Nomor 3 Tahun 2018 tentang Ketenagakerjaan, perlu menetapkan Peraturan Bupati;
Mengingat : 1. Undang-Undang Nomor 5 Tahun 2002 tentang Pembentukan Kabupaten Katingan
(Lembaran Negara Republik Indonesia Tahun 2002 Nomor 18);
2. Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah sebagaimana telah
diubah dengan Undang-Undang Nomor 9 Tahun 2015;
3. Peraturan Menteri Keuangan Nomor 148/PMK.02/2021 tentang Dana Awal;
MEMUTUSKAN:
Menetapkan : PERATURAN BUPATI INI.
Pasal 1
Pekerja rentan dilindungi.
"""
SECOND = """- 2 -
Pasal 2
Pada saat Peraturan Bupati ini mulai berlaku, Peraturan Bupati Katingan Nomor 6
Tahun 2019 tentang Pekerja (Berita Daerah Kabupaten Katingan Tahun 2019 Nomor 6), dicabut dan
dinyatakan tidak berlaku.
Pasal 3
Semua peraturan pelaksanaan dari Peraturan Bupati Katingan Nomor 1 Tahun 2010 dinyatakan
masih tetap berlaku sepanjang tidak bertentangan.
Pasal 4
Ketentuan Pasal 7 Peraturan Bupati Katingan Nomor 2 Tahun 2012 tentang Upah dicabut.
"""


def rows(title: str = "PEKERJA RENTAN") -> list[Relation]:
    return relations(pages(FIRST.format(title=title), SECOND))


def told(kind: str, found: list[Relation]) -> list[tuple[str, str, int | None, int]]:
    return [(row.jenis, row.nomor, row.tahun, row.page) for row in found if row.kind == kind]


def test_the_closing_articles_say_what_is_repealed_and_on_which_page() -> None:
    found = rows()
    assert told("mencabut", found) == [("Perbup", "6", 2019, 2)]
    assert told("mencabut_sebagian", found) == [("Perbup", "2", 2012, 2)]
    repealed = next(row for row in found if row.kind == "mencabut")
    assert repealed.words == "Peraturan Bupati Katingan Nomor 6 Tahun 2019"
    assert repealed.wilayah == "Bupati Katingan"


def test_what_stays_in_force_is_not_taken_for_repealed() -> None:
    assert not [row for row in rows() if row.nomor == "1"]


def test_mengingat_gives_the_legal_basis_without_the_laws_that_only_amend_it() -> None:
    expected = [("UU", "5", 2002, 1), ("UU", "23", 2014, 1), ("Permen", "148/PMK.02/2021", 2021, 1)]
    assert told("dasar_hukum", rows()) == expected


def test_menimbang_says_what_is_carried_out() -> None:
    assert told("melaksanakan", rows()) == [("Perda", "3", 2018, 1)]


def test_a_title_says_what_is_amended() -> None:
    found = rows("PERUBAHAN KEDUA ATAS PERATURAN BUPATI KATINGAN NOMOR 6 TAHUN 2019 TENTANG\nPEKERJA RENTAN")
    assert told("mengubah", found) == [("Perbup", "6", 2019, 1)]


def test_a_title_says_what_is_repealed() -> None:
    found = rows("PENCABUTAN PERATURAN BUPATI KATINGAN\nNOMOR 4 TAHUN 2011 TENTANG PAJAK")
    assert ("Perbup", "4", 2011, 1) in told("mencabut", found)
    assert told("mengubah", found) == []


def test_a_list_of_repealed_regulations_is_read_to_its_end() -> None:
    last = """Pasal 9
Pada saat Peraturan Daerah ini mulai berlaku:
a. Peraturan Daerah Kabupaten Katingan Nomor 1 Tahun 2001 tentang Pasar;
b. Peraturan Daerah Kabupaten Katingan Nomor 2 Tahun 2002 tentang Terminal;
dicabut dan dinyatakan tidak berlaku.
"""
    found = relations(pages(FIRST.format(title="PASAR"), last))
    assert told("mencabut", found) == [("Perda", "1", 2001, 2), ("Perda", "2", 2002, 2)]


def repealed(*articles: str) -> list[tuple[str, str, str]]:
    """What closing articles say: kind, number, printed region."""
    body = "".join(f"Pasal {number}\n{text}\n" for number, text in enumerate(articles, 9))
    found = relations(pages(FIRST.format(title="PASAR"), body))
    return [(row.kind, row.nomor, row.wilayah or "") for row in found if row.kind.startswith("mencabut")]


def test_a_repeal_of_articles_or_as_far_as_something_is_a_repeal_in_part() -> None:
    for text in (
        "Ketentuan Pasal 5 dan Pasal 7 ayat (2) Peraturan Bupati Nomor 2 Tahun 2012 dicabut.",
        "Lampiran II Peraturan Bupati Nomor 2 Tahun 2012 dicabut dan dinyatakan tidak berlaku.",
        "Peraturan Bupati Nomor 2 Tahun 2012 sepanjang mengatur upah pekerja dicabut dan dinyatakan tidak berlaku.",
        "Peraturan Bupati Nomor 2 Tahun 2012 dinyatakan tidak berlaku lagi terhadap pekerja rentan.",
    ):
        assert repealed(text) == [("mencabut_sebagian", "2", "")], text


def test_what_a_repealed_regulation_was_amended_by_is_described_and_not_repealed() -> None:
    text = (
        "Peraturan Bupati Nomor 1 Tahun 2010 sebagaimana telah diubah dengan Peraturan Bupati Nomor 2 Tahun 2011,\n"
        "Peraturan Bupati Nomor 3 Tahun 2012, dan Peraturan Bupati Nomor 4 Tahun 2013, dicabut."
    )
    assert repealed(text) == [("mencabut", "1", "")]


def test_what_stands_before_maka_is_only_the_occasion() -> None:
    text = (
        "Dengan diaturnya upah dalam Peraturan Bupati Nomor 1 Tahun 2010, maka Peraturan Bupati\n"
        "Nomor 2 Tahun 2005 dinyatakan tidak berlaku."
    )
    assert repealed(text) == [("mencabut", "2", "")]


def test_an_act_may_say_itself_that_it_revokes() -> None:
    assert repealed("Mencabut Peraturan Bupati Nomor 2 Tahun 2012 tentang Upah.") == [("mencabut", "2", "")]
    assert repealed("Bupati berwenang mencabut izin menurut Peraturan Bupati Nomor 2 Tahun 2012.") == []


def test_what_an_amendment_quotes_repeals_nothing_itself() -> None:
    body = """Pasal I
Ketentuan Pasal 9 diubah sehingga berbunyi sebagai berikut:
Pasal 9
Peraturan Bupati Katingan Nomor 1 Tahun 2001 dicabut dan dinyatakan tidak berlaku.
Pasal II
Peraturan Bupati Katingan Nomor 2 Tahun 2002 dicabut dan dinyatakan tidak berlaku.
"""
    title = "PERUBAHAN ATAS PERATURAN BUPATI KATINGAN NOMOR 6 TAHUN 2019"
    text = FIRST.format(title=title).replace("Pasal 1\nPekerja rentan dilindungi.\n", "")
    assert told("mencabut", relations(pages(text, body))) == [("Perbup", "2", 2002, 2)]


def test_an_annex_and_the_penjelasan_repeal_nothing() -> None:
    for part in ("LAMPIRAN", "PENJELASAN\nATAS"):
        text = f"{part}\nPERATURAN BUPATI KATINGAN\nNOMOR 9 TAHUN 2021\nPasal 1\nPeraturan Bupati Katingan Nomor 8 Tahun 2001 dicabut.\n"
        found = relations(pages(FIRST.format(title="PASAR"), SECOND, text))
        assert told("mencabut", found) == [("Perbup", "6", 2019, 2)], part


def test_the_gazette_is_no_regulation() -> None:
    assert not [row for row in rows() if row.nomor == "18"]


def test_every_relation_carries_the_sentence_that_says_it() -> None:
    found = {(row.kind, row.nomor): row.sentence for row in rows()}
    assert found["mencabut_sebagian", "2"].startswith("Ketentuan Pasal 7 Peraturan Bupati")
    assert "bahwa untuk melaksanakan ketentuan Pasal 5" in found["melaksanakan", "3"]
    assert found["dasar_hukum", "23"].startswith("2. Undang-Undang Nomor 23 Tahun 2014")


def test_of_a_long_sentence_the_beginning_the_name_and_the_end_are_quoted() -> None:
    items = "".join(
        f"{n}. Peraturan Bupati Katingan Nomor {n} Tahun 2001 tentang Pasar dan Terminal Kota;\n" for n in range(1, 31)
    )
    text = f"Pasal 9\nPada saat Peraturan Bupati ini mulai berlaku:\n{items}dicabut dan dinyatakan tidak berlaku.\n"
    found = [row for row in relations(pages(FIRST.format(title="PASAR"), text)) if row.kind == "mencabut"]
    assert len(found) == 30
    quoted = found[14].sentence
    assert quoted.startswith("Pada saat")
    assert "Nomor 15 Tahun 2001" in quoted
    assert quoted.endswith("tidak berlaku.")
    assert len(quoted) < 600


def test_citations_are_all_regulations_the_text_names() -> None:
    named = [(c.jenis, c.nomor, c.tahun) for c in citations(pages(FIRST.format(title="UPAH")))]
    assert ("UU", "9", 2015) in named
    assert ("Permen", "148/PMK.02/2021", 2021) in named


def test_a_text_that_names_nothing_has_no_relations() -> None:
    assert relations(pages("DOKUMEN PELAKSANAAN ANGGARAN")) == []
    assert relations([]) == []


def test_our_own_samples_are_known_by_their_keyword_or_by_the_line_on_every_page() -> None:
    marked = pages("CONTOH — BUKAN PERATURAN\nPERATURAN BUPATI", "isi\nCONTOH — BUKAN PERATURAN")
    assert is_sample(marked, {})
    assert is_sample(pages("isi"), {"Keywords": "peraturan, PATUH-CONTOH"})
    assert not is_sample(pages("CONTOH — BUKAN PERATURAN", "isi"), {})
    assert not is_sample(pages("isi"), {"Title": "PATUH-CONTOH"})
    assert not is_sample([], {})
