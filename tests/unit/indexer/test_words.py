"""What a word is."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indexer.concepts import EQUALS, article, citation, concepts, spans
from indexer.words import ANALYSIS_VERSION, analyse, exact, stem, stems, tokens


@pytest.mark.parametrize(
    ("printed", "word"),
    [
        ("TENTANG", "tentang"),
        ("ﬁskal", "fiskal"),
        ("café", "cafe"),
        ("cafe\u0301", "cafe"),
        ("Jum'at", "jumat"),
        ("peme\u00adrintah", "pemerintah"),
        ("pemerin-\ntah", "pemerintah"),
        ("PEMERIN-\r\n  TAH", "pemerintah"),
        ("pemerin\ufffe\ntah", "pemerintah"),
        ("2OL4", "2014"),
        ("l1", "11"),
        ("007", "7"),
        ("Rp2.092.600.000", "2092600000"),
        ("Rp 2.092.600.000,00", "2092600000"),
        ("Rp. 2.092.600.000,-", "2092600000"),
        ("2.O92.6OO.OOO", "2092600000"),
        ("Rp16.800", "16800"),
        ("Rp500", "500"),
        ("12a", "12a"),
        ("S1", "s1"),
        ("TENT ANG", "tentang"),
        ("T E N T A N G", "tentang"),
        ("PERATUR AN", "peraturan"),
        ("PROVINS!", "provinsi"),
        ("SOS|AL", "sosial"),
        ("JAMlNAN", "jaminan"),
    ],
)
def test_spellings_a_reader_calls_equal_are_one_word(printed: str, word: str) -> None:
    assert analyse(printed) == [word]
    assert exact(printed) == word


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        ("85/2013", ["85", "2013"]),
        ("non-ASN", ["non", "asn"]),
        ("non-\nASN", ["non", "asn"]),
        ("undang-\nundang", ["undang", "undang"]),
        ("perundang-\nundangan", ["perundang", "undangan"]),
        ("2019-\n2024", ["2019", "2024"]),
        ("26,04 %", ["26", "4"]),
        ("ayat (2)", ["ayat", "2"]),
        ("842.2/5193/SJ", ["842", "2", "5193", "sj"]),
        ("62.06", ["62", "6"]),
        ("dan/atau", ["dan", "atau"]),
        ("tent ang", ["tent", "ang"]),
        ("KE PUTUSAN", ["ke", "putusan"]),
        ("IBU PATI", ["ibu", "pati"]),
        ("TENT\nANG", ["tent", "ang"]),
        ("PER ATURANNYA", ["per", "aturannya"]),
        ("BUPATI! AWAS!", ["bupati", "awas"]),
        ("PERATURAN-\nNYA", ["peraturannya"]),
        ("", []),
        ("--- … “”", []),
    ],
)
def test_what_stands_apart_stays_apart(printed: str, words: list[str]) -> None:
    assert analyse(printed) == words


def test_a_token_knows_where_it_is_printed() -> None:
    text = "Anggaran: Rp2.092.600.000 bagi pemerin-\ntah dan undang-\nundang"
    assert [text[token.start : token.end] for token in tokens(text)] == [
        "Anggaran",
        "Rp2.092.600.000",
        "bagi",
        "pemerin-\ntah",
        "dan",
        "undang",
        "undang",
    ]


@given(st.text())
def test_tokens_and_analysis_agree_on_any_text(text: str) -> None:
    found = list(tokens(text))
    assert [token.text for token in found] == analyse(text)
    assert all(token.text and " " not in token.text for token in found)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))


@given(
    st.lists(
        st.sampled_from(["TENT", "ANG", "TENTANG", "PROVINS", "I", "!", " ", "-\n", "\n", "'", "x", "1", "DAE", "RAH"])
    )
)
def test_torn_law_words_are_the_same_words_for_index_and_highlighter(pieces: list[str]) -> None:
    text = "".join(pieces)
    found = list(tokens(text))
    assert [token.text for token in found] == analyse(text)
    assert [exact(text[token.start : token.end]) for token in found] == analyse(text)


@given(st.text())
@example("¼ILO")
def test_a_word_analysed_again_is_the_same_word(text: str) -> None:
    words = analyse(text)
    assert analyse(" ".join(words)) == words


@pytest.mark.parametrize(
    "kin",
    [
        "anggaran penganggaran dianggarkan menganggarkan",
        "menetapkan ditetapkan penetapan tetap",
        "berlaku diberlakukan berlakunya",
        "mengawasi pengawasan pengawas diawasi",
        "mengelola pengelolaan dikelola kelola",
        "menteri kementerian",
        "kepesertaan peserta",
        "menerima penerima penerimaan diterima",
        "mendaftarkan pendaftaran terdaftar",
        "perlindungan melindungi dilindungi",
        "nilai penilaian dinilai menilai",
    ],
)
def test_kin_share_a_stem(kin: str) -> None:
    assert len(set(stems(kin.split()))) == 1


@pytest.mark.parametrize(
    ("word", "other"),
    [("menteri", "teri"), ("berita", "ita"), ("kepala", "pala"), ("kepesertaan", "serta"), ("media", "dia")],
)
def test_strangers_do_not_share_a_stem(word: str, other: str) -> None:
    assert stem(word) != stem(other)


def test_a_particle_does_not_hide_a_word_from_its_stem() -> None:
    assert stem("menterinya") == "menteri"


def test_a_token_of_a_torn_word_covers_it_whole() -> None:
    text = "PERATUR AN DAERAH TENT ANG PROVINS! A"
    places = [text[token.start : token.end] for token in tokens(text)]
    assert places == ["PERATUR AN", "DAERAH", "TENT ANG", "PROVINS!", "A"]


def test_the_version_follows_the_reviewed_data() -> None:
    rules, _, data = ANALYSIS_VERSION.partition(".")
    assert rules
    assert len(data) == 8


@pytest.mark.parametrize("name", ["BPJS Ketenagakerjaan", "BPJS TK", "BPJamsostek", "Jamsostek"])
def test_the_names_of_the_programme_are_one_concept(name: str) -> None:
    assert "sama:bpjs ketenagakerjaan" in concepts(analyse(f"peserta {name} aktif"))


def test_no_name_belongs_to_two_groups_of_equals() -> None:
    owners = [" ".join(analyse(name)) for names in EQUALS.values() for name in dict.fromkeys(map(exact, names))]
    assert len(owners) == len(set(owners))


def test_an_article_and_a_citation_are_concepts_with_their_words() -> None:
    words = analyse("dimaksud dalam Pasal 5 Peraturan Daerah Kabupaten Katingan Nomor 6 Tahun 2019 tentang")
    found = {span.key: " ".join(words[span.first : span.end]) for span in spans(words)}
    assert found[article("5")] == "pasal 5"
    assert found[citation("Perda", None, "6", 2019)] == "peraturan daerah kabupaten katingan nomor 6 tahun 2019"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Peraturan Pemerintah Pengganti Undang-Undang Nomor 1 Tahun 2020", citation("Perppu", None, "1", 2020)),
        ("Undang-Undang Republik Indonesia Nomor 13 Tahun 2003", citation("UU", None, "13", 2003)),
        ("Permenaker 1/2025", citation("Permen", "ketenagakerjaan", "1", 2025)),
        ("Peraturan Menteri Ketenagakerjaan Nomor 1 Tahun 2025", citation("Permen", "ketenagakerjaan", "1", 2025)),
        ("Peraturan Menteri Ketenagakerjaan Nomor 1 Tahun 2025", citation("Permen", None, "1", 2025)),
    ],
)
def test_instruments_are_known_however_they_are_cited(text: str, key: str) -> None:
    assert [found for found in concepts(analyse(text)) if found.startswith("sebut:")].count(key) == 1


def test_a_date_is_no_citation() -> None:
    assert not [key for key in concepts(analyse("peraturan bupati ini berlaku 31/12/2013")) if key.startswith("sebut:")]
