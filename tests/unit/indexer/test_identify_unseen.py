"""Headings as they are printed all over the country: read right, or doubtful; never wrong in silence."""

from __future__ import annotations

from datetime import date

import pytest

from indexer.identify import Identity, identify
from indexer.short_forms import short_form
from tests.unit.indexer.layouts import page, pages, perkada, region_names

ABOUT = "TENTANG\nPERLINDUNGAN PEKERJA RENTAN"
KATINGAN = "BUPATI KATINGAN"
Named = tuple[str | None, str | None, int | None, str | None]


def act(heading: str, official: str = KATINGAN, signed: str = "4 Maret 2019", after: str = "") -> str:
    return f"""{heading}
{ABOUT}
DENGAN RAHMAT TUHAN YANG MAHA ESA
{official},
Menimbang : a. bahwa pekerja perlu dilindungi;
Mengingat : 1. Undang-Undang Nomor 24 Tahun 2011;
MEMUTUSKAN:
Menetapkan : PERATURAN INI.
Pasal 1
Pekerja rentan dilindungi.
Ditetapkan di Ibu Kota
pada tanggal {signed}
{official},
{after}"""


def read(*texts: str) -> Identity:
    return identify(pages(*texts), region_names())


def scanned(text: str) -> Identity:
    return identify([page(text, confidence=95.0)], region_names())


def named(identity: Identity) -> Named:
    return identity.jenis.value, identity.nomor.value, identity.tahun.value, identity.wilayah.value


def doubted(identity: Identity) -> set[str]:
    return {"jenis", "nomor", "tahun", "wilayah"} & set(identity.doubtful)


