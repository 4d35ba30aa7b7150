"""Results of a search: order, facets that add up, one Pasal, and why nothing was found."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest
from sqlalchemy.orm import Session

from compliance.actor import Actor
from compliance.config import Settings
from tests.integration.test_search import PAGES, Desk


@pytest.fixture
def desk(session: Session, settings: Settings, actor: Actor) -> Desk:
    return Desk(session, settings, actor)


def test_every_facet_adds_up_to_the_total_and_says_what_is_unknown(desk: Desk) -> None:
    desk.hold(penerbit="Bupati Katingan")
    desk.hold(nomor="7", jenis=None, tahun=None)
    desk.index()
    answer = desk.ask("nelayan")
    assert {name: sum(counts.values()) for name, counts in answer.facets.items()} == dict.fromkeys(answer.facets, 2)
    assert answer.facets["penerbit"] == {"": 1, "Bupati Katingan": 1}
    assert desk.ask("nelayan", penerbit=("Bupati Katingan",)).total == 1


def test_results_are_sorted_by_date_and_number_with_unknown_last(desk: Desk) -> None:
    old = desk.hold(nomor="12", ditetapkan=date(2019, 1, 2))
    unknown = desk.hold(nomor=None, tahun=None)
    new = desk.hold(nomor="9", tahun=2021)
    desk.index()
    by_date = desk.ask("nelayan", urut="tanggal")  # type: ignore[arg-type]
    assert [hit.document for hit in by_date.hits] == [new, old, unknown]
    by_number = desk.ask("nelayan", urut="nomor")  # type: ignore[arg-type]
    assert [hit.document for hit in by_number.hits] == [new, old, unknown]


def test_within_one_pasal_all_words_stand_together_and_that_pasal_is_shown(desk: Desk) -> None:
    desk.hold()
    whole = partial(desk.ask, dalam="pasal")
    desk.index()
    found = whole("iuran pekerja rentan")
    assert (found.total, found.hits[0].pages[0].pasal) == (1, "Pasal 7")
    assert found.facets["jenis"] == {"Perbup": 1}
    apart = whole("menimbang nelayan")
    assert (apart.total, apart.unfiltered) == (0, 1), "the words stand in the document, not in one Pasal"
    assert whole('"iuran pekerja rentan" TIDAK anggaran').total == 0


def test_nothing_found_says_how_many_there_are_without_filters(desk: Desk) -> None:
    desk.hold()
    desk.index()
    assert desk.ask("nelayan", tahun=("1999",)).unfiltered == 1
    assert desk.ask("nelayan tahun:1999").unfiltered == 1
    assert desk.ask("takpernahada").unfiltered is None
    assert desk.ask("nelayan").unfiltered is None


def test_pages_of_results_never_overlap_and_one_past_the_end_is_empty_with_the_total(desk: Desk) -> None:
    for number in range(12):
        desk.hold(PAGES, nomor=str(number))
    desk.index()
    pages = [desk.ask("nelayan", page=page, limit=5) for page in (1, 2, 3, 4)]  # type: ignore[arg-type]
    seen = [hit.document.id for page in pages for hit in page.hits if hit.document]
    assert len(seen) == len(set(seen)) == 12
    assert (pages[3].total, pages[3].hits) == (12, [])
