from __future__ import annotations

import re
from datetime import date

import pytest

from indexer.identify import Identity, identify
from tests.unit.indexer.layouts import page, pages, perkada, region_names, region_rows

OFFICE = {"provinsi": "GUBERNUR", "kabupaten": "BUPATI", "kota": "WALI KOTA"}
PREAMBLE = """DENGAN RAHMAT TUHAN YANG MAHA ESA
{official},
Menimbang : a. bahwa pekerja perlu dilindungi;
MEMUTUSKAN:
Menetapkan : KEPUTUSAN INI.
"""


def read(*texts: str, hint: str = "") -> Identity:
    return identify(pages(*texts), region_names(), hint)


def named(identity: Identity) -> tuple[str | None, str | None, int | None, str | None]:
    return identity.jenis.value, identity.nomor.value, identity.tahun.value, identity.wilayah.value


def bare(name: str) -> str:
    return re.sub(r"^(?:Kabupaten|Kota) (?:Administrasi )?", "", name).strip().upper()


HEADS = {
    "perbup": (
        "BUPATI KATINGAN\nPROVINSI KALIMANTAN TENGAH\nPERATURAN BUPATI KATINGAN\nNOMOR 6 TAHUN 2019",
        "BUPATI KATINGAN",
        ("Perbup", "6", 2019, "62.06"),
    ),
    "perwali in one word": (
        "WALIKOTA BIMA\nPROVINSI NUSA TENGGARA BARAT\nPERATURAN WALIKOTA BIMA\nNOMOR 12 TAHUN 2020",
        "WALIKOTA BIMA",
        ("Perwali", "12", 2020, "52.72"),
    ),
    "perbup of the same name": (
        "PERATURAN BUPATI BIMA\nNOMOR : 12 TAHUN 2020",
        "BUPATI BIMA",
        ("Perbup", "12", 2020, "52.06"),
    ),
    "perwali in two words": (
        "WALI KOTA BOGOR\nPROVINSI JAWA BARAT\nPERATURAN DAERAH KOTA BOGOR\nNOMOR 3 TAHUN 2021",
        "WALI KOTA BOGOR",
        ("Perda", "3", 2021, "32.71"),
    ),
    "perda kabupaten": (
        "LEMBARAN DAERAH KABUPATEN BOGOR\nNOMOR 9 TAHUN 2014\nPERATURAN DAERAH KABUPATEN BOGOR\nNOMOR 4 TAHUN 2013",
        "BUPATI BOGOR",
        ("Perda", "4", 2013, "32.01"),
    ),
    "perda over two lines": (
        "PERATURAN DAERAH\nKABUPATEN MAHAKAM ULU\nNOMOR 1\nTAHUN 2017",
        "BUPATI MAHAKAM ULU",
        ("Perda", "1", 2017, "64.11"),
    ),
    "perda that names its region only in the preamble": (
        "PERATURAN DAERAH\nNOMOR 1 TAHUN 2017",
        "BUPATI BARITO UTARA",
        ("Perda", "1", 2017, "62.05"),
    ),
    "qanun kabupaten": (
        "BUPATI ACEH UTARA\nPROVINSI ACEH\nQANUN KABUPATEN ACEH UTARA\nNOMOR 2 TAHUN 2018",
        "BUPATI ACEH UTARA",
        ("Perda", "2", 2018, "11.08"),
    ),
    "qanun of the province": ("QANUN ACEH\nNOMOR 7 TAHUN 2014", "GUBERNUR ACEH", ("Perda", "7", 2014, "11")),
    "perdasus": (
        "PERATURAN DAERAH KHUSUS PROVINSI PAPUA\nNOMOR 23 TAHUN 2013",
        "GUBERNUR PAPUA",
        ("Perda", "23", 2013, "91"),
    ),
    "perda DKI": (
        "PERATURAN DAERAH PROVINSI DAERAH KHUSUS IBUKOTA JAKARTA\nNOMOR 5 TAHUN 2014",
        "GUBERNUR PROVINSI DAERAH KHUSUS IBUKOTA JAKARTA",
        ("Perda", "5", 2014, "31"),
    ),
    "perda DIY": (
        "PERATURAN DAERAH DAERAH ISTIMEWA YOGYAKARTA\nNOMOR 1 TAHUN 2022",
        "GUBERNUR DAERAH ISTIMEWA YOGYAKARTA",
        ("Perda", "1", 2022, "34"),
    ),
    "perda of an old name": (
        "PERATURAN DAERAH KABUPATEN MALUKU TENGGARA BARAT\nNOMOR 3 TAHUN 2011",
        "BUPATI MALUKU TENGGARA BARAT",
        ("Perda", "3", 2011, "81.03"),
    ),
    "perda of a level two region": (
        "PERATURAN DAERAH KABUPATEN DAERAH TINGKAT II PINRANG\nNOMOR 5 TAHUN 1998",
        "BUPATI KEPALA DAERAH TINGKAT II PINRANG",
        ("Perda", "5", 1998, "73.15"),
    ),
    "instruksi": (
        "BUPATI LUMAJANG\nINSTRUKSI BUPATI LUMAJANG\nNOMOR 1 TAHUN 2016",
        "BUPATI LUMAJANG",
        ("Instruksi", "1", 2016, "35.08"),
    ),
    "instruksi with a coded number": (
        "INSTRUKSI GUBERNUR KALIMANTAN TENGAH\nNOMOR : 188.54/15/2021",
        "GUBERNUR KALIMANTAN TENGAH",
        ("Instruksi", "188.54/15/2021", 2021, "62"),
    ),
    "keputusan": (
        "KEPUTUSAN BUPATI KAPUAS\nNOMOR : 188.45/ 215 /DISNAKER TAHUN 2021",
        "BUPATI KAPUAS",
        ("Keputusan", "188.45/215/DISNAKER", 2021, "62.03"),
    ),
    "keputusan of an office": (
        "PEMERINTAH KABUPATEN SUKAMARA\nDINAS TENAGA KERJA\nKEPUTUSAN KEPALA DINAS TENAGA KERJA\nNOMOR 12 TAHUN 2022",
        "KEPALA DINAS TENAGA KERJA KABUPATEN SUKAMARA",
        ("Keputusan", "12", 2022, "62.08"),
    ),
    "surat edaran": (
        "BUPATI KUDUS\nSURAT EDARAN BUPATI KUDUS\nNOMOR 560/1/2023",
        "BUPATI KUDUS",
        ("SE", "560/1/2023", 2023, "33.19"),
    ),
    "surat edaran of a minister": (
        "SURAT EDARAN MENTERI KETENAGAKERJAAN REPUBLIK INDONESIA\nNOMOR M/6/HI.00.01/V/2021",
        "MENTERI KETENAGAKERJAAN",
        ("SE", "M/6/HI.00.01/V/2021", 2021, None),
    ),
    "perpres": (
        "PRESIDEN\nREPUBLIK INDONESIA\nPERATURAN PRESIDEN REPUBLIK INDONESIA\nNOMOR 82 TAHUN 2018",
        "PRESIDEN REPUBLIK INDONESIA",
        ("Perpres", "82", 2018, None),
    ),
    "perppu": (
        "PERATURAN PEMERINTAH PENGGANTI UNDANG-UNDANG\nREPUBLIK INDONESIA\nNOMOR 1 TAHUN 2020",
        "PRESIDEN REPUBLIK INDONESIA",
        ("Perppu", "1", 2020, None),
    ),
    "keppres": (
        "KEPUTUSAN PRESIDEN REPUBLIK INDONESIA\nNOMOR 20 TAHUN 2020",
        "PRESIDEN",
        ("Keppres", "20", 2020, None),
    ),
    "permen with a code": (
        "PERATURAN MENTERI TENAGA KERJA DAN TRANSMIGRASI\nREPUBLIK INDONESIA\nNOMOR PER.12/MEN/VI/2007",
        "MENTERI TENAGA KERJA DAN TRANSMIGRASI",
        ("Permen", "PER.12/MEN/VI/2007", 2007, None),
    ),
    "an agency's regulation": (
        "PERATURAN BADAN PENYELENGGARA JAMINAN SOSIAL KETENAGAKERJAAN\nNOMOR 1 TAHUN 2016",
        "DIREKTUR UTAMA BADAN PENYELENGGARA JAMINAN SOSIAL KETENAGAKERJAAN",
        ("PeraturanLembaga", "1", 2016, None),
    ),
    "number with a letter": (
        "PERATURAN BUPATI WAJO\nNOMOR 12.A TAHUN 2015",
        "BUPATI WAJO",
        ("Perbup", "12.A", 2015, "73.13"),
    ),
    "scattered letters": (
        "BUPATIPASER\nPROVINS! KALIMANTAN TIMUR\nPERATURAN BUPATIPASER\nNOM OR: 39 TAHUN 2017",
        "BUPATIPASER",
        ("Perbup", "39", 2017, "64.01"),
    ),
}


