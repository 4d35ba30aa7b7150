"""Searching held documents through the real index: grouped hits, pages with Pasal, filters, rights, notices."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from sqlalchemy.orm import Session

from compliance.actor import Actor, Grant, Role
from compliance.config import Settings
from compliance.db import now, transaction
from compliance.errors import SearchUnavailable
from compliance.models import Document, File, Page, Part
from compliance.queries.engines import serving_engine
from compliance.queries.search import Answer, Asked, search
from compliance.queries.search_scores import explained
from compliance.services import audit
from compliance.services.indexing import bring_index_up_to_date, index_state, rebuild
from indexer.words import analyse

PAGES = (
    "PERATURAN BUPATI KATINGAN\nNOMOR 6 TAHUN 2019\nTENTANG\nPERLINDUNGAN PEKERJA\nMenimbang bahwa pekerja rentan perlu dilindungi",
    "Pasal 7\n(1) Iuran pekerja rentan dibebankan pada anggaran daerah.\nPasal 8\nPetani dan nelayan didaftarkan.",
)


@dataclass
class Desk:
    """A database with an index, and someone who asks."""

    session: Session
    settings: Settings
    actor: Actor

    def hold(self, pages: tuple[str, ...] = PAGES, **identity: object) -> Document:
        """A document with these page texts is held (and not yet indexed)."""
        count = self.session.query(Document).count()
        shown = {
            "jenis": "Perbup",
            "nomor": "6",
            "tahun": 2019,
            "wilayah": "62.06",
            "judul": "PERLINDUNGAN PEKERJA",
        } | identity
        with transaction(self.session):
            sha = f"{count:064d}"
            self.session.add(File(sha256=sha, size_bytes=1, names=[f"{count}.pdf"], received_at=now()))
            document = Document(
                file_sha256=sha,
                page_count=len(pages),
                search_hash=sha,
                received_at=now(),
                reading_state="terbaca",
                **shown,
            )
            self.session.add(document)
            self.session.flush()
            for number, text in enumerate(pages, 1):
                self.session.add(
                    Page(document_id=document.id, number=number, width=595, height=842, text=text, boxes=b"", source="asli",
                         terms=" ".join(analyse(text)))
                )  # fmt: skip
            start, end = pages[-1].find("Pasal 7"), len(pages[-1])
            if start >= 0:
                self.session.add(
                    Part(document_id=document.id, urutan=0, kind="pasal", number="7", page=len(pages), start=start,
                         end_page=len(pages), end=end)
                )  # fmt: skip
            audit.record(self.session, self.actor, "uji", ("dokumen", document.id))
        return document

    def index(self) -> int:
        return bring_index_up_to_date(self.session, self.settings)

    def ask(self, text: str, actor: Actor | None = None, **filters: tuple[str, ...]) -> Answer:
        return search(
            self.session, actor or self.actor, serving_engine(self.settings.index_url), Asked(text, **filters)
        )


@pytest.fixture
def desk(session: Session, settings: Settings, actor: Actor) -> Desk:
    return Desk(session, settings, actor)


def test_a_hit_is_a_document_with_its_best_page_its_pasal_and_marked_words(desk: Desk) -> None:
    document = desk.hold()
    desk.index()
    answer = desk.ask("iuran pekerja rentan")
    assert answer.hits[0].document == document
    page = next(found for found in answer.hits[0].pages if found.number == 2)
    assert page.pasal == "Pasal 7"
    marked = {page.snippet.text[start:end].lower() for start, end in page.snippet.marks}
    assert {"iuran", "pekerja", "rentan"} <= {word for text in marked for word in text.split()}


def test_words_that_stand_on_different_pages_find_the_document(desk: Desk) -> None:
    document = desk.hold()
    desk.index()
    assert desk.ask("menimbang nelayan").hits[0].document == document


def test_an_identity_finds_its_instrument_first_held_or_not(desk: Desk) -> None:
    document = desk.hold()
    desk.index()
    assert desk.ask("perbup katingan 6/2019").hits[0].document == document
    first = desk.ask("pp 85/2013").hits[0]
    assert first.document is None
    assert (first.act.jenis, first.act.nomor, first.act.tahun) == ("PP", "85", 2013)


def test_filters_narrow_and_counts_cover_the_whole_result(desk: Desk) -> None:
    desk.hold()
    desk.hold(nomor="7", tahun=2020)
    desk.hold(jenis="Perda", nomor="8", wilayah="52.03")
    desk.index()
    everything = desk.ask("nelayan")
    assert everything.total == 3
    assert everything.facets["jenis"] == {"Perbup": 2, "Perda": 1}
    assert desk.ask("nelayan", tahun=("2020",)).total == 1
    assert desk.ask("nelayan", tahun=("2019..2020",)).total == 3
    assert desk.ask("nelayan", wilayah=("62",)).total == 2, "a province includes its kabupaten"
    assert desk.ask("nelayan", jenis=("Perda",)).hits[0].act.wilayah == "52.03"


def test_an_unknown_filter_matches_nothing_and_says_so(desk: Desk) -> None:
    desk.hold()
    desk.index()
    answer = desk.ask("nelayan", tahun=("dua ribu",))
    assert answer.total == 0
    assert "saringan_tidak_dikenal" in {notice.code for notice in answer.notices}


@pytest.mark.parametrize(
    "asked", [{"wilayah": ("62.99",)}, {"wilayah": ("kutai",)}, {"status": ("sah",)}, {"jenis": ("x",)}]
)
def test_a_region_status_or_kind_that_does_not_exist_is_told(desk: Desk, asked: dict[str, tuple[str, ...]]) -> None:
    desk.hold()
    desk.index()
    answer = desk.ask("nelayan", **asked)
    assert (answer.total, answer.notices[0].code) == (0, "saringan_tidak_dikenal")


def test_the_nations_code_narrows_to_acts_of_no_region(desk: Desk) -> None:
    desk.hold()
    desk.hold(jenis="UU", nomor="24", tahun=2011, wilayah=None)
    desk.index()
    assert [hit.act.jenis for hit in desk.ask("nelayan", wilayah=("00",)).hits] == ["UU"]
    assert desk.ask("nelayan", wilayah=("indonesia",)).total == 1


def test_samples_are_searched_only_where_nothing_else_is_held(desk: Desk) -> None:
    sample = desk.hold(is_sample=True)
    desk.index()
    assert desk.ask("nelayan").hits[0].document == sample
    real = desk.hold(nomor="9")
    desk.index()
    answer = desk.ask("nelayan")
    assert [hit.document for hit in answer.hits] == [real]
    assert (answer.total, answer.facets["jenis"]) == (1, {"Perbup": 1})
    assert {notice.code: notice.count for notice in answer.notices}["contoh_tidak_dicari"] == 1
    assert index_state(desk.session, serving_engine(desk.settings.index_url)).out_of_date == 0


def test_a_reader_of_one_province_finds_nothing_of_another(desk: Desk) -> None:
    desk.hold()
    desk.hold(nomor="8", wilayah="52.03")
    desk.index()
    reader = Actor(9, "Ani", (Grant(Role.PEMBACA, "52"),))
    answer = desk.ask("nelayan", reader)
    assert [hit.act.wilayah for hit in answer.hits] == ["52.03"]
    assert answer.facets["wilayah"] == {"52.03": 1}


def test_pages_nobody_could_read_are_announced_beside_the_results(desk: Desk) -> None:
    desk.hold(pages_unread=2)
    desk.index()
    notices = {notice.code: notice.count for notice in desk.ask("nelayan").notices}
    assert notices["halaman_belum_terbaca"] == 2


def test_without_an_index_search_says_so_and_the_next_sync_builds_it(desk: Desk) -> None:
    desk.hold()
    with pytest.raises(SearchUnavailable):
        desk.ask("nelayan")
    assert desk.index() > 1
    assert desk.ask("nelayan").total == 1


def test_the_index_follows_changes_and_removals(desk: Desk) -> None:
    document = desk.hold()
    desk.index()
    with transaction(desk.session):
        document.judul, document.search_hash = "KESELAMATAN NELAYAN LAUT", "f" * 64
        audit.record(desk.session, desk.actor, "uji", ("dokumen", document.id))
    engine = serving_engine(desk.settings.index_url)
    assert index_state(desk.session, engine).out_of_date == 1
    assert desk.index() == 1
    assert desk.ask("judul:keselamatan").total == 1
    with transaction(desk.session):
        document.page_count = 0
        audit.record(desk.session, desk.actor, "uji", ("dokumen", document.id))
    desk.index()
    assert desk.ask("judul:keselamatan").total == 0


def test_a_rebuilt_index_answers_the_same(desk: Desk) -> None:
    desk.hold()
    desk.index()
    before = desk.ask("pekerja")
    engine = serving_engine(desk.settings.index_url)
    rebuild(desk.session, engine)
    after = desk.ask("pekerja")
    assert (after.total, [hit.act.id for hit in after.hits]) == (before.total, [hit.act.id for hit in before.hits])
    assert index_state(desk.session, engine).out_of_date == 0


@pytest.mark.parametrize(
    "odd", ['"', "(((", "*", "tahun:", "a AND", "\x00\x07", "x" * 10_000, "“pekerja", "-", "OR OR"]
)
def test_odd_queries_get_an_answer_and_a_sentence_never_an_error(desk: Desk, odd: str) -> None:
    desk.hold()
    desk.index()
    answer = desk.ask(odd)
    assert answer.total >= 0
    assert answer.total > 0 or answer.query.understood or answer.missing


def test_a_pasal_asked_for_by_number_is_the_page_shown(desk: Desk) -> None:
    desk.hold()
    desk.index()
    page = desk.ask("perbup katingan 6/2019 pasal 7").hits[0].pages[0]
    assert (page.number, page.pasal) == (2, "Pasal 7")


def test_a_hit_tells_the_ayat_beside_the_pasal(desk: Desk) -> None:
    document = desk.hold()
    with transaction(desk.session):
        pasal = desk.session.query(Part).filter_by(document_id=document.id).one()
        place = {"page": pasal.page, "start": pasal.start + 8, "end_page": pasal.end_page, "end": pasal.end}
        desk.session.add(
            Part(document_id=document.id, urutan=1, parent_urutan=0, kind="ayat", number="2", heading="", **place)
        )
        audit.record(desk.session, desk.actor, "uji", ("dokumen", document.id))
    desk.index()
    page = next(found for found in desk.ask("iuran pekerja rentan").hits[0].pages if found.number == 2)
    assert (page.pasal, page.tempat) == ("Pasal 7", "Pasal 7 ayat (2)")


def test_where_nothing_is_found_a_wider_question_is_offered_not_asked(desk: Desk) -> None:
    desk.hold(("nelayan",))
    desk.hold(("petani",), nomor="7")
    desk.index()
    answer = desk.ask("nelayan petani")
    assert (answer.total, answer.wider) == (0, "nelayan ATAU petani")
    assert desk.ask(answer.wider).total == 2


def test_a_word_nobody_wrote_is_searched_as_the_nearest_written_one_and_that_is_told(desk: Desk) -> None:
    desk.hold()
    desk.index()
    answer = desk.ask("iurn pekerj rentan")
    assert answer.total == 1
    assert dict(answer.respelt) == {"iurn": "iuran", "pekerj": "pekerja"}
    assert [note.text for note in answer.notices][:2] == [
        "“iurn” tidak ada di naskah; dicari “iuran”.",
        "“pekerj” tidak ada di naskah; dicari “pekerja”.",
    ]
    assert answer.exact == '"iurn" "pekerj" rentan'
    assert desk.ask(answer.exact).total == 0, "quotes search what was typed"


def test_a_short_list_beside_a_far_commoner_neighbour_offers_that_and_stays_as_it_is(desk: Desk) -> None:
    slip = desk.hold(("Nelayar mendapat bantuan iuran.",), nomor="99", judul="BANTUAN")
    for number in range(10):
        desk.hold(("Nelayan mendapat iuran.",), nomor=str(number), judul="LAIN")
    desk.index()
    answer = desk.ask("nelayar iuran")
    assert [hit.document for hit in answer.hits] == [slip]
    assert (answer.total, answer.likelier) == (1, "nelayan iuran")
    assert desk.ask(answer.likelier).total == 10
    assert desk.ask("nelayan iuran").likelier == desk.ask('"nelayar" iuran').likelier == ""


def test_a_law_word_torn_by_ocr_is_found_and_marked_as_if_it_were_whole(desk: Desk) -> None:
    torn = desk.hold(("KEPUTUSAN WALIKOTA TENT ANG PERATUR AN DAERAH PROVINS! RIAU",), nomor="9", judul="LAIN")
    desk.index()
    for typed in ("peraturan provinsi riau", '"tentang peraturan daerah provinsi"', "TENT ANG PERATUR AN RIAU"):
        answer = desk.ask(typed)
        assert [hit.document for hit in answer.hits] == [torn]
        assert not answer.respelt
        shown = answer.hits[0].pages[0].snippet
        marked = " ".join(shown.text[start:end] for start, end in shown.marks)
        assert "PERATUR AN" in marked


def test_a_near_word_that_only_others_may_read_is_not_told(desk: Desk) -> None:
    desk.hold(wilayah="62.06")
    desk.hold(("Peraturan lain tentang jalan.",), wilayah="52.03", nomor="9", judul="JALAN")
    desk.index()
    reader = Actor(9, "Ani", (Grant(Role.PEMBACA, "52"),))
    answer = desk.ask("nelayn", reader)
    assert not answer.respelt
    assert not answer.hits
    assert desk.ask("nelayn").respelt == {"nelayn": "nelayan"}


def test_where_no_text_has_all_words_those_with_some_follow_and_are_called_that(desk: Desk) -> None:
    both = desk.hold()
    one = desk.hold(("Pasal 1\nNelayan mendapat bantuan.",), nomor="7")
    desk.index()
    answer = desk.ask("petani nelayan zwetschge")
    assert answer.total == 0
    assert answer.partial == answer.listed == 2
    assert [hit.document.id for hit in answer.hits if hit.document] == [both.id, one.id], "more of the words first"
    assert "sebagian_kata" in {note.code for note in answer.notices}
    assert answer.missing == ("zwetschge",)
    assert sum(answer.facets["tahun"].values()) == 2


def test_the_meaning_of_a_term_opens_where_it_is_defined(desk: Desk) -> None:
    users = desk.hold(
        ("Pekerja rentan, pekerja rentan, pekerja rentan didaftarkan.",), nomor="8", judul="PEKERJA RENTAN"
    )
    pages = ("PERATURAN", "Pasal 7\nDalam Peraturan ini:\n1. Pekerja rentan adalah pekerja yang berpenghasilan rendah.")
    definer = desk.hold(pages, nomor="9", judul="PERLINDUNGAN")
    desk.index()
    answer = desk.ask("apa itu pekerja rentan?")
    assert [hit.document.id for hit in answer.hits if hit.document] == [definer.id, users.id]
    [page] = answer.hits[0].pages
    assert (page.number, page.pasal) == (2, "Pasal 7")
    assert page.snippet.text.startswith("1. Pekerja rentan adalah") or page.snippet.text.startswith("1 Pekerja")


@pytest.mark.parametrize(
    "text", ["pekerja rentan", "perbup katingan 6/2019 iuran", "petani nelayan zwetschge", '"iuran pekerja"', "bpjs*"]
)
def test_an_explained_score_is_the_sum_of_its_parts_and_orders_the_hits(desk: Desk, text: str) -> None:
    desk.hold()
    desk.hold(("Pekerja rentan di laut: nelayan. BPJS.",), nomor="7", judul="NELAYAN")
    desk.index()
    engine = serving_engine(desk.settings.index_url)
    answer = desk.ask(text)
    scores = explained(engine, answer)
    found = engine.search(answer.query, limit=10).hits
    assert {hit.id: pytest.approx(hit.score, abs=1e-5) for hit in found} == {
        unit: part.score for unit, part in scores.items()
    }
    for part in scores.values():
        assert part.score == pytest.approx(sum(one.score for one in part.parts))
        for one in part.parts:
            assert not one.parts or one.score == pytest.approx(sum(field.score for field in one.parts))
