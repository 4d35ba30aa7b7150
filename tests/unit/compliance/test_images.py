"""Pictures of pages: drawn once, kept within a bound, few at a time."""

from __future__ import annotations

import io
import os
import threading
import time
from pathlib import Path

import pytest
from PIL import Image

from compliance.services import image_cache, images
from indexer import sandbox
from indexer.errors import UnreadableFile
from tests.pdfs import digital_pdf


def png(width: int = 4, height: int = 6) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def original(tmp_path: Path) -> Path:
    return digital_pdf(tmp_path / "asli.pdf")


def test_pictures_are_kept_within_a_bound_and_the_longest_unused_go_first(tmp_path: Path) -> None:
    for age in range(5):
        path = tmp_path / f"{age}.png"
        path.write_bytes(bytes(100))
        os.utime(path, (1000 - age, 1000 - age))
    assert image_cache.trim(tmp_path, 250) == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == ["0.png", "1.png"]


def test_a_picture_that_was_looked_at_is_no_longer_the_longest_unused(tmp_path: Path) -> None:
    for age in range(2):
        image_cache.keep(tmp_path / f"{age}.png", png())
        os.utime(tmp_path / f"{age}.png", (1000 + age, 1000 + age))
    assert image_cache.kept(tmp_path / "0.png") == png()
    image_cache.trim(tmp_path, len(png()))
    assert [path.name for path in tmp_path.iterdir()] == ["0.png"]


def test_what_a_process_did_not_live_to_finish_is_removed_after_an_hour(tmp_path: Path) -> None:
    old, fresh = tmp_path / "a.1.baru", tmp_path / "a.2.baru"
    for path in (old, fresh):
        path.write_bytes(b"half")
    os.utime(old, (1, 1))
    image_cache.trim(tmp_path)
    assert not old.exists()
    assert fresh.exists()


@pytest.mark.parametrize("broken", [b"", b"from elsewhere", png()[:-20]])
def test_a_broken_picture_is_drawn_again(tmp_path: Path, original: Path, broken: bytes) -> None:
    path = tmp_path / "gambar" / "abc-1-40.png"
    path.parent.mkdir()
    path.write_bytes(broken)
    drawn = images.page_image(tmp_path / "gambar", original, "abc", 1, 40)
    with Image.open(io.BytesIO(drawn)) as page:
        assert page.width > 300
    assert path.read_bytes() == drawn


def test_a_folder_that_takes_nothing_costs_speed_not_the_picture(tmp_path: Path, original: Path) -> None:
    (tmp_path / "gambar").write_text("a file where the folder should be")
    assert images.page_image(tmp_path / "gambar", original, "abd", 1, 40).startswith(b"\x89PNG")


def test_a_picture_asked_for_by_many_at_once_is_drawn_once(
    tmp_path: Path, original: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[int] = []

    def slowly(*_: object) -> bytes:
        calls.append(1)
        time.sleep(0.2)
        return png()

    monkeypatch.setattr(sandbox, "page_image", slowly)
    got: list[bytes] = []
    asking = [
        threading.Thread(target=lambda: got.append(images.page_image(tmp_path / "g", original, "abe", 1, 110)))
        for _ in range(12)
    ]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    assert got == [png()] * 12
    assert len(calls) == 1


def test_no_more_are_drawn_at_once_than_two_and_who_comes_on_top_is_told_to_ask_again(
    tmp_path: Path, original: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go, refused = threading.Event(), threading.Semaphore(0)
    running: list[int] = []
    most: list[int] = []

    def held_up(*_: object) -> bytes:
        running.append(1)
        most.append(len(running))
        go.wait(10)
        running.pop()
        return png()

    monkeypatch.setattr(sandbox, "page_image", held_up)
    outcomes: list[object] = []

    def ask(number: int) -> None:
        try:
            outcomes.append(images.page_image(tmp_path / "g", original, "abf", number, 110))
        except images.Busy as error:
            outcomes.append(str(error))
            refused.release()

    asking = [threading.Thread(target=ask, args=(number,)) for number in range(1, 10)]
    for thread in asking:
        thread.start()
    assert all(refused.acquire(timeout=10) for _ in range(3))
    go.set()
    for thread in asking:
        thread.join()
    assert max(most) == 2
    assert outcomes.count(png()) == 6
    assert sum("Muat ulang beberapa detik lagi." in str(outcome) for outcome in outcomes) == 3


def test_a_page_that_can_not_be_drawn_is_not_tried_again_at_once(
    tmp_path: Path, original: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UnreadableFile):
        images.page_image(tmp_path / "g", original, "abg", 99, 110)
    monkeypatch.setattr(sandbox, "page_image", lambda *_: pytest.fail("drawn again"))
    with pytest.raises(UnreadableFile, match="99"):
        images.page_image(tmp_path / "g", original, "abg", 99, 150)


def test_a_failed_drawing_fails_for_everybody_who_waited_for_it(
    tmp_path: Path, original: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> bytes:
        time.sleep(0.1)
        raise UnreadableFile("rusak", "rusak sekali")

    monkeypatch.setattr(sandbox, "page_image", fail)
    told: list[str] = []

    def ask() -> None:
        with pytest.raises(UnreadableFile) as error:
            images.page_image(tmp_path / "g", original, "abh", 1, 110)
        told.append(error.value.reason)

    asking = [threading.Thread(target=ask) for _ in range(3)]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    assert told == ["rusak sekali"] * 3


@pytest.mark.parametrize(("degrees", "size"), [(0, (4, 6)), (90, (6, 4)), (180, (4, 6)), (270, (6, 4))])
def test_a_picture_is_turned_by_quarters(degrees: int, size: tuple[int, int]) -> None:
    with Image.open(io.BytesIO(images.turned(png(), degrees))) as page:
        assert page.size == size