@pytest.mark.parametrize("name", HEADS)
def test_a_heading_gives_kind_number_year_and_region_without_doubt(name: str) -> None:
    head, official, expected = HEADS[name]
    tentang = "TENT ANG" if name == "scattered letters" else "TENTANG"
    identity = read(f"{head}\n{tentang}\nJAMINAN SOSIAL KETENAGAKERJAAN\n" + PREAMBLE.format(official=official))
    assert named(identity) == expected
    assert not {"jenis", "nomor", "tahun", "wilayah"} & set(identity.doubtful)
    assert identity.judul.value == "JAMINAN SOSIAL KETENAGAKERJAAN"


def test_every_region_of_the_country_is_recognised_by_its_own_regulation() -> None:
    read_as = {kode: read(perkada(OFFICE[jenis], bare(nama))).wilayah for kode, jenis, nama in region_rows()}
    assert {kode: field.value for kode, field in read_as.items() if field.value != kode or field.doubtful} == {}


def test_every_kabupaten_and_kota_is_recognised_by_its_perda() -> None:
    wrong = {}
    for kode, jenis, nama in region_rows():
        office, name = OFFICE[jenis], bare(nama)
        if jenis == "provinsi":
            continue
        text = perkada(office, name).replace(f"PERATURAN {office} {name}", f"PERATURAN DAERAH {jenis.upper()} {name}")
        identity = read(text)
        if (identity.jenis.value, identity.wilayah.value) != ("Perda", kode):
            wrong[kode] = identity.wilayah
    assert wrong == {}


