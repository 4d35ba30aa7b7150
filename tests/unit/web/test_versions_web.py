"""Versions in the browser: a better copy replaces a file, an old one comes back, two documents become one."""

from __future__ import annotations

import io
from pathlib import Path

from flask import Flask

from compliance.actor import Role
from compliance.models import Document, DocumentVersion, Work
from tests.pdfs import digital_pdf
from tests.unit.web.held import hold, row
from tests.unit.web.strict_page import page_of


def _better(tmp_path: Path, words: str = "Salinan lebih jelas") -> bytes:
    return digital_pdf(tmp_path / f"{words}.pdf", [[words]]).read_bytes()


def _sent(content: bytes, seen: int = 1, reason: str = "lebih jelas") -> dict[str, object]:
    return {"berkas": (io.BytesIO(content), "baik.pdf"), "alasan": reason, "dari": str(seen)}


def test_a_better_copy_replaces_the_file_and_every_version_stays_to_download(
    app: Flask, sign_in, tmp_path: Path
) -> None:
    held, better = hold(app, wilayah="62.06"), _better(tmp_path)
    before = row(app, Document, id=held).file_sha256
    client = sign_in(Role.OPERATOR, "62.06")
    answer = client.post(f"/dokumen/{held}/versi", data=_sent(better))
    assert answer.status_code == 303
    page = page_of(client.get(f"/dokumen/{held}/versi"))
    assert "lebih jelas" in page.text
    assert "masih dari versi sebelumnya" in page.text
    replaced = row(app, Document, id=held)
    assert replaced.file_sha256 != before
    assert replaced.shown_sha256 == before
    assert row(app, Work, document_id=held).state == "menunggu"
    with client.get(f"/dokumen/{held}/versi/2/berkas") as newest:
        assert newest.data == better
    with client.get(f"/dokumen/{held}/versi/1/berkas") as old:
        assert old.data.startswith(b"%PDF")
        assert old.headers["Content-Disposition"].startswith("attachment")
    assert client.get(f"/dokumen/{held}/versi/1/halaman/1/gambar.png").data.startswith(b"\x89PNG")
    assert "Ini versi lama" in page_of(client.get(f"/dokumen/{held}/versi/1/halaman/1")).text
    assert client.get(f"/dokumen/{held}/versi/9/berkas").status_code == 404


def test_what_can_t_replace_a_file_is_refused_with_a_sentence(app: Flask, sign_in, tmp_path: Path) -> None:
    held, better = hold(app, wilayah="62.06"), _better(tmp_path)
    client = sign_in(Role.OPERATOR, "62.06")
    with client.get(f"/dokumen/{held}/versi/1/berkas") as original:
        same = original.data
    refused = {
        "sama persis": _sent(same),
        "Alasan belum diisi": _sent(better, reason=" "),
        "Pilih berkas": {"alasan": "x", "dari": "1"},
        "bukan PDF": _sent(b"halo"),
        "Sementara itu": _sent(better, seen=7),
    }
    for words, sent in refused.items():
        answer = client.post(f"/dokumen/{held}/versi", data=sent)
        assert words in page_of(answer, 422).text
    assert row(app, DocumentVersion, number=2) is None
    other = sign_in(Role.OPERATOR, "62.01")
    assert other.post(f"/dokumen/{held}/versi", data=_sent(better)).status_code == 403


def test_the_second_of_two_who_replace_at_once_is_told(app: Flask, sign_in, tmp_path: Path) -> None:
    held = hold(app)
    client = sign_in()
    assert client.post(f"/dokumen/{held}/versi", data=_sent(_better(tmp_path))).status_code == 303
    late = client.post(f"/dokumen/{held}/versi", data=_sent(_better(tmp_path, "Yang terlambat")))
    assert "kini versi 2" in page_of(late, 422).text
    again = client.post(f"/dokumen/{held}/versi", data=_sent(_better(tmp_path, "Yang terlambat"), seen=2))
    assert again.status_code == 303


