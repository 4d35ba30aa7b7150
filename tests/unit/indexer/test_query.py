"""What a person typed, and what Patuh says it understood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.identities import identity_terms, required_terms
from indexer.nodes import NOTHING, And, Concept, Filters, Identity, Maybe, Not, Or, Phrase, Prefix, Word, YearRange
from indexer.query import IdentityNames, Query, parse

NAMES = IdentityNames.of(
    [
        ("Katingan", "62.06"),
        ("Kabupaten Katingan", "62.06"),
        ("Kutim", "64.08"),
        ("Kutai Timur", "64.08"),
        ("Kupang", "53.01"),
        ("Kupang", "53.71"),
        ("Kalimantan Tengah", "62"),
    ]
)


def asked(text: str) -> Query:
    return parse(text, NAMES)


def told(text: str) -> str:
    return " ".join(asked(text).understood)


@pytest.mark.parametrize(
    ("text", "identity"),
    [
        ("pp 85/2013", Identity("PP", "85", 2013)),
        ("PP No. 85 Th. 2013", Identity("PP", "85", 2013)),
        ("uu 13 2003", Identity("UU", "13", 2003)),
        ("undang-undang republik indonesia nomor 24 tahun 2011", Identity("UU", "24", 2011)),
        ("inpres 2 2021", Identity("Inpres", "2", 2021)),
        ("pergub 48 tahun 2017", Identity("Pergub", "48", 2017)),
        ("pp 85 tahun 2013 pasal 4", Identity("PP", "85", 2013, pasal="4")),
        ("pp 85/2013 pasal 7 ayat (2) huruf b", Identity("PP", "85", 2013, pasal="7", ayat="2", huruf="b")),
        ("perbup katingan 6/2019", Identity("Perbup", "6", 2019, ("62.06",))),
        ("perbup kutim 12/2023", Identity("Perbup", "12", 2023, ("64.08",))),
        ("perbup 12/2023 kutai timur", Identity("Perbup", "12", 2023, ("64.08",))),
        ("peraturan bupati katingan nomor 6 tahun 2019", Identity("Perbup", "6", 2019, ("62.06",))),
        ("perda provinsi kalimantan tengah no 1 2020", Identity("Perda", "1", 2020, ("62",))),
        ("perwali kupang 5/2019", Identity("Perwali", "5", 2019, ("53.71",))),
        ("perbup kupang 5/2019", Identity("Perbup", "5", 2019, ("53.01",))),
        ("perda kupang 5/2019", Identity("Perda", "5", 2019, ("53.01", "53.71"))),
        ("permenaker 1 tahun 2025", Identity("Permen", "1", 2025, penerbit="ketenagakerjaan")),
        ("peraturan menteri dalam negeri 27/2021", Identity("Permen", "27", 2021, penerbit="dalam negeri")),
        ("perbup katingan", Identity("Perbup", wilayah=("62.06",))),
        ("perbup 2021", Identity("Perbup", tahun=2021)),
        ("keputusan bupati 188.45/123/2019", Identity("Keputusan", "188/45/123/2019", 2019)),
    ],
)
def test_an_instrument_is_recognised_as_officials_type_it(text: str, identity: Identity) -> None:
    assert asked(text).identity == identity
    assert "Dikenali:" in told(text)


@pytest.mark.parametrize(
    "text", ["keputusan", "perda", "instruksi kerja", "surat edaran menteri", "pp", "undang-undang dasar"]
)
def test_a_kind_alone_is_no_identity(text: str) -> None:
    assert asked(text).identity is None


def test_a_document_carries_the_terms_its_identity_is_asked_by() -> None:
    carried = identity_terms(Identity("Keputusan", "188.45/123/2019", 2019, ("62.06",)))
    for text in ("keputusan bupati katingan 188.45/123/2019", "keputusan bupati katingan nomor 188.45/123 tahun 2019"):
        identity = asked(text).identity
        assert identity
        assert all(set(alternatives) & set(carried) for alternatives in required_terms(identity))


def test_words_beside_an_identity_are_kept_as_the_rest() -> None:
    query = asked("perbup katingan 6/2019 sanksi iuran")
    assert query.identity == Identity("Perbup", "6", 2019, ("62.06",))
    assert query.rest == "sanksi iuran"
    assert "Di dalamnya dicari juga: sanksi iuran." in query.understood


def test_two_instruments_may_be_asked_for_at_once() -> None:
    query = asked("uu 13/2003 ATAU uu 24/2011")
    assert query.identity is None
    assert [sentence.count("Nomor 13") + sentence.count("Nomor 24") for sentence in query.understood] == [1, 1]


def test_words_are_all_required() -> None:
    assert asked("sanksi denda").tree == And((Word("sanksi", "sanksi"), Word("denda", "denda")))


@pytest.mark.parametrize("text", ["sanksi DAN denda", "sanksi AND denda", "(sanksi denda)", "sanksi denda sanksi"])
def test_and_is_what_words_mean_anyway(text: str) -> None:
    assert asked(text).tree == asked("sanksi denda").tree


@pytest.mark.parametrize("text", ["sanksi ATAU denda", "sanksi OR denda", "(sanksi ATAU denda)"])
def test_alternatives_are_typed_in_capitals(text: str) -> None:
    assert asked(text).tree == Or((Word("sanksi", "sanksi"), Word("denda", "denda")))


@pytest.mark.parametrize("text", ["sanksi TIDAK denda", "sanksi NOT denda", "sanksi -denda", "sanksi DAN TIDAK denda"])
def test_a_word_can_be_excluded(text: str) -> None:
    query = asked(text)
    assert query.tree == And((Word("sanksi", "sanksi"), Not(Word("denda", "denda"))))
    assert "tanpa denda" in told(text)
    assert Word("denda", "denda") not in query.leaves()


def test_an_operator_in_small_letters_is_a_word() -> None:
    assert asked('"dan"').tree == Phrase(("dan",))
    assert not any(isinstance(part, Or) for part in [asked("sanksi atau denda").tree])


def test_function_words_are_not_required_and_that_is_said() -> None:
    query = asked("sanksi dan denda")
    assert query.tree == And((Word("sanksi", "sanksi"), Maybe(Word("dan", "dan")), Word("denda", "denda")))
    assert "Kata umum (dan) tidak wajib ada" in told("sanksi dan denda")


def test_function_words_alone_are_searched_for() -> None:
    assert asked("dan yang").tree == And((Word("dan", "dan"), Word("yang", "yang")))


def test_a_title_in_capitals_keeps_its_operators_as_words() -> None:
    query = asked("PENGHASILAN TIDAK KENA PAJAK BAGI PEKERJA")
    assert isinstance(query.tree, And)
    assert Word("tidak", "tidak") in query.tree.children
    assert "huruf besar" in told("PENGHASILAN TIDAK KENA PAJAK BAGI PEKERJA")


def test_quoted_words_are_exact_and_near_words_have_a_distance() -> None:
    assert asked('"Menetapkan Sanksi"').tree == Phrase(("menetapkan", "sanksi"))
    assert asked('"sanksi denda"~5').tree == Phrase(("sanksi", "denda"), slop=5)


def test_a_star_at_the_end_of_a_word_asks_for_its_beginning() -> None:
    assert asked("pekerj*").tree == Prefix("pekerj")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a*", "terlalu pendek"),
        ("pek*kerja", "hanya berlaku di akhir kata"),
        ('"bantuan iur*"', "di dalam kutip diabaikan"),
        ('sanksi "', "kutip tanpa pasangan"),
        ('sanksi ""', "kutip tanpa kata"),
        ("(sanksi", "Kurung buka"),
        ("sanksi)", "Kurung tutup"),
        ("sanksi ATAU", "ATAU tanpa kata"),
        ("sanksi TIDAK", "TIDAK tanpa kata"),
        ("jenis:entah sanksi", "“jenis:entah” tidak dikenal dan diabaikan"),
        ("tahun:dulu sanksi", "“tahun:dulu” tidak dikenal"),
        ("wilayah:atlantis sanksi", "“wilayah:atlantis” tidak dikenal"),
        ("bab:5 sanksi", "“bab:” bukan nama saringan"),
        ("kata " * 100, "Hanya 64 kata pertama"),
        ("panjang" * 1000, "Hanya 4000 huruf pertama"),
        ("(" * 50 + "sanksi", "lapis diabaikan"),
        ("***", "Tidak ada kata yang dapat dicari"),
    ],
)
def test_what_is_left_out_is_said(text: str, sentence: str) -> None:
    assert sentence in told(text)


def test_a_query_of_signs_finds_nothing_and_an_empty_one_everything() -> None:
    assert asked('"*()').tree == NOTHING
    assert asked(" ").tree is None
    assert asked("tahun:2021").tree is None


@pytest.mark.parametrize(
    ("text", "filters"),
    [
        ("jenis:perbup", Filters(jenis=("Perbup",))),
        ('jenis:"Peraturan Bupati"', Filters(jenis=("Perbup",))),
        ("jenis:perbup,perda", Filters(jenis=("Perbup", "Perda"))),
        ("jenis:perbup jenis:perda", Filters(jenis=("Perbup", "Perda"))),
        ("tahun:2021", Filters(tahun=(YearRange(2021, 2021),))),
        ("tahun:2021..2024", Filters(tahun=(YearRange(2021, 2024),))),
        ("tahun:2021-2024", Filters(tahun=(YearRange(2021, 2024),))),
        ("tahun:2021..", Filters(tahun=(YearRange(2021, None),))),
        ("tahun:..2021", Filters(tahun=(YearRange(None, 2021),))),
        ("wilayah:62.06", Filters(wilayah=("62.06",))),
        ("wilayah:6206", Filters(wilayah=("62.06",))),
        ("wilayah:katingan", Filters(wilayah=("62.06",))),
        ('wilayah:"kalimantan tengah"', Filters(wilayah=("62",))),
        ("status:berlaku", Filters(status=("berlaku",))),
        ('status:"Tidak Berlaku"', Filters(status=("tidak berlaku",))),
    ],
)
def test_fields_become_filters(text: str, filters: Filters) -> None:
    query = asked(f"{text} sanksi")
    assert query.filters == filters
    assert query.tree == Word("sanksi", "sanksi")
    assert "Hanya" in told(text)


def test_a_region_is_told_back_by_its_name() -> None:
    assert asked("wilayah:62.06").understood == ("Hanya wilayah Katingan.",)
    assert "“wilayah:123456” tidak dikenal" in told("wilayah:123456")


def test_an_excluded_field_stays_in_the_tree() -> None:
    query = asked("sanksi -jenis:perda")
    assert not query.filters
    assert "tanpa jenis Perda" in told("sanksi -jenis:perda")


def test_a_title_field_looks_in_titles_only() -> None:
    assert asked("judul:pekerja").tree == Word("pekerja", "pekerja", "judul")
    assert asked('judul:"pekerja rentan"').tree == Phrase(("pekerja", "rentan"), field="judul")
    assert asked("judul:pekerj*").tree == Prefix("pekerj", "judul")


def test_an_article_is_asked_for_by_field_or_in_words() -> None:
    for text in ("pasal:5 sanksi", "sanksi pasal 5"):
        assert asked(text).pasal == ("5",)
        assert Concept("pasal:5", ("pasal", "5")) in asked(text).leaves()


def test_true_equals_are_applied_and_told_and_quotes_switch_them_off() -> None:
    query = asked("iuran bpjs tk")
    assert any(isinstance(leaf, Concept) and leaf.key == "sama:bpjs ketenagakerjaan" for leaf in query.leaves())
    assert "BPJamsostek" in told("iuran bpjs tk")
    assert asked('"bpjs tk"').tree == Phrase(("bpjs", "tk"))
    assert "BPJamsostek" not in told('"bpjs tk"')


PIECES = [*'ab12 "()*-:~.,/\x00\n', " DAN ", " ATAU ", " TIDAK ", "pp ", "pasal ", "tahun:", "bpjs tk ", "jenis:uu "]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_arrangement_of_signs_has_a_query(text: str) -> None:
    query = parse(text, NAMES)
    assert query.text == text
    assert query.tree is not None or query.filters or not text.strip()


@given(st.text())
def test_any_text_has_a_query_that_says_what_it_is(text: str) -> None:
    query = parse(text, NAMES)
    assert query.understood or not text.strip()


@pytest.mark.parametrize(
    "text", ["pp 85/2013 pasal 4 ayat (1)", "pasal 4 ayat (1) pp 85/2013", "psl 4 ayat 1 dari PP nomor 85 tahun 2013"]
)
def test_a_pasal_may_stand_before_or_after_its_instrument(text: str) -> None:
    assert parse(text).identity == Identity("PP", "85", 2013, pasal="4", ayat="1")
    assert parse(text).rest == ""


def test_issuer_and_topic_are_fields() -> None:
    query = parse('iuran penerbit:"Bupati Katingan" topik:jamsostek')
    assert query.filters == Filters(penerbit=("bupati katingan",), topik=("jamsostek",))
    assert "Hanya penerbit bupati katingan; topik jamsostek." in query.understood


@pytest.mark.parametrize(
    "text",
    [
        "apa itu pekerja rentan?",
        "pengertian pekerja rentan",
        "yang dimaksud dengan Pekerja Rentan",
        "arti pekerja rentan",
    ],
)
def test_the_meaning_of_a_term_is_asked_in_plain_words(text: str) -> None:
    query = parse(text)
    assert Concept("arti:pekerja rentan", ("pekerja", "rentan")) in query.leaves()
    assert any("arti “pekerja rentan”" in sentence for sentence in query.understood)
    assert query.rest == "pekerja rentan"


def test_what_carries_an_act_out_is_asked_in_plain_words() -> None:
    query = parse("peraturan pelaksanaan uu nomor 24 tahun 2011")
    assert [leaf.key for leaf in query.leaves() if isinstance(leaf, Concept)] == [
        "laksana:UU:24/2011",
        "sebut:UU:24/2011",
    ]
    assert query.identity is None
    assert any("peraturan pelaksana Undang-Undang Nomor 24 Tahun 2011" in sentence for sentence in query.understood)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("iuran TIDAK pp 85/2013 nelayan",
         "Dicari: iuran dan tanpa (naskah Peraturan Pemerintah Nomor 85 Tahun 2013 sendiri atau pp 85 2013) dan nelayan."),
        ("iuran TIDAK bpjs tk sawit", "Dicari: iuran dan tanpa bpjs tk (atau padanannya) dan sawit."),
        ("iuran TIDAK sawit petani", "Dicari: iuran dan tanpa sawit dan petani."),
    ],
)  # fmt: skip
def test_what_is_named_by_several_words_is_excluded_whole(text: str, sentence: str) -> None:
    assert sentence in parse(text).understood
    assert parse(text).identity is None