def test_dates_issuer_form_and_gazette_are_read() -> None:
    closing = """Pasal 2
Peraturan Daerah ini mulai berlaku pada tanggal diundangkan.
Ditetapkan di Lhoksukon
pada tanggal 5 Nopember 2018
BUPATI ACEH UTARA,
Diundangkan di Lhoksukon
pada tanggal 6 November 2018
LEMBARAN KABUPATEN
LEMBARAN DAERAH KABUPATEN ACEH UTARA TAHUN 2018 NOMOR 2
"""
    head, official, _ = HEADS["qanun kabupaten"]
    identity = read(f"{head}\nTENTANG\nKETENAGAKERJAAN\n" + PREAMBLE.format(official=official), closing)
    assert identity.ditetapkan.value == date(2018, 11, 5)
    assert identity.diundangkan.value == date(2018, 11, 6)
    assert identity.gazette.value == "LD 2018/2"
    assert identity.bentuk.value == "Qanun"
    assert identity.penerbit.value == "Bupati Aceh Utara"
    assert identity.ditetapkan.page == 2


def test_a_value_carries_the_place_it_was_read_from() -> None:
    identity = read(perkada("BUPATI", "KATINGAN"))
    assert identity.nomor.page == 1
    assert identity.nomor.box is not None
    assert identity.nomor.box[1] == pytest.approx(50 + 3 * 14)


