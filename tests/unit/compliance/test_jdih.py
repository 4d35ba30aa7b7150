"""JDIHN feeds: what a record says, what becomes of it, and out again."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from compliance.actor import Actor, Grant, Role
from compliance.db import now, transaction
from compliance.errors import Invalid
from compliance.models import AuditRow, Regulation
from compliance.queries.jdih import feed_records, jdih_differences
from compliance.queries.wanted_texts import hunt
from compliance.reports.jdih import csv_text, json_text, records_in
from compliance.rules.jdih import FIELDS, record_from
from compliance.services import audit
from compliance.services.jdih import import_feed, previewed

KATINGAN = {
    "idData": "77",
    "tahun_pengundangan": "2019",
    "tanggal_penetapan": "2019-03-05",
    "tanggal_pengundangan": "06-03-2019",
    "jenis": "PERATURAN BUPATI",
    "noPeraturan": "996",
    "judul": "Peraturan Bupati Katingan Nomor 996 Tahun 2019 tentang Uji Tukar Data",
    "singkatanJenis": "PERBUP",
    "sumber": "BD 2019/NO.6",
    "status": "Berlaku",
    "bidangHukum": "Ketenagakerjaan",
    "urlDownload": "https://jdih.example/6.pdf",
    "operasi": "4",
}


def test_a_record_tells_kind_number_year_title_and_dates() -> None:
    record = record_from(KATINGAN)
    assert (record.jenis, record.nomor, record.tahun, record.judul) == ("Perbup", "996", 2019, "Uji Tukar Data")
    assert (record.ditetapkan, record.diundangkan, record.gazette) == (
        date(2019, 3, 5),
        date(2019, 3, 6),
        "BD 2019/NO.6",
    )


@pytest.mark.parametrize(
    ("changes", "number", "year"),
    [
        ({"noPeraturan": "Nomor 996 Tahun 2019"}, "996", 2019),
        ({"noPeraturan": "996/2019"}, "996", 2019),
        ({"noPeraturan": "NO. 0996"}, "0996", 2019),
        ({"noPeraturan": "-"}, "996", 2019),
        ({"noPeraturan": 996.0, "judul": "tentang Uji", "tanggal_penetapan": ""}, "996", 2019),
        ({"noPeraturan": "188.45/12/2019", "jenis": "Keputusan Bupati"}, "188.45/12/2019", 2019),
        ({"judul": "tentang Uji", "tanggal_penetapan": "2018-12-31"}, "996", 2018),
    ],
)
def test_numbers_are_read_however_a_jdih_writes_them(changes: dict[str, object], number: str, year: int) -> None:
    record = record_from({**KATINGAN, **changes})
    assert (record.nomor, record.tahun) == (number, year)


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("2019-03-05 00:00:00", date(2019, 3, 5)),
        ("5/3/2019", date(2019, 3, 5)),
        ("5 Maret 2019", date(2019, 3, 5)),
        ("0000-00-00", None),
    ],
)
def test_dates_are_read_however_a_jdih_writes_them(printed: str, day: date | None) -> None:
    record = record_from({**KATINGAN, "tanggal_penetapan": printed})
    assert (record.ditetapkan, record.unread) == (day, {})


def test_a_date_that_is_none_is_named_and_never_guessed() -> None:
    record = record_from({**KATINGAN, "tanggal_penetapan": "31-02-2019"})
    assert (record.ditetapkan, record.unread) == (None, {"tanggal_penetapan": "31-02-2019"})


@pytest.mark.parametrize(
    "changes", [{"jenis": "Puisi", "singkatanJenis": "", "judul": "Puisi"}, {"noPeraturan": "", "judul": "x"}]
)
def test_a_record_whose_identity_is_not_told_is_refused_with_its_reason(
    session: Session, actor: Actor, changes: dict[str, str]
) -> None:
    [fate] = previewed(session, actor, [{**KATINGAN, **changes}], "62.06")
    assert (fate.fate, bool(fate.reason)) == ("ditolak", True)


def test_looking_first_writes_nothing_and_taking_in_twice_changes_nothing(session: Session, actor: Actor) -> None:
    before = session.scalar(select(func.count(Regulation.id)))
    assert [fate.fate for fate in previewed(session, actor, [KATINGAN, KATINGAN])] == ["baru", "sama"]
    assert session.scalar(select(func.count(Regulation.id))) == before
    first, second = (_taken(session, actor, [KATINGAN]) for _ in range(2))
    assert (first, second) == ({"baru": 1}, {"sama": 1})
    act = session.scalars(select(Regulation).where(Regulation.judul == "Uji Tukar Data")).one()
    assert (act.wilayah, act.penerbit, act.status, act.sumber) == (
        "62.06",
        "Bupati Katingan",
        None,
        "https://jdih.example/6.pdf",
    )
    assert session.scalars(select(AuditRow.detail).where(AuditRow.action == "mengimpor JDIH")).all()


def test_what_we_hold_is_completed_and_never_overwritten(session: Session, actor: Actor) -> None:
    with transaction(session):
        act = Regulation(
            jenis="Perbup", nomor="996", tahun=2019, wilayah="62.06", ditetapkan=date(2019, 3, 1), recorded_at=now()
        )
        session.add(act)
        _trace(session, actor)
    assert _taken(session, actor, [KATINGAN]) == {"berbeda": 1}
    assert (act.ditetapkan, act.judul) == (date(2019, 3, 1), "Uji Tukar Data")
    [difference] = jdih_differences(act)
    assert (difference.name, difference.ours, difference.theirs) == ("ditetapkan", date(2019, 3, 1), date(2019, 3, 5))


def test_a_person_takes_in_only_what_lies_in_the_own_region(session: Session) -> None:
    person = Actor(None, "Operator", (Grant(Role.OPERATOR, "62.07"),))
    [fate] = previewed(session, person, [KATINGAN])
    assert (fate.fate, "62.06" in fate.reason) == ("ditolak", True)


def test_a_record_without_a_region_takes_the_chosen_one_or_is_refused(session: Session, actor: Actor) -> None:
    silent = {**KATINGAN, "judul": "tentang Uji"}
    assert [fate.fate for fate in previewed(session, actor, [silent])] == ["ditolak"]
    assert [fate.wilayah for fate in previewed(session, actor, [silent], "62.06")] == ["62.06"]


def test_an_export_has_the_feeds_fields_and_comes_back_as_the_same(session: Session, actor: Actor) -> None:
    _taken(session, actor, [KATINGAN])
    records = list(feed_records(session, actor, "https://patuh.example", "62.06"))
    out = next(record for record in records if record["noPeraturan"] == "996")
    assert tuple(out) == FIELDS
    assert (out["idData"], out["bidangHukum"], out["operasi"], out["teuBadan"]) == (
        "77",
        "Ketenagakerjaan",
        "4",
        "Kabupaten Katingan",
    )
    assert out["urlDetailPeraturan"].startswith("https://patuh.example/peraturan/")
    for text in (json_text(records), csv_text(records)):
        assert {fate.fate for fate in previewed(session, actor, records_in(text.encode()))} == {"sama"}


def test_the_nations_catalogue_comes_back_as_the_same(session: Session, actor: Actor) -> None:
    records = records_in(json_text(feed_records(session, actor, "", "00")).encode())
    strange = [
        (fate.title, fate.fate, fate.reason) for fate in previewed(session, actor, records) if fate.fate != "sama"
    ]
    assert strange == []


def test_a_status_nobody_checked_is_left_empty(session: Session, actor: Actor) -> None:
    _taken(session, actor, [{**KATINGAN, "status": ""}])
    [out] = [record for record in feed_records(session, actor, "", "62.06") if record["noPeraturan"] == "996"]
    assert out["status"] == ""


@pytest.mark.parametrize("content", [b"", b"[", b"[]", b"nama,umur\nA,2\n", b"[" * 100_000, b"\x00\x01PK", b"[1, 2]"])
def test_a_file_that_is_no_feed_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(Invalid) as refusal:
        records_in(content)
    assert str(refusal.value).endswith(".")


def test_a_csv_with_commas_or_semicolons_is_read() -> None:
    for separator in ",;\t":
        written = io.StringIO()
        rows = csv.DictWriter(written, list(KATINGAN), delimiter=separator)
        rows.writeheader()
        rows.writerow(KATINGAN)
        [record] = records_in(written.getvalue().encode("utf-8-sig"))
        assert record_from(record).judul == "Uji Tukar Data"


def test_a_feed_wrapped_in_data_is_read() -> None:
    assert len(records_in(json.dumps({"data": [KATINGAN]}).encode())) == 1


def test_what_claims_rest_on_is_hunted_first_and_a_region_narrows(session: Session, actor: Actor) -> None:
    everything = hunt(session, actor)
    assert everything.known == everything.held + len(everything.wanted)
    counts = [each.claims for each in everything.wanted]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > 0
    assert {each.act.wilayah[:2] for each in hunt(session, actor, "62").wanted if each.act.wilayah} == {"62"}
    assert all(claim.wilayah.startswith("62") for claim in hunt(session, actor, "62").unnamed)


def _taken(session: Session, actor: Actor, records: list[dict[str, str]]) -> dict[str, int]:
    with transaction(session):
        return dict(import_feed(session, actor, records, None, "uji.json"))


def _trace(session: Session, actor: Actor) -> None:
    audit.record(session, actor, "uji", ("peraturan", "uji"))
