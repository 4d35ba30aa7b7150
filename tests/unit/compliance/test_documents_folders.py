"""Which files are meant by a person who names files and folders."""

from __future__ import annotations

from pathlib import Path

from compliance.services.folders import files_offered


def test_folders_give_their_pdfs_and_named_files_are_taken_as_they_are(tmp_path: Path) -> None:
    for name in ("b.pdf", "A.PDF", "catatan.txt", ".tersembunyi.pdf", "dalam/c.Pdf", ".git/d.pdf"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    found = list(files_offered([tmp_path, tmp_path / "catatan.txt", tmp_path / "b.pdf", tmp_path / "tiada.pdf"]))
    names = [str(path.relative_to(tmp_path)) for path in found]
    assert names == ["A.PDF", "b.pdf", "dalam/c.Pdf", "catatan.txt", "tiada.pdf"]


def test_a_loop_of_linked_folders_ends(tmp_path: Path) -> None:
    (tmp_path / "satu").mkdir()
    (tmp_path / "satu/a.pdf").write_bytes(b"")
    (tmp_path / "satu/kembali").symlink_to(tmp_path, target_is_directory=True)
    assert [path.name for path in files_offered([tmp_path])] == ["a.pdf"]
