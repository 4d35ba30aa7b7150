"""What a reader sees of the documents: its own regions, everything of no region, samples listed but never counted."""

from __future__ import annotations

import io
from typing import Any

import pytest
from sqlalchemy.orm import Session

from compliance.actor import Actor, Grant, Role
from compliance.config import Settings
from compliance.db import transaction
from compliance.errors import NotFound
from compliance.models import Document, Page, Part
from compliance.queries import documents as held
from compliance.queries.documents import DocumentFilter
from compliance.services import documents

KALTENG_READER = Actor(None, "pembaca", (Grant(Role.PEMBACA, "62.06"),))
NOBODY = Actor(None, "tamu")

HELD: dict[str, dict[str, Any]] = {
    "katingan.pdf": {"wilayah": "62.06", "jenis": "Perbup", "tahun": 2019, "judul": "JAMINAN SOSIAL", "page_count": 3},
    "kapuas.pdf": {"wilayah": "62.03", "jenis": "Perbup", "tahun": 2021, "doubtful": ["nomor"], "pages_unread": 1},
    "kalteng.pdf": {"wilayah": "62", "jenis": "Pergub", "tahun": 2021},
    "lombok timur.pdf": {"wilayah": "52.03", "jenis": "Perbup", "tahun": 2024, "page_count": 5},
    "undang-undang.pdf": {"wilayah": None, "jenis": "UU", "tahun": 2011, "page_count": 40, "pages_ocr": 2},
    "contoh.pdf": {"wilayah": "62.06", "jenis": "Perbup", "is_sample": True, "page_count": 9},
    "rusak.pdf": {"reading_state": "gagal", "failure_code": "rusak", "failure_reason": "Berkas rusak."},
}


@pytest.fixture
def ids(session: Session, actor: Actor, settings: Settings) -> dict[str, int]:
    """The documents of HELD, by name."""
    made: dict[str, int] = {}
    with transaction(session):
        for name, values in HELD.items():
            kept = documents.keep_bytes(settings.store, io.BytesIO(name.encode()))
            document = documents.receive_document(session, actor, kept, name).document
            for column, value in ({"reading_state": "terbaca"} | values).items():
                setattr(document, column, value)
            made[name] = document.id
    return made


def names(session: Session, actor: Actor, **asked: Any) -> list[str]:
    chosen = DocumentFilter(**asked)
    listed = held.documents(session, actor, chosen)
    assert held.document_count(session, actor, chosen) == len(listed)
    return sorted(document.file_name for document in listed)


def test_a_reader_sees_its_province_and_what_belongs_to_no_region(session: Session, ids: dict[str, int]) -> None:
    assert names(session, KALTENG_READER) == sorted(set(HELD) - {"lombok timur.pdf"})
    assert held.document_by_id(session, KALTENG_READER, ids["kapuas.pdf"]).wilayah == "62.03"
    with pytest.raises(NotFound):
        held.document_by_id(session, KALTENG_READER, ids["lombok timur.pdf"])
    with pytest.raises(NotFound):
        held.pages_of(session, KALTENG_READER, ids["lombok timur.pdf"])


def test_who_has_no_role_sees_nothing(session: Session, ids: dict[str, int]) -> None:
    assert names(session, NOBODY) == []
    assert held.reading_counts(session, NOBODY).documents == 0
    with pytest.raises(NotFound):
        held.document_by_id(session, NOBODY, ids["undang-undang.pdf"])


def test_filters_narrow_the_list(session: Session, actor: Actor, ids: dict[str, int]) -> None:
    assert names(session, actor, wilayah="62", sample=False) == ["kalteng.pdf", "kapuas.pdf", "katingan.pdf"]
    assert names(session, actor, wilayah="62.06", sample=True) == ["contoh.pdf"]
    assert names(session, actor, jenis="Perbup", tahun=2024) == ["lombok timur.pdf"]
    assert names(session, actor, doubtful=True) == ["kapuas.pdf"]
    assert names(session, actor, reading_state="gagal") == ["rusak.pdf"]
    assert names(session, actor, text="sosial") == ["katingan.pdf"]
    assert names(session, actor, text="LOMBOK") == ["lombok timur.pdf"]
    assert names(session, actor, text="%") == []


def test_the_newest_document_comes_first_and_pages_of_the_list_do_not_overlap(
    session: Session, actor: Actor, ids: dict[str, int]
) -> None:
    first = [document.id for document in held.documents(session, actor, limit=3)]
    second = [document.id for document in held.documents(session, actor, limit=9, offset=3)]
    assert first + second == sorted(ids.values(), reverse=True)


def test_samples_are_never_counted(session: Session, actor: Actor, ids: dict[str, int]) -> None:
    assert held.reading_counts(session, actor) == held.ReadingCounts(
        documents=6, pages=48, pages_ocr=2, pages_unread=1, waiting=0, failed=1
    )
    assert held.reading_counts(session, KALTENG_READER).pages == 43


def test_a_page_and_the_parts_of_a_document_are_found_by_number(
    session: Session, actor: Actor, ids: dict[str, int]
) -> None:
    katingan = ids["katingan.pdf"]
    with transaction(session):
        for number in (2, 1):
            session.add(
                Page(
                    document_id=katingan,
                    number=number,
                    width=1,
                    height=1,
                    text=f"hlm {number}",
                    boxes=b"",
                    source="asli",
                )
            )
        for urutan, kind in enumerate(("bab", "pasal")):
            session.add(
                Part(document_id=katingan, urutan=urutan, kind=kind, number="1", page=1, start=0, end_page=1, end=3)
            )
        session.get_one(Document, katingan).judul = "JUDUL"
        session.info["audited"] = True
    assert [page.number for page in held.pages_of(session, actor, katingan)] == [1, 2]
    assert held.page_of(session, actor, katingan, 2).text == "hlm 2"
    assert [part.kind for part in held.parts_of(session, actor, katingan)] == ["bab", "pasal"]
    with pytest.raises(NotFound):
        held.page_of(session, actor, katingan, 3)


def test_outcomes_tell_what_became_of_many_documents(session: Session, actor: Actor, ids: dict[str, int]) -> None:
    found = held.outcomes(session, actor, [*ids.values(), *range(10_000, 11_000)])
    assert set(found) == set(ids.values())
    assert found[ids["rusak.pdf"]].failure_code == "rusak"
    assert found[ids["contoh.pdf"]].pages == 9
