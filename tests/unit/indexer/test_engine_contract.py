"""What every search engine does, whatever library stands behind it."""

from __future__ import annotations

import errno
import gc
import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.engine import FACETS, Results, SearchEngine, Unit
from indexer.engines import open_engine
from indexer.errors import IndexDamaged, IndexUnavailable
from indexer.identities import identity_terms
from indexer.nodes import Filters, Identity, YearRange
from indexer.query import IdentityNames, parse
from indexer.whoosh_engine import WhooshEngine
from indexer.words import analyse

NAMES = IdentityNames.of([("Katingan", "62.06"), ("Kapuas", "62.03")])
Opener = Callable[[Path], SearchEngine]
ENGINES: dict[str, Opener] = {"whoosh": lambda root: open_engine(f"whoosh://{root}")}


def unit(
    unit_id: str,
    body: str,
    title: str = "",
    identity: Identity | None = None,
    scopes: tuple[str, ...] = ("00",),
    **facets: str,
) -> Unit:
    return Unit(
        id=unit_id,
        body=analyse(body),
        title=analyse(title),
        identity=identity_terms(identity) if identity else (),
        facets={name: facets.get(name, "") for name in FACETS},
        scopes=scopes,
        text_hash=f"hash of {body}",
    )


KATINGAN = unit(
    "d1",
    "Pemberi kerja wajib mendaftarkan pekerja. Pasal 5 sanksi administratif berupa denda Rp2.092.600.000",
    "Perlindungan jaminan sosial bagi pekerja rentan",
    Identity("Perbup", "6", 2019, ("62.06",)),
    jenis="Perbup",
    tahun="2019",
    wilayah="62.06",
    status="berlaku",
)
KAPUAS = unit(
    "d2",
    "Iuran BPJS Ketenagakerjaan dibayar setiap bulan menurut Peraturan Bupati Katingan Nomor 6 Tahun 2019",
    "Penganggaran iuran",
    Identity("Perbup", "12", 2021, ("62.03",)),
    jenis="Perbup",
    tahun="2021",
    wilayah="62.03",
    status="dicabut",
)
NATIONAL = unit(
    "d3",
    "Gubernur menetapkan denda dan sanksi administratif. Peserta Jamsostek membayar iuran",
    "Sistem jaminan sosial nasional",
    Identity("PP", "85", 2013),
    jenis="PP",
    tahun="2013",
    wilayah="00",
    status="berlaku",
)
UNREAD = unit("r4", "", "Tata cara hubungan antarlembaga", Identity("Inpres", "2", 2021), jenis="Inpres", tahun="2021")
UNITS = (KATINGAN, KAPUAS, NATIONAL, UNREAD)


@pytest.fixture(params=sorted(ENGINES))
def opener(request: pytest.FixtureRequest) -> Opener:
    return ENGINES[request.param]


@pytest.fixture
def engine(opener: Opener, tmp_path: Path) -> Iterator[SearchEngine]:
    found = opener(tmp_path / "indeks")
    found.replace_all(UNITS)
    yield found
    found.close()


def asked(engine: SearchEngine, text: str, **options: object) -> Results:
    return engine.search(parse(text, NAMES), **options)  # type: ignore[arg-type]