READ_RIGHT: dict[str, tuple[str, Named]] = {
    "a copy": (act("SALINAN\nPERATURAN BUPATI KATINGAN NOMOR : 6 TAHUN 2019"), ("Perbup", "6", 2019, "62.06")),
    "a gazette above the title": (
        act("BERITA DAERAH\nKABUPATEN KATINGAN\nNOMOR 16 TAHUN 2018 SERI D\nPERATURAN BUPATI KATINGAN\nNOMOR 6 TAHUN 2019"),
        ("Perbup", "6", 2019, "62.06"),
    ),
    "a gazette without TAHUN": (
        act("BERITA DAERAH KOTA BEKASI\nNOMOR : 16 2019 SERI : E\nPERATURAN WALI KOTA BEKASI\nNOMOR : 6 TAHUN 2019", "WALI KOTA BEKASI"),
        ("Perwali", "6", 2019, "32.75"),
    ),
    "a coded number": (
        act("KEPUTUSAN BUPATI KATINGAN\nNOMOR : 188.45/123/KPTS/HUK/2019"),
        ("Keputusan", "188.45/123/KPTS/HUK/2019", 2019, "62.06"),
    ),
    "a coded number with blanks": (
        act("KEPUTUSAN WALI KOTA PALANGKA RAYA\nNOMOR : 188.45 / 123 / 2019", "WALI KOTA PALANGKA RAYA"),
        ("Keputusan", "188.45/123/2019", 2019, "62.71"),
    ),
    "a coded number with a stop": (
        act("KEPUTUSAN GUBERNUR JAWA BARAT\nNOMOR : 561/Kep.774-Yanbangsos/2019", "GUBERNUR JAWA BARAT"),
        ("Keputusan", "561/Kep.774-Yanbangsos/2019", 2019, "32"),
    ),
    "a coded number with a month": (
        act("KEPUTUSAN WALI KOTA MATARAM\nNOMOR : 1234/XII/2019", "WALI KOTA MATARAM"),
        ("Keputusan", "1234/XII/2019", 2019, "52.71"),
    ),
    "a decision of the council": (
        act("KEPUTUSAN DEWAN PERWAKILAN RAKYAT DAERAH KABUPATEN KATINGAN\nNOMOR 5 TAHUN 2019"),
        ("Keputusan", "5", 2019, "62.06"),
    ),
    "an instruction": (act("INSTRUKSI BUPATI KATINGAN\nNOMOR 3 TAHUN 2019"), ("Instruksi", "3", 2019, "62.06")),
    "a circular": (act("SURAT EDARAN BUPATI KATINGAN\nNOMOR 3 TAHUN 2019"), ("SE", "3", 2019, "62.06")),
    "perdasus": (act("PERATURAN DAERAH KHUSUS PROVINSI PAPUA\nNOMOR 4 TAHUN 2019", "GUBERNUR PAPUA"), ("Perda", "4", 2019, "91")),
    "qanun": (act("QANUN ACEH\nNOMOR 7 TAHUN 2019", "GUBERNUR ACEH"), ("Perda", "7", 2019, "11")),
    "a level left out": (act("PERATURAN DAERAH KATINGAN\nNOMOR 6 TAHUN 2019"), ("Perda", "6", 2019, "62.06")),
    "a region named in the preamble only": (act("PERATURAN BUPATI\nNOMOR 6 TAHUN 2019"), ("Perbup", "6", 2019, "62.06")),
    "a province's perda that names it in the preamble only": (
        act("PERATURAN DAERAH\nNOMOR 6 TAHUN 2019", "GUBERNUR KALIMANTAN TENGAH"), ("Perda", "6", 2019, "62"),
    ),
    "a level of old times": (
        act("PERATURAN DAERAH KABUPATEN DAERAH TINGKAT II KATINGAN\nNOMOR 6 TAHUN 2019"), ("Perda", "6", 2019, "62.06"),
    ),
    "a name of old times": (act("PERATURAN BUPATI TOBA SAMOSIR\nNOMOR 6 TAHUN 2019", "BUPATI TOBA SAMOSIR"), ("Perbup", "6", 2019, "12.12")),
    "a name that ends on the next line": (
        act("PERATURAN DAERAH KABUPATEN BANDUNG\nBARAT\nNOMOR 6 TAHUN 2019", "BUPATI BANDUNG BARAT"), ("Perda", "6", 2019, "32.17"),
    ),
    "the older province of a young one": (
        act("BUPATI NUNUKAN\nPROVINSI KALIMANTAN TIMUR\nPERATURAN BUPATI NUNUKAN\nNOMOR 6 TAHUN 2019", "BUPATI NUNUKAN"),
        ("Perbup", "6", 2019, "65.03"),
    ),
    "another region in the title": (
        act("PERATURAN BUPATI KATINGAN\nNOMOR 6 TAHUN 2019").replace(ABOUT, "TENTANG\nKERJA SAMA DENGAN KABUPATEN KAPUAS"),
        ("Perbup", "6", 2019, "62.06"),
    ),
    "a number in figures and words": (
        act("PERATURAN BUPATI KATINGAN\nNOMOR 12 (DUA BELAS) TAHUN 2019"), ("Perbup", "12", 2019, "62.06"),
    ),
    "TAHUN in short": (act("PERATURAN BUPATI KATINGAN\nNOMOR 12 TH. 2019"), ("Perbup", "12", 2019, "62.06")),
    "ordinary letters": (act("Peraturan Bupati Katingan\nNomor 6 Tahun 2019"), ("Perbup", "6", 2019, "62.06")),
}  # fmt: skip


@pytest.mark.parametrize("name", READ_RIGHT)
def test_it_is_read_without_doubt(name: str) -> None:
    text, expected = READ_RIGHT[name]
    identity = read(text)
    assert (named(identity), doubted(identity)) == (expected, set())