def test_an_earlier_version_comes_back_as_the_newest(app: Flask, sign_in, tmp_path: Path) -> None:
    held = hold(app)
    first = row(app, Document, id=held).file_sha256
    client = sign_in()
    client.post(f"/dokumen/{held}/versi", data=_sent(_better(tmp_path)))
    back = {"alasan": "ternyata kurang halaman", "dari": "2"}
    assert client.post(f"/dokumen/{held}/versi/1/kembali", data={**back, "alasan": ""}).status_code == 422
    assert client.post(f"/dokumen/{held}/versi/1/kembali", data=back).status_code == 303
    version = row(app, DocumentVersion, number=3)
    assert version.file_sha256 == first
    assert version.reason == "kembali ke versi 1: ternyata kurang halaman"
    assert row(app, Document, id=held).file_sha256 == first


def test_two_documents_become_one_and_the_other_s_address_leads_there(app: Flask, sign_in) -> None:
    kept, other = hold(app), hold(app, "kutipan-apbd.pdf", regulation_id=None)
    file = row(app, Document, id=other).file_sha256
    client = sign_in(Role.VERIFIKATOR, "00")
    merged = client.post(f"/dokumen/{kept}/versi/gabung", data={"dokumen": str(other), "alasan": "sama"})
    assert merged.status_code == 303
    assert row(app, Document, id=kept).file_sha256 == file
    assert client.get(f"/dokumen/{other}/halaman/1?q=iuran").location == f"/dokumen/{kept}/halaman/1?q=iuran"
    assert client.get(f"/dokumen/{other}").location == f"/dokumen/{kept}"
    assert client.post(f"/dokumen/{other}/pulihkan").status_code == 303
    assert row(app, Document, id=other).replaced_by_id is None
    alone = row(app, Document, id=kept)
    assert alone.file_sha256 != file
    assert row(app, DocumentVersion, number=3, document_id=kept).reason == f"dokumen {other} berdiri sendiri lagi"


def test_a_page_of_a_file_that_became_an_older_version_leads_to_that_version(app: Flask, sign_in) -> None:
    kept, other = hold(app), hold(app, "kutipan-apbd.pdf", regulation_id=None)
    client = sign_in(Role.VERIFIKATOR, "00")
    sent = {"dokumen": str(other), "alasan": "salinan buram", "sebagai": "lama"}
    assert client.post(f"/dokumen/{kept}/versi/gabung", data=sent).status_code == 303
    assert client.get(f"/dokumen/{other}/halaman/1").location == f"/dokumen/{kept}/versi/2/halaman/1"
    assert "salinan buram" in page_of(client.get(f"/dokumen/{kept}/versi")).text


def test_documents_that_can_t_be_one_are_refused_with_a_sentence(app: Flask, sign_in) -> None:
    kept = hold(app)
    client = sign_in(Role.VERIFIKATOR, "00")
    for other, words in ((str(kept), "dirinya sendiri"), ("99", "tidak ada"), ("", "Tulis nomor")):
        answer = client.post(f"/dokumen/{kept}/versi/gabung", data={"dokumen": other, "alasan": "sama"})
        assert words in page_of(answer, 422).text


def test_merging_with_a_number_no_document_has_is_refused_with_a_sentence(app: Flask, sign_in) -> None:
    held, client = hold(app, wilayah="62.06"), sign_in(Role.VERIFIKATOR, "62")
    for said in ("9" * 30, "-1", "0", "abc", "²"):
        answer = client.post(f"/dokumen/{held}/versi/gabung", data={"dokumen": said, "alasan": "sama"})
        assert "Tulis nomor dokumen" in page_of(answer, 422).text
    unknown = client.post(f"/dokumen/{held}/versi/gabung", data={"dokumen": "999", "alasan": "sama"})
    assert "Dokumen 999 tidak ada" in page_of(unknown, 422).text