def ids(engine: SearchEngine, text: str, **options: object) -> list[str]:
    return [hit.id for hit in asked(engine, text, **options).hits]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sanksi", {"d1", "d3"}),
        ("sanksi gubernur", {"d3"}),
        ("gubernur ATAU bulan", {"d2", "d3"}),
        ("iuran -gubernur", {"d2"}),
        ("TIDAK iuran", {"d1", "r4"}),
        ("(sanksi ATAU bulan) TIDAK gubernur", {"d1", "d2"}),
        ("penetapan", {"d3"}),
        ('"menetapkan"', {"d3"}),
        ('"penetapan"', set()),
        ('"sanksi administratif"', {"d1", "d3"}),
        ('"administratif sanksi"', set()),
        ('"denda sanksi"', set()),
        ('"sanksi denda"~2', {"d1", "d3"}),
        ("admin*", {"d1", "d3"}),
        ("judul:iuran", {"d2"}),
        ('judul:"jaminan sosial"', {"d1", "d3"}),
        ("judul:jamin*", {"d1", "d3"}),
        ("2092600000", {"d1"}),
        ("Rp 2.092.600.000,00", {"d1"}),
        ("bpjs tk", {"d2", "d3"}),
        ('"bpjs tk"', set()),
        ("bpjamsostek iuran", {"d2", "d3"}),
        ("pasal 5", {"d1"}),
        ("pasal:5,6", {"d1"}),
        ("anggaran", {"d2"}),
        ("denda yang", {"d1", "d3"}),
        ("tahun:2019..2021", {"d1", "d2", "r4"}),
        ("sanksi jenis:perbup", {"d1"}),
        ("sanksi -jenis:perbup", {"d3"}),
        ("wilayah:62", {"d1", "d2"}),
        ("wilayah:katingan", {"d1"}),
        ("status:berlaku", {"d1", "d3"}),
        ("", {"d1", "d2", "d3", "r4"}),
        ("***", set()),
        ("tiadakata", set()),
    ],
)
def test_a_query_finds_what_it_says(engine: SearchEngine, text: str, expected: set[str]) -> None:
    results = asked(engine, text)
    assert {hit.id for hit in results.hits} == expected
    assert results.total == len(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("perbup katingan 6/2019", ["d1", "d2"]),
        ("peraturan bupati katingan nomor 6 tahun 2019", ["d1", "d2"]),
        ("pp 85/2013", ["d3"]),
        ("inpres 2 2021", ["r4"]),
        ("pp 85 tahun 2013 pasal 4", ["d3"]),
        ("perbup kapuas", ["d2"]),
        ("perbup katingan 6/2019 tiadakata", ["d1"]),
    ],
)
def test_an_instrument_comes_before_those_that_cite_it(engine: SearchEngine, text: str, expected: list[str]) -> None:
    assert ids(engine, text) == expected


def test_a_word_of_the_title_is_worth_more_than_one_of_the_body(engine: SearchEngine) -> None:
    assert ids(engine, "iuran") == ["d2", "d3"]
    assert ids(engine, "pekerja rentan ATAU denda")[0] == "d1"


def test_the_form_typed_is_worth_more_than_its_kin(engine: SearchEngine) -> None:
    engine.replace_all([unit("d1", "penetapan bersama"), unit("d2", "menetapkan bersama"), unit("d3", "lain sekali")])
    assert ids(engine, "menetapkan") == ["d2", "d1"]
    assert ids(engine, "penetapan") == ["d1", "d2"]


def test_facets_count_the_whole_result_and_add_up(engine: SearchEngine) -> None:
    results = asked(engine, "sanksi ATAU iuran", limit=1)
    assert len(results.hits) == 1
    assert results.facets["jenis"] == {"Perbup": 2, "PP": 1}
    assert results.facets["status"] == {"berlaku": 2, "dicabut": 1}
    assert all(sum(counts.values()) == results.total for counts in results.facets.values())
    assert asked(engine, "sanksi", facets=False).facets == {}


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(jenis=("Perbup",)), {"d1", "d2"}),
        (Filters(jenis=("Perbup", "PP")), {"d1", "d2", "d3"}),
        (Filters(tahun=(YearRange(2013, 2019),)), {"d1", "d3"}),
        (Filters(tahun=(YearRange(2013, 2013), YearRange(2021, None))), {"d2", "d3", "r4"}),
        (Filters(wilayah=("62",)), {"d1", "d2"}),
        (Filters(wilayah=("62.06",)), {"d1"}),
        (Filters(wilayah=("6",)), set()),
        (Filters(status=("Berlaku",)), {"d1", "d3"}),
        (Filters(jenis=("Perbup",), status=("berlaku",)), {"d1"}),
    ],
)
def test_filters_narrow_the_result_and_its_facets(engine: SearchEngine, filters: Filters, expected: set[str]) -> None:
    results = asked(engine, "", filters=filters)
    assert {hit.id for hit in results.hits} == expected
    assert sum(results.facets["jenis"].values()) == results.total == len(expected)


def test_filters_come_on_top_of_those_typed(engine: SearchEngine) -> None:
    assert ids(engine, "jenis:perbup", filters=Filters(tahun=(YearRange(2021, 2021),))) == ["d2"]
    assert ids(engine, "jenis:perbup", filters=Filters(jenis=("PP",))) == []