DOUBTED: dict[str, tuple[str, Named, set[str]]] = {
    "a number left open in the middle": (
        act("KEPUTUSAN BUPATI KATINGAN\nNOMOR : 188.45/ /2019"), ("Keputusan", "188.45//2019", 2019, "62.06"), {"nomor"},
    ),
    "a number left open with stops": (
        act("KEPUTUSAN BUPATI KATINGAN\nNOMOR : 188.45/....../KUM/2019"),
        ("Keputusan", "188.45/....../KUM/2019", 2019, "62.06"), {"nomor"},
    ),
    "a number left open before a dash": (
        act("KEPUTUSAN BUPATI KATINGAN\nNOMOR : 560/Kep. -Kesra/2019"), ("Keputusan", "560/Kep.-Kesra/2019", 2019, "62.06"), {"nomor"},
    ),
    "a draft": (act("PERATURAN BUPATI KATINGAN\nNOMOR XX TAHUN 2019"), ("Perbup", None, 2019, "62.06"), {"nomor"}),
    "a draft of no year": (
        act("PERATURAN BUPATI KATINGAN\nNOMOR ... TAHUN ...", signed="..."), ("Perbup", None, None, "62.06"), {"nomor", "tahun"},
    ),
    "number and year in one": (act("PERATURAN BUPATI KATINGAN\nNOMOR 12/2019"), ("Perbup", "12", 2019, "62.06"), {"nomor"}),
    "a coded number of a kind that counts": (
        act("PERATURAN BUPATI KATINGAN\nNOMOR 188/12 TAHUN 2019"), ("Perbup", "188/12", 2019, "62.06"), {"nomor"},
    ),
    "a year that the date denies": (
        act("PERATURAN BUPATI KATINGAN\nNOMOR 12 TAHUN 2018"), ("Perbup", "12", 2018, "62.06"), {"tahun"},
    ),
    "a year that only the promulgation denies": (
        act("PERATURAN BUPATI KATINGAN\nNOMOR 12 TAHUN 2014", signed="", after="Diundangkan di Kasongan\npada tanggal 5 Maret 2019"),
        ("Perbup", "12", 2014, "62.06"), {"tahun"},
    ),
    "two heads of regions": (
        act("PERATURAN BERSAMA\nBUPATI KATINGAN DAN BUPATI KAPUAS\nNOMOR 5 TAHUN 2019\nNOMOR 7 TAHUN 2019"),
        ("Perbup", "5; 7", 2019, "62.06"), {"wilayah"},
    ),
    "a foreign province": (
        act("BUPATI KATINGAN\nPROVINSI KALIMANTAN BARAT\nPERATURAN BUPATI KATINGAN\nNOMOR 6 TAHUN 2019"),
        ("Perbup", "6", 2019, "62.06"), {"wilayah"},
    ),
    "kabupaten against kota": (act("PERATURAN BUPATI BIMA\nNOMOR 6 TAHUN 2019", "WALI KOTA BIMA"), ("Perbup", "6", 2019, "52.06"), {"wilayah"}),
    "a region's name half lost": (
        act("PERATURAN BUPATI BANDUNG\nNOMOR 6 TAHUN 2019", "BUPATI BANDUNG BARAT"), ("Perbup", "6", 2019, "32.04"), {"wilayah"},
    ),
    "a region nowhere": (act("PERATURAN BUPATI\nNOMOR 6 TAHUN 2019", "BUPATI"), ("Perbup", "6", 2019, None), {"wilayah"}),
}  # fmt: skip


@pytest.mark.parametrize("name", DOUBTED)
def test_it_is_doubtful(name: str) -> None:
    text, expected, fields = DOUBTED[name]
    identity = read(text)
    assert (named(identity), doubted(identity)) == (expected, fields)


@pytest.mark.parametrize(
    ("printed", "nomor", "reason"),
    [
        ("NOMOR I2 TAHUN 2019", "12", "dibetulkan"),
        ("NOMOR 1Z TAHUN 2019", "1Z", "salah baca"),
        ("NOMOR 12A TAHUN 2019", "12A", "salah baca"),
        ("NOMOR B TAHUN 2019", None, "tidak terbaca angka"),
        ("NOMOR .€ TAHUN 2019", None, "tidak terbaca angka"),
    ],
)
def test_a_number_with_letters_off_a_picture_is_doubtful(printed: str, nomor: str | None, reason: str) -> None:
    identity = scanned(act(f"PERATURAN BUPATI KATINGAN\n{printed}"))
    assert (identity.nomor.value, identity.nomor.doubtful) == (nomor, True)
    assert reason in identity.nomor.reason


