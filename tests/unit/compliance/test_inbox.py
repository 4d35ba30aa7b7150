"""The watched folder: what is complete is taken and leaves it, what can't be taken is put aside with its reason, nothing is lost."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from compliance.actor import Actor
from compliance.config import Settings
from compliance.db import transaction
from compliance.errors import PatuhError
from compliance.models import AuditRow, Document, Work
from compliance.services import bin, inbox
from compliance.services.inbox import Inbox, lying_files, refused_files
from tests.pdfs import digital_pdf, locked_pdf, web_page_named_pdf


class Watched:
    """A watched folder and a clock that only the test moves."""

    def __init__(self, settings: Settings, session: Session) -> None:
        self.folder = settings.inbox
        self.folder.mkdir(parents=True)
        self.seconds = 0.0
        self.session = session
        self.settings = settings
        self.inbox = self.fresh()

    def fresh(self) -> Inbox:
        """What a worker started anew sees."""
        return Inbox(self.folder, self.settings.store, self.writing, lambda: self.seconds)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        with transaction(self.session) as session:
            yield session

    def wait(self, seconds: float = 10) -> int:
        """Two looks that far apart."""
        self.inbox.look()
        self.seconds += seconds
        return self.inbox.look()

    def names(self) -> list[str]:
        self.session.expire_all()
        return [document.file_name for document in self.session.scalars(select(Document).order_by(Document.id))]


@pytest.fixture
def watched(settings: Settings, session: Session) -> Watched:
    return Watched(settings, session)


def test_a_file_is_taken_once_it_stayed_as_it_is_and_leaves_the_folder(watched: Watched) -> None:
    path = digital_pdf(watched.folder / "satu.pdf")
    assert watched.inbox.look() == 0
    watched.seconds += 1
    assert watched.inbox.look() == 0
    watched.seconds += 5
    assert watched.inbox.look() == 1
    assert (watched.names(), path.exists()) == (["satu.pdf"], False)
    trace = watched.session.scalars(select(AuditRow).where(AuditRow.action == "menerima dokumen")).one()
    assert trace.actor_name == "folder masuk"
    assert watched.session.scalar(select(func.count(Work.id)).where(Work.state == "menunggu")) == 1


def test_files_in_folders_below_are_taken_and_the_folders_stay(watched: Watched) -> None:
    (watched.folder / "62" / "06").mkdir(parents=True)
    digital_pdf(watched.folder / "62" / "06" / "dalam.pdf")
    assert watched.wait() == 1
    assert (watched.names(), (watched.folder / "62" / "06").is_dir()) == (["dalam.pdf"], True)


def test_a_file_that_still_grows_is_left(watched: Watched) -> None:
    path = digital_pdf(watched.folder / "satu.pdf")
    data = path.read_bytes()
    for part in (500, 900, 1300):
        path.write_bytes(data[:part])
        assert watched.wait() == 0
    path.write_bytes(data)
    assert watched.wait() == 1


def test_a_file_without_its_end_must_stay_unchanged_for_a_minute(watched: Watched) -> None:
    path = digital_pdf(watched.folder / "satu.pdf")
    whole = path.read_bytes()
    path.write_bytes(whole[:-200] + bytes(200))
    assert watched.wait(30) == 0
    watched.seconds += 40
    assert watched.inbox.look() == 1


def test_a_file_that_a_program_has_open_for_writing_is_left(watched: Watched) -> None:
    path = digital_pdf(watched.folder / "satu.pdf")
    with path.open("r+b"):
        assert watched.wait(100) == 0
    assert watched.inbox.look() == 1


def test_a_file_that_changes_while_it_is_copied_is_left_and_nothing_of_it_is_kept(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = digital_pdf(watched.folder / "satu.pdf")
    refusal = inbox._refusal

    def meanwhile(found: Path, stream: object) -> str:
        with path.open("ab") as writer:
            writer.write(b"lagi")
        return refusal(found, stream)  # type: ignore[arg-type]

    monkeypatch.setattr(inbox, "_refusal", meanwhile)
    assert watched.wait() == 0
    assert (watched.names(), path.exists()) == ([], True)
    assert [found for found in watched.settings.store.rglob("*") if found.is_file()] == []


@pytest.mark.parametrize(
    "name", ["a.pdf.part", "a.pdf.crdownload", "a.pdf.tmp", "a.pdf~", ".a.pdf", "Thumbs.db", "~$a.pdf"]
)
def test_names_of_unfinished_downloads_are_left(watched: Watched, name: str) -> None:
    digital_pdf(watched.folder / name)
    assert watched.wait(500) == 0
    assert (watched.folder / name).exists()


def test_links_are_not_followed(watched: Watched, tmp_path: Path) -> None:
    (tmp_path / "luar").mkdir()
    outside = digital_pdf(tmp_path / "luar" / "rahasia.pdf")
    (watched.folder / "tautan.pdf").symlink_to(outside)
    (watched.folder / "map").symlink_to(outside.parent, target_is_directory=True)
    os.mkfifo(watched.folder / "pipa.pdf")
    assert watched.wait(500) == 0
    assert outside.exists()


def test_what_is_no_pdf_is_put_aside_with_the_reason(watched: Watched) -> None:
    web_page_named_pdf(watched.folder / "unduhan.pdf")
    (watched.folder / "catatan.txt").write_text("halo")
    (watched.folder / "kosong.pdf").touch()
    assert watched.wait(100) == 3
    told = {aside.place: aside.reason for aside in refused_files(watched.folder)}
    assert set(told) == {"unduhan.pdf", "catatan.txt", "kosong.pdf"}
    assert "halaman web" in told["unduhan.pdf"]
    assert (watched.folder / "ditolak" / "unduhan.pdf").exists()
    assert watched.names() == []
    assert watched.wait(100) == 0


def test_a_second_refused_file_of_the_same_name_gets_its_own_place(watched: Watched) -> None:
    for content in ("satu", "dua"):
        (watched.folder / "catatan.txt").write_text(content)
        watched.wait(100)
    assert {aside.place for aside in refused_files(watched.folder)} == {"catatan.txt", "catatan (2).txt"}


def test_a_locked_pdf_is_taken_for_its_password_can_be_asked_later(watched: Watched) -> None:
    locked_pdf(watched.folder / "terkunci.pdf", "rahasia")
    assert watched.wait() == 1
    assert watched.names() == ["terkunci.pdf"]


def test_the_same_bytes_again_leave_the_folder_and_double_nothing(watched: Watched) -> None:
    data = digital_pdf(watched.folder / "satu.pdf").read_bytes()
    watched.wait()
    (watched.folder / "salinan.pdf").write_bytes(data)
    assert watched.wait() == 1
    assert watched.names() == ["satu.pdf"]


def test_a_kill_between_keeping_and_removing_loses_and_doubles_nothing(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = digital_pdf(watched.folder / "satu.pdf")

    class Killed(BaseException):
        pass

    def killed(*_: object) -> bool:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(Inbox, "_clear", killed)
        with pytest.raises(Killed):
            watched.wait()
    assert path.exists()
    watched.inbox = watched.fresh()
    assert watched.wait() == 1
    assert (watched.names(), path.exists()) == (["satu.pdf"], False)
    assert watched.session.scalar(select(func.count(Work.id))) == 1


def test_a_file_replaced_while_it_was_taken_stays_to_be_taken_too(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = digital_pdf(watched.folder / "satu.pdf")
    clear = Inbox._clear

    def replaced(self: Inbox, *arguments: object) -> bool:
        fresh = digital_pdf(watched.folder / "baru.tmp", [("Naskah lain",)])
        fresh.replace(path)
        monkeypatch.setattr(Inbox, "_clear", clear)
        return clear(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Inbox, "_clear", replaced)
    assert watched.wait() == 0
    assert path.exists()
    assert watched.wait() == 1
    assert len(watched.names()) == 2


def test_a_zip_is_taken_whole_or_put_aside_with_what_was_not_taken(watched: Watched, tmp_path: Path) -> None:
    data = digital_pdf(tmp_path / "a.pdf").read_bytes()
    for name, entries in (("utuh.zip", ["a.pdf"]), ("campur.zip", ["a.pdf", "surat.docx"])):
        with zipfile.ZipFile(watched.folder / name, "w") as archive:
            for entry in entries:
                archive.writestr(entry, data if entry.endswith(".pdf") else b"surat")
    assert watched.wait() == 2
    assert watched.names() == ["a.pdf"]
    (aside,) = refused_files(watched.folder)
    assert (aside.place, aside.reason) == ("campur.zip", "campur.zip/surat.docx: Bukan PDF, jadi dilewati.")


def test_what_lies_in_the_bin_is_told_not_swallowed(watched: Watched, actor: Actor) -> None:
    data = digital_pdf(watched.folder / "satu.pdf").read_bytes()
    watched.wait()
    with transaction(watched.session):
        bin.discard(watched.session, actor, 1, "salah berkas")
    (watched.folder / "lagi.pdf").write_bytes(data)
    watched.wait()
    (aside,) = refused_files(watched.folder)
    assert "keranjang" in aside.reason


def test_a_full_store_leaves_the_file_for_later(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    path = digital_pdf(watched.folder / "satu.pdf")

    def full(*_: object) -> None:
        raise PatuhError("Berkas tidak bisa disimpan: penuh.")
        yield

    with monkeypatch.context() as patch:
        patch.setattr(inbox, "take_in", full)
        assert watched.wait() == 0
    assert path.exists()
    assert watched.wait(5) == 0
    watched.seconds += 70
    assert watched.inbox.look() == 1


def test_the_work_page_is_told_what_lies_in_the_folder(watched: Watched) -> None:
    digital_pdf(watched.folder / "satu.pdf")
    (watched.folder / "dalam").mkdir()
    (watched.folder / "dalam" / "unduhan.pdf.part").write_bytes(b"%PDF")
    listed = {file.place: file.is_partial for file in lying_files(watched.folder)}
    assert listed == {"satu.pdf": False, "dalam/unduhan.pdf.part": True}


def test_a_file_that_may_not_be_read_is_named_with_what_to_do(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    digital_pdf(watched.folder / "satu.pdf").chmod(0)
    # Root may read everything: what the system says of rights is what anybody else would be told.
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.R_OK)
    assert watched.wait() == 0
    assert "izin" in lying_files(watched.folder)[0].trouble