def test_a_reader_finds_only_what_he_may_see(engine: SearchEngine) -> None:
    secret = unit("d5", "sanksi rahasia", jenis="Perbup", scopes=("62.06",))
    shared = unit("d6", "sanksi bersama", jenis="Perbup", scopes=("62.03", "63"))
    hidden = unit("d7", "sanksi tersembunyi", jenis="Perbup", scopes=())
    engine.add([secret, shared, hidden])
    seen: dict[tuple[str, ...] | None, set[str]] = {
        ("62.06",): {"d5"},
        ("62",): {"d5", "d6"},
        ("62.03",): {"d6"},
        ("63.01",): set(),
        ("64",): set(),
        (): set(),
        None: {"d5", "d6", "d7"},
    }
    for scopes, own in seen.items():
        results = asked(engine, "sanksi", scopes=scopes)
        assert {hit.id for hit in results.hits} == own | {"d1", "d3"}
        assert results.total == len(own) + 2 == sum(results.facets["jenis"].values())


def test_what_nobody_may_see_is_not_told_to_be_there(engine: SearchEngine) -> None:
    engine.add([unit("d5", "rahasia", scopes=("62.06",))])
    assert asked(engine, "rahasia", scopes=("64",)).missing == ("rahasia",)


def test_an_empty_result_names_the_words_that_are_nowhere(engine: SearchEngine) -> None:
    assert asked(engine, "sanksi tiadakata").missing == ("tiadakata",)
    assert asked(engine, "gubernur bulan").missing == ()
    assert asked(engine, "sanksi").missing == ()


def test_pages_of_the_result_follow_one_another(engine: SearchEngine) -> None:
    engine.replace_all([unit(f"d{number}", "sanksi " * (number % 5 + 1) + "lain") for number in range(25)])
    whole = ids(engine, "sanksi", limit=25)
    assert [found for offset in range(0, 25, 4) for found in ids(engine, "sanksi", offset=offset, limit=4)] == whole
    assert len(set(whole)) == 25


def test_equal_scores_come_by_id(engine: SearchEngine) -> None:
    engine.replace_all([unit(unit_id, "sanksi denda") for unit_id in ("d3", "d1", "d2")])
    assert ids(engine, "sanksi") == ["d1", "d2", "d3"]


def test_of_equal_scores_what_is_in_force_comes_first_then_the_newer_and_pages_never_overlap(
    engine: SearchEngine,
) -> None:
    acts = {
        "d1": ("2024", "dicabut"), "d2": ("2015", "berlaku"), "d3": ("2021", ""), "d4": ("2021", "diubah"),
        "d5": ("", "berlaku"), "d6": ("2019", "habis"), "d7": ("2024", "tidak berlaku"),
    }  # fmt: skip
    engine.replace_all([unit(key, "sanksi denda", tahun=year, status=state) for key, (year, state) in acts.items()])
    found = asked(engine, "sanksi")
    assert [hit.id for hit in found.hits] == ["d3", "d4", "d2", "d5", "d1", "d7", "d6"]
    assert found.total == 7
    assert [hit for at in (0, 3, 6) for hit in asked(engine, "sanksi", offset=at, limit=3).hits] == list(found.hits)


def test_the_order_of_indexing_changes_no_score(opener: Opener, tmp_path: Path) -> None:
    chance = random.Random(5)
    texts = [" ".join(chance.choices(["sanksi", "denda", "iuran", "pekerja", "umum"], k=20)) for _ in range(30)]
    units = [unit(f"d{number}", text, text[:12]) for number, text in enumerate(texts)]
    one, other = opener(tmp_path / "satu"), opener(tmp_path / "dua")
    one.replace_all(units)
    other.replace_all([])
    for found in chance.sample(units, len(units)):
        other.add([found])
    for text in ("sanksi", "sanksi denda ATAU iuran", '"sanksi denda"', "pekerj*"):
        assert asked(one, text, limit=30) == asked(other, text, limit=30)
    one.close()
    other.close()


def test_adding_again_replaces(engine: SearchEngine) -> None:
    for _ in range(2):
        engine.add([unit("d1", "naskah pengganti"), unit("d1", "naskah terakhir")])
    assert ids(engine, "sanksi") == ["d3"]
    assert ids(engine, "terakhir") == ["d1"]
    assert ids(engine, "pengganti") == []
    assert len(engine.status().entries) == 4