def test_a_number_with_a_letter_in_a_text_layer_is_as_printed() -> None:
    assert not read(act("PERATURAN BUPATI KATINGAN\nNOMOR 12A TAHUN 2019")).nomor.doubtful


def test_a_kind_misread_in_several_letters_is_told_and_doubtful() -> None:
    identity = scanned(act("PERATTJRAN BUPATT KATINGAN\nNOMOR 6 TAHUN 2019"))
    assert (identity.jenis.value, identity.jenis.doubtful) == ("Perbup", True)
    assert "PERATTJRAN" in identity.jenis.reason


@pytest.mark.parametrize(
    "second",
    [
        perkada("BUPATI", "KATINGAN", "7"),
        perkada("BUPATI", "KAPUAS", "6"),
        act("PERATURAN DAERAH KABUPATEN KATINGAN\nNOMOR 9 TAHUN 2019"),
    ],
)
def test_several_regulations_in_one_file_make_its_number_doubtful(second: str) -> None:
    identity = read(perkada("BUPATI", "KATINGAN", "6"), second)
    assert (identity.nomor.value, identity.nomor.doubtful) == ("6", True)
    assert "halaman 2" in identity.nomor.reason


def test_an_annex_or_a_letter_before_the_title_page_is_passed_over() -> None:
    annex = f"LAMPIRAN I\nPERATURAN BUPATI KATINGAN\nNOMOR 6 TAHUN 2019\n{ABOUT}\nDAFTAR"
    letter = "SEKRETARIAT DAERAH\nKasongan, 5 Mei 2020\nNomor : 188/12/HUK\nHal : Penyampaian Peraturan Bupati\nKepada Yth. Camat"
    for first in (annex, letter):
        identity = read(first, perkada("BUPATI", "KATINGAN", "6"))
        assert (named(identity), doubted(identity)) == (("Perbup", "6", 2019, "62.06"), set())


@pytest.mark.parametrize(
    ("signed", "day"),
    [(", 5 - 3 - 2019", date(2019, 3, 5)), (": 5 Maret 2019", date(2019, 3, 5)), ("5-3-19", None), ("… Maret 2019", None)],
)  # fmt: skip
def test_a_signing_date_is_read_or_doubtful(signed: str, day: date | None) -> None:
    ditetapkan = read(act("PERATURAN BUPATI KATINGAN\nNOMOR 6 TAHUN 2019", signed=signed)).ditetapkan
    assert (ditetapkan.value, ditetapkan.doubtful) == (day, day is None)


def test_a_regulation_without_its_closing_has_a_doubtful_date() -> None:
    text = act("PERATURAN BUPATI KATINGAN\nNOMOR 6 TAHUN 2019").split("Ditetapkan")[0]
    ditetapkan = read(text).ditetapkan
    assert (ditetapkan.value, ditetapkan.doubtful) == (None, True)


def test_promulgation_before_signing_makes_both_days_doubtful() -> None:
    after = "Diundangkan di Kasongan\npada tanggal 2 Januari 2019"
    identity = read(act("PERATURAN BUPATI KATINGAN\nNOMOR 6 TAHUN 2019", after=after))
    assert identity.ditetapkan.doubtful
    assert identity.diundangkan.doubtful


def test_an_agreement_may_carry_its_numbers_below_its_title() -> None:
    parties = "ANTARA\nPEMERINTAH KABUPATEN KATINGAN\nDENGAN\nBPJS KETENAGAKERJAAN"
    identity = read(
        f"PERJANJIAN KERJA SAMA\n{parties}\n{ABOUT}\nNOMOR : 560/12/PKS/2021\nNOMOR : PER/7/022021\nPada hari ini"
    )
    assert named(identity) == ("PerjanjianKerjaSama", "560/12/PKS/2021; PER/7/022021", 2021, "62.06")
    assert identity.judul.value == "PERLINDUNGAN PEKERJA RENTAN"