def test_a_title_over_several_lines_is_joined_and_the_one_it_amends_is_not_taken_for_it() -> None:
    text = perkada("BUPATI", "KATINGAN", "9", "2021").replace(
        "PERLINDUNGAN PEKERJA RENTAN\nDENGAN",
        "PERUBAHAN ATAS\nPERATURAN BUPATI KATINGAN\nNOMOR 6 TAHUN 2019\nTENTANG PERLINDUNGAN PEKERJA RENTAN\nDENGAN",
    )
    identity = read(text)
    assert named(identity) == ("Perbup", "9", 2021, "62.06")
    expected = "PERUBAHAN ATAS PERATURAN BUPATI KATINGAN NOMOR 6 TAHUN 2019 TENTANG PERLINDUNGAN PEKERJA RENTAN"
    assert identity.judul.value == expected


def test_a_title_block_printed_twice_is_one_identity() -> None:
    cover = "BUPATI KATINGAN\nPERATURAN BUPATI KATINGAN\nNOMOR 6 TAHUN 2019\nTENTANG\nPERLINDUNGAN PEKERJA RENTAN"
    identity = read(cover, perkada("BUPATI", "KATINGAN"))
    assert named(identity) == ("Perbup", "6", 2019, "62.06")
    assert not identity.nomor.doubtful


def test_two_title_pages_with_different_numbers_make_the_number_doubtful() -> None:
    identity = read(perkada("BUPATI", "KATINGAN").split("DENGAN")[0], perkada("BUPATI", "KATINGAN", "8"))
    assert identity.nomor.doubtful
    assert "nomor 8" in identity.nomor.reason


def test_a_year_missing_after_tahun_is_taken_from_the_date_and_doubtful() -> None:
    text = perkada("BUPATI", "KATINGAN").replace("NOMOR 6 TAHUN 2019", "NOMOR 6 TAHUN")
    identity = read(text)
    assert identity.tahun.value == 2019
    assert identity.tahun.doubtful
    assert not identity.nomor.doubtful


def test_a_year_missing_with_an_unreadable_date_is_unknown() -> None:
    text = perkada("BUPATI", "KATINGAN").replace("NOMOR 6 TAHUN 2019", "NOMOR 6 TAHUN").replace("4 Maret 2019", "")
    identity = read(text)
    assert identity.tahun.value is None
    assert identity.tahun.doubtful


def test_a_year_that_contradicts_the_date_is_doubtful() -> None:
    identity = read(perkada("BUPATI", "KATINGAN").replace("4 Maret 2019", "4 Maret 2018"))
    assert identity.tahun.value == 2019
    assert identity.tahun.doubtful


def test_a_misread_year_is_put_right_and_doubtful_unless_the_date_confirms_it() -> None:
    confirmed = read(perkada("BUPATI", "KATINGAN").replace("TAHUN 2019", "TAHUN 2Ol9"))
    assert (confirmed.tahun.value, confirmed.tahun.doubtful) == (2019, False)
    alone = read(perkada("BUPATI", "KATINGAN").replace("TAHUN 2019", "TAHUN 2Ol9").replace("4 Maret 2019", "…"))
    assert (alone.tahun.value, alone.tahun.doubtful) == (2019, True)


def test_a_blank_number_is_unknown() -> None:
    identity = read(perkada("BUPATI", "KATINGAN").replace("NOMOR 6 TAHUN", "NOMOR ....... TAHUN"))
    assert identity.nomor.value is None
    assert identity.nomor.doubtful