def test_removing_is_safe_to_repeat(engine: SearchEngine) -> None:
    for _ in range(2):
        engine.remove(["d1", "d99"])
    assert ids(engine, "sanksi") == ["d3"]
    assert set(engine.status().entries) == {"d2", "d3", "r4"}


def test_the_status_tells_what_is_indexed_under_which_text(engine: SearchEngine) -> None:
    status = engine.status()
    assert status.entries == {found.id: found.text_hash for found in UNITS}
    assert status.version


def test_a_replaced_index_holds_the_new_units_and_no_others(engine: SearchEngine) -> None:
    engine.replace_all(iter([unit("d8", "naskah baru"), unit("d8", "naskah terbaru")]))
    assert engine.status().entries == {"d8": "hash of naskah terbaru"}
    assert ids(engine, "") == ["d8"]


def test_a_failed_rebuild_leaves_the_old_index(engine: SearchEngine) -> None:
    def broken() -> Iterator[Unit]:
        yield unit("d8", "naskah baru")
        raise RuntimeError("basis data terputus")

    with pytest.raises(RuntimeError):
        engine.replace_all(broken())
    assert set(ids(engine, "sanksi")) == {"d1", "d3"}
    engine.add([unit("d9", "tetap dapat ditambah")])
    engine.replace_all(UNITS)
    assert set(engine.status().entries) == {found.id for found in UNITS}


def test_search_serves_during_a_rebuild(engine: SearchEngine) -> None:
    def slow() -> Iterator[Unit]:
        yield unit("d8", "naskah baru")
        assert set(ids(engine, "sanksi")) == {"d1", "d3"}
        assert ids(engine, "baru") == []

    engine.replace_all(slow())
    assert ids(engine, "baru") == ["d8"]


def test_an_empty_index_answers(engine: SearchEngine) -> None:
    engine.replace_all([])
    assert asked(engine, "sanksi").total == 0
    engine.add([KATINGAN])
    assert ids(engine, "sanksi") == ["d1"]


def test_another_reader_sees_what_was_written(opener: Opener, engine: SearchEngine, tmp_path: Path) -> None:
    other = opener(tmp_path / "indeks")
    assert set(ids(other, "sanksi")) == {"d1", "d3"}
    engine.add([unit("d5", "sanksi baru")])
    assert set(ids(other, "sanksi")) == {"d1", "d3", "d5"}
    engine.replace_all([unit("d6", "sanksi lain")])
    assert ids(other, "sanksi") == ["d6"]
    other.close()


def test_a_closed_engine_opens_again_when_asked(engine: SearchEngine) -> None:
    engine.close()
    assert set(ids(engine, "sanksi")) == {"d1", "d3"}


def test_many_readers_and_a_writer_lose_nothing(engine: SearchEngine) -> None:
    failures: list[BaseException] = []

    def read() -> None:
        try:
            for _ in range(30):
                assert {"d1", "d3"} <= set(ids(engine, "sanksi", limit=100))
        except BaseException as error:
            failures.append(error)

    readers = [threading.Thread(target=read) for _ in range(8)]
    for reader in readers:
        reader.start()
    for number in range(10, 20):
        engine.add([unit(f"d{number}", "sanksi tambahan")])
    for reader in readers:
        reader.join()
    assert failures == []
    assert asked(engine, "sanksi").total == 12


PIECES = [
    *'ab12 "()*-:~.,/\x00\n',
    " DAN ",
    " ATAU ",
    " TIDAK ",
    "pp 85/2013 ",
    "pasal 5 ",
    "tahun:2021 ",
    "bpjs tk ",
    "sanksi ",
    "san",
]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join) | st.text())
def test_whatever_is_typed_can_be_searched(engine: SearchEngine, text: str) -> None:
    results = asked(engine, text)
    assert results.total == len(results.hits) <= len(UNITS)


@pytest.mark.parametrize(
    "text", ["(" * 10_000, '"' * 10_000, "sanksi " * 2_000, "*" * 10_000, "-" * 10_000, "a:" * 5_000, "\x00" * 9]
)
def test_ten_thousand_characters_can_be_searched(engine: SearchEngine, text: str) -> None:
    assert asked(engine, text).total <= len(UNITS)