def test_a_field_carries_the_least_confidence_of_its_own_words() -> None:
    text = perkada("BUPATI", "KATINGAN", "16")
    identity = identify(
        [page(text, confidence=95.0, unsure={"16": 91.0, "2019": 93.0, "RENTAN": 70.0})], region_names()
    )
    assert (identity.nomor.confidence, identity.tahun.confidence, identity.judul.confidence) == (91.0, 93.0, 70.0)
    assert read(text).nomor.confidence is None


def test_a_blank_number_is_cut_out_with_room_for_a_stamp() -> None:
    blank = act("PERATURAN BUPATI KATINGAN\nNOMOR")
    nomor = read(blank).nomor
    whole = page(blank.strip("\n"))
    line = next(word for word in whole.words if word.text == "NOMOR")
    assert nomor.box is not None
    assert nomor.box[0] < line.x0
    assert nomor.box[2] > line.x1 + 150
    assert nomor.box[1] < line.y0
    assert nomor.box[3] > line.y1


def test_what_was_not_found_is_shown_where_it_is_to_be_looked_for() -> None:
    text = act(
        "PERATURAN BUPATI KATINGAN\nNOMOR", signed="", after="Diundangkan di Kasongan\npada tanggal 5 Maret 2019"
    )
    identity = read(text.replace("Ditetapkan di Ibu Kota\npada tanggal ", "Kasongan"))
    assert (identity.tahun.value, identity.tahun.page, identity.tahun.box) == (None, 1, identity.nomor.box)
    assert (identity.ditetapkan.value, identity.ditetapkan.page) == (None, 1)
    assert identity.ditetapkan.box is not None
    assert identity.diundangkan.box is not None
    assert identity.ditetapkan.box[1] < identity.diundangkan.box[1] - 100


def test_a_number_over_two_lines_is_cut_out_whole() -> None:
    nomor = read(act("PERATURAN BUPATI KATINGAN\nNOMOR\n6 TAHUN 2019")).nomor
    assert nomor.value == "6"
    assert nomor.box is not None
    assert nomor.box[3] - nomor.box[1] > 20


@pytest.mark.parametrize(
    ("jenis", "bentuk", "penerbit", "short"),
    [
        ("Perbup", None, "Bupati Katingan", "PERBUP"),
        ("Perda", "Qanun", "Gubernur Aceh", "QANUN"),
        ("Perda", "Perdasus", "Gubernur Papua", "PERDASUS"),
        ("Permen", "Peraturan Menteri Ketenagakerjaan", "Menteri Ketenagakerjaan", "PERMENAKER"),
        ("Permen", None, "Menteri Keuangan", "PMK"),
        ("Permen", None, None, "PERMEN"),
        ("Keputusan", "Keputusan Wali Kota Bima", "Wali Kota Bima", "KEPWALI"),
        ("Keputusan", None, "Kepala Dinas Tenaga Kerja", None),
        ("Instruksi", None, "Gubernur Bali", "INGUB"),
        ("PerjanjianKerjaSama", None, None, "PKS"),
        ("Lainnya", "Maklumat", None, None),
        (None, None, None, None),
    ],
)
def test_the_short_form_follows_from_kind_form_and_issuer(
    jenis: str | None, bentuk: str | None, penerbit: str | None, short: str | None
) -> None:
    assert short_form(jenis, bentuk, penerbit) == short


def test_the_short_form_is_read_with_the_heading() -> None:
    singkatan = read(perkada("WALI KOTA", "PALANGKA RAYA")).singkatan
    assert (singkatan.value, singkatan.page, singkatan.doubtful) == ("PERWALI", 1, False)