def test_a_number_read_only_from_an_annex_is_doubtful() -> None:
    annex = "LAMPIRAN I\nPERATURAN BUPATI KATINGAN\nNOMOR 6 TAHUN 2019\nTENTANG\nPERLINDUNGAN PEKERJA RENTAN\nDAFTAR"
    alone = read(annex)
    assert (alone.nomor.value, alone.nomor.doubtful) == ("6", True)
    with_body = read(perkada("BUPATI", "KATINGAN").replace("NOMOR 6 TAHUN", "NOMOR TAHUN"), annex)
    assert (with_body.nomor.value, with_body.nomor.doubtful) == ("6", True)
    assert "lampiran" in with_body.nomor.reason


def test_an_unsure_ocr_number_is_doubtful_and_a_sure_one_is_not() -> None:
    text = perkada("BUPATI", "KATINGAN")
    sure = identify([page(text, confidence=95.0)], region_names())
    assert not sure.nomor.doubtful
    unsure = identify([page(text, confidence=95.0, unsure={"6": 62.0})], region_names())
    assert unsure.nomor.doubtful
    assert not unsure.tahun.doubtful


def test_a_file_name_only_raises_doubt_and_only_about_pages_read_by_machine() -> None:
    text = perkada("BUPATI", "KATINGAN")
    scan = identify([page(text, confidence=95.0)], region_names(), hint="Perbup_Nomor_16_Tahun_2019.pdf")
    assert (scan.nomor.value, scan.nomor.doubtful) == ("6", True)
    typed = read(text, hint="Perbup_Nomor_16_Tahun_2019.pdf")
    assert not typed.nomor.doubtful


def test_a_heading_and_letterhead_of_different_regions_make_the_region_doubtful() -> None:
    identity = read(perkada("BUPATI", "KATINGAN").replace("BUPATI KATINGAN,", "BUPATI KAPUAS,"))
    assert identity.wilayah.doubtful


def test_a_region_misread_in_the_heading_is_confirmed_by_the_preamble() -> None:
    confirmed = read(perkada("BUPATI", "KATINGAN").replace("PERATURAN BUPATI KATINGAN", "PERATURAN BUPATI KATLNGAN"))
    assert (confirmed.wilayah.value, confirmed.wilayah.doubtful) == ("62.06", False)
    misread = read(perkada("BUPATI", "KATLNGAN"))
    assert (misread.wilayah.value, misread.wilayah.doubtful) == ("62.06", True)


def test_an_unknown_region_is_unknown_and_doubtful() -> None:
    identity = read(perkada("BUPATI", "ANTAH BERANTAH"))
    assert identity.wilayah.value is None
    assert identity.wilayah.doubtful


def test_a_heading_drawn_last_is_found_by_its_height() -> None:
    whole = page(perkada("BUPATI", "KATINGAN"))
    cut = whole.text.index("DENGAN RAHMAT")
    moved = whole.text[cut:] + whole.text[:cut].rstrip("\n")
    shift = len(whole.text) - cut
    words = [
        type(w)(w.text, w.start - cut if w.start >= cut else w.start + shift, w.x0, w.y0, w.x1, w.y1)
        for w in whole.words
    ]
    identity = identify([type(whole)(1, 595.0, 842.0, moved, tuple(words), "asli")], region_names())
    assert named(identity) == ("Perbup", "6", 2019, "62.06")
    assert identity.doubtful == ()


def test_a_draft_is_no_regulation_in_force() -> None:
    identity = read("RANCANGAN\nPERATURAN DAERAH KABUPATEN KATINGAN\nNOMOR … TAHUN 2024\nTENTANG\nPEKERJA RENTAN")
    assert identity.jenis.doubtful


def test_an_agreement_names_its_region() -> None:
    text = """PERJANJIAN KERJA SAMA
ANTARA
PEMERINTAH KABUPATEN KATINGAN
DENGAN
BADAN PENYELENGGARA JAMINAN SOSIAL KETENAGAKERJAAN
CABANG PALANGKA RAYA
NOMOR : 560/12/PKS/2021
NOMOR : PER/7/022021
TENTANG
PERLINDUNGAN PEKERJA RENTAN
Pada hari ini Senin telah ditandatangani perjanjian.
"""
    identity = read(text)
    assert identity.jenis.value == "PerjanjianKerjaSama"
    assert identity.wilayah.value == "62.06"
    assert identity.nomor.value == "560/12/PKS/2021; PER/7/022021"