def test_an_engine_nobody_knows_is_refused() -> None:
    for url in ("solr://tempat/indeks", "whoosh://tempat/indeks"):
        with pytest.raises(ValueError, match="tidak ada mesin"):
            open_engine(url)


REPOSITORY = Path(__file__).resolve().parents[3]
ENDLESS_WRITER = """
import sys
from pathlib import Path
from indexer.engine import Unit
from indexer.whoosh_engine import WhooshEngine
engine = WhooshEngine(Path(sys.argv[1]))
print("menulis", flush=True)
for number in range(10**6):
    engine.add([Unit(f"k{number}", ["sanksi", "administratif"] * 500, ["tambahan"], (), {})])
"""

ENDLESS_REBUILD = """
import sys, time
from pathlib import Path
import indexer.whoosh_engine
from indexer.engine import Unit
indexer.whoosh_engine.COMMIT_WORDS = 100
def units():
    for number in range(40):
        yield Unit(f"k{number}", ["naskah"] * 20, ["tambahan"], (), {}, text_hash="h")
        print(number, flush=True)
        if number == 30:
            time.sleep(600)
indexer.whoosh_engine.WhooshEngine(Path(sys.argv[1])).replace_all(units())
"""


class TestWhooshFiles:
    """What is true of the Whoosh engine's directory alone."""

    @pytest.fixture
    def root(self, tmp_path: Path) -> Path:
        engine = WhooshEngine(tmp_path)
        engine.replace_all(UNITS)
        engine.close()
        return tmp_path

    def test_an_index_not_yet_made_says_so_until_it_is(self, tmp_path: Path) -> None:
        engine = WhooshEngine(tmp_path / "belum")
        for attempt in (lambda: asked(engine, "sanksi"), lambda: engine.add(UNITS), engine.status):
            with pytest.raises(IndexUnavailable, match="belum dibuat"):
                attempt()
        engine.replace_all(UNITS)
        assert set(ids(engine, "sanksi")) == {"d1", "d3"}

    def test_an_index_of_another_version_is_not_used(self, root: Path) -> None:
        (root / "g1" / "version").write_text("whoosh.0/lama", encoding="utf-8")
        engine = WhooshEngine(root)
        with pytest.raises(IndexUnavailable, match="versi lain"):
            asked(engine, "sanksi")
        engine.replace_all(UNITS)
        assert set(ids(engine, "sanksi")) == {"d1", "d3"}

    # Whoosh leaves files open that it could not read; they are collected here, not in the next test.
    @pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
    @pytest.mark.parametrize("pattern", ["*.toc", "*.seg"])
    @pytest.mark.parametrize("damage", [b"", b"rusak" * 50])
    def test_a_damaged_index_is_named_and_can_be_rebuilt(self, root: Path, pattern: str, damage: bytes) -> None:
        for path in (root / "g1").glob(pattern):
            path.write_bytes(damage)
        engine = WhooshEngine(root)
        with pytest.raises(IndexUnavailable, match="dibangun ulang"):
            asked(engine, "sanksi")
        gc.collect()
        engine.replace_all(UNITS)
        assert set(ids(engine, "sanksi")) == {"d1", "d3"}

    @pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
    @pytest.mark.parametrize("damage", ["cut", "overwritten", "removed"])
    def test_damage_done_to_an_index_in_use_is_noticed_and_told_to_every_process(self, root: Path, damage: str) -> None:
        engine = WhooshEngine(root)
        assert asked(engine, "sanksi").total
        for path in (root / "g1").glob("*.seg"):
            size = path.stat().st_size
            if damage == "removed":
                path.unlink()
            else:
                path.write_bytes(b"\0" * (size if damage == "overwritten" else size // 2))
        with pytest.raises(IndexDamaged):
            engine.status()
        with pytest.raises(IndexDamaged):
            WhooshEngine(root).status()
        gc.collect()
        engine.replace_all(UNITS)
        assert set(ids(engine, "sanksi")) == {"d1", "d3"}

    def test_a_rebuild_tells_how_far_it_is_and_nothing_once_it_is_done(self, root: Path) -> None:
        told = []

        def watched() -> Iterator[Unit]:
            for one in UNITS:
                told.append(WhooshEngine(root).building())
                yield one

        engine = WhooshEngine(root)
        engine.replace_all(watched(), len(UNITS))
        assert [(one.done, one.total, one.goes_on) for one in told if one] == [(0, len(UNITS), True)] * len(UNITS)
        assert engine.building() is None

    def test_a_disk_that_becomes_full_ends_a_rebuild_with_a_message_and_the_old_index_serves(self, root: Path) -> None:
        def until_full() -> Iterator[Unit]:
            yield unit("d20", "naskah panjang")
            raise OSError(errno.ENOSPC, "No space left on device")

        engine = WhooshEngine(root)
        with pytest.raises(OSError, match="No space"):
            engine.replace_all(until_full(), 2)
        told = engine.building()
        assert told
        assert not told.goes_on
        assert "Ruang disk habis" in told.problem
        assert not (root / "building").exists(), "the room is given back"
        assert set(ids(engine, "sanksi")) == {"d1", "d3"}

    def test_a_rebuild_killed_in_the_middle_goes_on_with_the_rest(self, root: Path) -> None:
        child = subprocess.Popen(
            [sys.executable, "-c", ENDLESS_REBUILD, str(root)], cwd=REPOSITORY, stdout=subprocess.PIPE, text=True
        )
        assert child.stdout
        while child.stdout.readline().strip() != "30":
            pass
        child.kill()
        child.wait()
        child.stdout.close()
        segments = {path.name for path in (root / "building").glob("*.seg")}
        assert segments, "what was committed before stays"
        engine = WhooshEngine(root)
        assert set(ids(engine, "sanksi")) == {"d1", "d3"}, "the old index serves"
        engine.replace_all(
            Unit(f"k{number}", ["naskah"] * 20, ["tambahan"], (), {}, text_hash="h") for number in range(40)
        )
        assert segments <= {path.name for path in (root / "g2").glob("*.seg")}
        assert asked(engine, "naskah").total == 40

    def test_an_interrupted_rebuild_is_taken_up_where_it_stopped(self, root: Path) -> None:
        def interrupted() -> Iterator[Unit]:
            yield unit("d20", "naskah panjang")
            raise KeyboardInterrupt

        engine = WhooshEngine(root)
        with pytest.raises(KeyboardInterrupt):
            engine.replace_all(interrupted())
        toc = sorted((root / "building").glob("*.toc"))
        engine.replace_all([unit("d20", "naskah panjang")])
        assert sorted((root / "g2").glob("*.toc")) == [root / "g2" / path.name for path in toc]
        assert ids(engine, "") == ["d20"]

    def test_an_interrupted_rebuild_keeps_nothing_that_changed_since(self, root: Path) -> None:
        def interrupted() -> Iterator[Unit]:
            yield unit("d20", "naskah panjang", jenis="Perda")
            yield unit("d21", "dihapus kemudian")
            raise KeyboardInterrupt

        engine = WhooshEngine(root)
        with pytest.raises(KeyboardInterrupt):
            engine.replace_all(interrupted())
        engine.replace_all([unit("d20", "naskah panjang", jenis="Perbup")])
        assert asked(engine, "").facets["jenis"] == {"Perbup": 1}

    def test_a_second_writer_waits_and_then_says_why(self, root: Path) -> None:
        first, second = WhooshEngine(root), WhooshEngine(root, lock_timeout=0.1)

        def while_the_second_tries() -> Iterator[Unit]:
            with pytest.raises(IndexUnavailable, match="sedang ditulis"):
                second.add([KATINGAN])
            yield KAPUAS

        first.replace_all(while_the_second_tries())
        second.add([KATINGAN])
        assert set(second.status().entries) == {"d1", "d2"}

    def test_a_writer_killed_at_any_moment_leaves_a_whole_index(self, root: Path) -> None:
        for pause in (0.05, 0.15, 0.3):
            child = subprocess.Popen(
                [sys.executable, "-c", ENDLESS_WRITER, str(root)], cwd=REPOSITORY, stdout=subprocess.PIPE
            )
            assert child.stdout
            child.stdout.readline()
            time.sleep(pause)
            child.kill()
            child.wait()
            child.stdout.close()
            engine = WhooshEngine(root, lock_timeout=1)
            assert {found.id for found in UNITS} <= set(engine.status().entries)
            assert asked(engine, "sanksi administratif").total >= 2
            engine.add([KATINGAN])
            engine.close()

    def test_only_the_serving_index_and_the_one_before_stay_on_disk(self, root: Path) -> None:
        engine = WhooshEngine(root)
        for _ in range(3):
            engine.replace_all(UNITS)
        assert sorted(path.name for path in root.glob("g*")) == ["g3", "g4"]

    def test_a_rebuild_of_many_commits_has_every_unit(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("indexer.whoosh_engine.COMMIT_WORDS", 20)
        engine = WhooshEngine(root)
        engine.replace_all(unit(f"d{number}", "sanksi administratif lain", jenis="Perda") for number in range(60))
        results = asked(engine, '"sanksi administratif"')
        assert results.total == 60
        assert results.facets["jenis"] == {"Perda": 60}


def test_results_are_ordered_by_date_or_number_with_unknown_last_and_pages_never_overlap(engine: SearchEngine) -> None:
    days = ["2021-05-01", "2019-02-03", "", "2021", "2021-05-01"]
    made = [
        replace(unit(f"d{at}", "sanksi"), sort_keys={"tanggal": day, "nomor": f"{9 - at:012}"})
        for at, day in enumerate(days, 1)
    ]
    engine.replace_all(made)
    by_day = [hit.id for hit in engine.search(parse("sanksi", NAMES), order="tanggal").hits]
    assert by_day == ["d1", "d5", "d4", "d2", "d3"]
    pages = [engine.search(parse("sanksi", NAMES), order="tanggal", offset=at, limit=2).hits for at in (0, 2, 4, 6)]
    assert [hit.id for page in pages for hit in page] == by_day
    assert next(hit.id for hit in engine.search(parse("sanksi", NAMES), order="nomor").hits) == "d5"


def test_a_thing_with_several_topics_counts_under_each(engine: SearchEngine) -> None:
    several = unit("d1", "sanksi")
    engine.replace_all([replace(several, facets={**several.facets, "topik": ("iuran", "JKK")}), unit("d2", "sanksi")])
    found = engine.search(parse("sanksi", NAMES))
    assert found.facets["topik"] == {"": 1, "JKK": 1, "iuran": 1}
    assert engine.search(parse("sanksi", NAMES), filters=Filters(topik=("jkk",))).total == 1


def test_the_nearest_word_is_one_that_may_be_seen(engine: SearchEngine) -> None:
    hidden = Unit("d900", analyse("iuran zamrud"), analyse("zamrud"), (), {"wilayah": "52.03"}, scopes=("52.03",))
    engine.add([hidden])
    assert engine.nearest(["zamrut"]) == {"zamrut": "zamrud"}
    assert engine.nearest(["zamrut"], scopes=["62"]) == {}
    assert engine.nearest(["zamrud", "12a", "zzz"]) == {}, "known, no word, too short"


def test_a_word_of_hardly_any_text_has_a_far_commoner_neighbour_that_may_be_seen(engine: SearchEngine) -> None:
    common = [unit(f"d{at}", "zamrud", scopes=("52.03" if at > 19 else "00",)) for at in range(10, 40)]
    engine.add([*common, unit("d40", "zamrut"), unit("d41", "zamrut")])
    assert engine.commoner(["zamrut", "zamrud", "zamrux", "iuran"]) == {"zamrut": "zamrud"}
    assert engine.commoner(["zamrut"], scopes=["62"]) == {}, "seen in ten texts, five times as many"
    engine.add([unit("d42", "zamrut")])
    assert engine.commoner(["zamrut"]) == {}, "no longer rare"


def test_a_score_is_explained_by_parts_that_add_up(engine: SearchEngine) -> None:
    query = parse("iuran")
    hits = engine.search(query, limit=50).hits
    assert hits
    for hit in hits:
        told = engine.explain(query, hit.id)
        assert told is not None
        assert told.score == pytest.approx(hit.score, abs=1e-5) == sum(part.score for part in told.parts)
    assert engine.explain(parse("zzzzzz"), hits[0].id) is None
    assert engine.explain(query, "d123456") is None