def test_a_letter_carries_its_number_above_and_its_subject_beside_hal() -> None:
    text = """BUPATI BARITO UTARA
Muara Teweh, 5 Mei 2021
Nomor : 560/214/DISNAKER
Sifat : Penting
Hal : Kepesertaan Jaminan Sosial Ketenagakerjaan
Kepada Yth. Camat se-Kabupaten Barito Utara
SURAT EDARAN
Sehubungan dengan Instruksi Presiden Nomor 2 Tahun 2021, diminta perhatian Saudara.
"""
    identity = read(text)
    assert named(identity) == ("SE", "560/214/DISNAKER", 2021, "62.05")
    assert identity.judul.value == "KEPESERTAAN JAMINAN SOSIAL KETENAGAKERJAAN"


def test_pages_without_a_regulation_have_no_identity() -> None:
    identity = read(
        "DOKUMEN PELAKSANAAN ANGGARAN\nPEMERINTAH KABUPATEN KATINGAN\nTahun Anggaran 2022\nJumlah Rp10.000.000"
    )
    assert named(identity) == (None, None, None, None)
    assert {"jenis", "nomor", "tahun", "wilayah"} <= set(identity.doubtful)


def test_no_pages_give_no_identity() -> None:
    assert named(identify([], region_names())) == (None, None, None, None)


def test_a_foreword_that_names_other_regulations_is_not_taken_for_the_title_page() -> None:
    foreword = """KATA PENGANTAR
Puji syukur bahwa kami dapat menyusun
Peraturan Daerah Kabupaten Paser
Nomor 9 Tahun 2010
tentang Pajak Daerah, sebagai pelaksanaan
Undang-Undang Nomor 28 Tahun 2009.
"""
    identity = read(foreword, perkada("BUPATI", "PASER", "12", "2011"))
    assert named(identity) == ("Perbup", "12", 2011, "64.01")
    assert not identity.nomor.doubtful


@pytest.mark.parametrize(
    ("line", "nomor", "tahun"),
    [
        ("NO. 6 TAHUN 2019", "6", 2019),
        ("NOMOT 6 TAHUN 2019", "6", 2019),
        ("I{OMOR 6 TAHUN 2019", "6", 2019),
        ("NOMOR : 027 TAHUN 2019", "027", 2019),
        ("N O M O R 6 T A H U N 2019", "6", 2019),
        ("NOMOR 6\nTAHUN 2019", "6", 2019),
        ("NOMOR\n6 TAHUN 2019", "6", 2019),
    ],
)
def test_a_number_line_is_read_however_it_is_set(line: str, nomor: str, tahun: int) -> None:
    identity = read(perkada("BUPATI", "KATINGAN").replace("NOMOR 6 TAHUN 2019", line))
    assert (identity.nomor.value, identity.tahun.value) == (nomor, tahun)
    assert not identity.nomor.doubtful
    assert not identity.tahun.doubtful


def test_a_kind_nobody_knows_is_doubtful() -> None:
    head = "PERATURAN REKTOR UNIVERSITAS ANTAH BERANTAH\nNOMOR 1 TAHUN 2020\nTENTANG\nKULIAH\n"
    identity = read(head + PREAMBLE.format(official="REKTOR UNIVERSITAS ANTAH BERANTAH"))
    assert identity.jenis.doubtful


def test_a_heading_on_one_line_is_read() -> None:
    identity = read("PERATURAN BUPATI KATINGAN NOMOR 6 TAHUN 2019 TENTANG PEKERJA RENTAN\nMenimbang : a. bahwa perlu;")
    assert named(identity) == ("Perbup", "6", 2019, "62.06")
    assert identity.judul.value == "PEKERJA RENTAN"
