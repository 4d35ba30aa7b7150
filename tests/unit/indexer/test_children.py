"""Readers are forked in milliseconds, each alone with its file; whatever ends, nothing is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from indexer import children, sandbox
from indexer.sandbox import read_file
from tests import pdfs

ROOT = Path(__file__).resolve().parents[3]
SLOW = ["Pasal 1"], *[["tambahan"]] * 400
READS_FOREVER = """
import sys
from pathlib import Path
from indexer.sandbox import read_file
def tell(done, total):
    print("dibaca", flush=True)
    sys.stdin.readline()
read_file(Path(sys.argv[1]), on_page=tell)
"""

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes through /proc")


def parents() -> dict[int, tuple[int, str]]:
    """Of each process its parent and its state (Z: a zombie)."""
    found = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = entry.read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue
        found[int(entry.parent.name)] = int(parent), state
    return found


def below(root: int) -> list[int]:
    """The processes below one, the fork server before its readers."""
    known, found = parents(), [root]
    for one in found:
        found += [process for process, (parent, _) in known.items() if parent == one]
    return found[1:]


def command_of(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_text()
    except OSError:
        return ""


def server() -> int:
    """The fork server of this process."""
    known = parents()
    alive = [one for one in below(os.getpid()) if known[one][0] == os.getpid() and known[one][1] != "Z"]
    (found,) = [one for one in alive if "indexer.fork_server" in command_of(one)]
    return found


def readers() -> list[int]:
    """The readers of this process, dead ones that nobody has buried included."""
    return below(server())


def eventually(is_so: Callable[[], bool], seconds: float = 10) -> bool:
    end = time.monotonic() + seconds
    while not is_so() and time.monotonic() < end:
        time.sleep(0.02)
    return is_so()


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    return pdfs.digital_pdf(tmp_path / "a.pdf", SLOW)


@pytest.fixture
def elsewhere(paper: Path) -> Iterator[subprocess.Popen[str]]:
    """Another program in the middle of reading a file."""
    command = [sys.executable, "-c", READS_FOREVER, str(paper)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, text=True, **pipes) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "dibaca\n"
        yield program
        program.kill()


def test_one_server_serves_one_file_after_another_and_leaves_no_reader(paper: Path) -> None:
    first = read_file(paper) and server()
    for _ in range(3):
        read_file(paper)
    assert server() == first
    assert readers() == []


def test_reading_leaves_no_open_handles(paper: Path) -> None:
    read_file(paper)
    both = os.getpid(), server()
    before = [len(os.listdir(f"/proc/{process}/fd")) for process in both]
    for _ in range(5):
        read_file(paper)
    assert eventually(lambda: [len(os.listdir(f"/proc/{process}/fd")) for process in both] == before)


def test_the_reader_is_gone_when_the_reading_is_interrupted(paper: Path) -> None:
    seen: list[int] = []

    def interrupt(done: int, total: int) -> None:
        seen.extend(readers())
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_file(paper, on_page=interrupt)
    assert len(seen) == 1
    assert readers() == []


def test_each_reader_leads_a_process_group_of_its_own(paper: Path) -> None:
    groups: list[tuple[int, int]] = []

    def look(done: int, total: int) -> None:
        if done == 1:
            groups.extend((process, os.getpgid(process)) for process in readers())

    read_file(paper, on_page=look)
    ((process, group),) = groups
    assert process == group


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGSEGV, "gagal_dibaca"), (signal.SIGKILL, "memori"), (signal.SIGXCPU, "terlalu_lama")]
)
def test_a_reader_that_dies_costs_the_page_it_was_at(paper: Path, number: int, code: str) -> None:
    killed: list[int] = []

    def kill_once(done: int, total: int) -> None:
        if not killed:
            killed.extend(readers())
            os.kill(killed[0], number)

    pages = read_file(paper, on_page=kill_once).pages
    assert len(pages) == len(SLOW)
    assert [page.reason for page in pages if page.source == "belum"] == [sandbox.PAGE_REASON[code]]


def test_a_server_that_died_is_replaced_for_the_next_file(paper: Path) -> None:
    read_file(paper)
    died = server()
    os.kill(died, signal.SIGKILL)
    assert eventually(lambda: parents()[died][1] == "Z")
    assert len(read_file(paper).pages) == len(SLOW)
    assert died not in parents()


def test_a_server_that_dies_in_the_middle_is_a_fault_of_the_moment(paper: Path) -> None:
    def kill_all(done: int, total: int) -> None:
        if done == 1:
            died.extend([*readers(), server()])
            for process in died:
                os.kill(process, signal.SIGKILL)

    died: list[int] = []
    with pytest.raises(children.ReaderLost):
        read_file(paper, on_page=kill_all)
    assert eventually(lambda: parents()[died[-1]][1] == "Z")
    assert len(read_file(paper).pages) == len(SLOW)


def test_a_killed_program_leaves_no_process_behind(elsewhere: subprocess.Popen[str]) -> None:
    left = below(elsewhere.pid)
    assert len(left) == 2  # the server and a reader
    elsewhere.kill()
    assert eventually(lambda: not any(command_of(process) for process in left))


def test_readers_end_with_their_program_also_where_the_server_died_first(elsewhere: subprocess.Popen[str]) -> None:
    first, reader = below(elsewhere.pid)
    os.kill(first, signal.SIGKILL)
    elsewhere.kill()
    assert eventually(lambda: not command_of(reader))


def test_a_program_that_ends_takes_the_server_with_it(tmp_path: Path) -> None:
    path = pdfs.digital_pdf(tmp_path / "b.pdf")
    program = f"from pathlib import Path; from indexer.sandbox import read_file; read_file(Path({str(path)!r}))"
    before = {process for process in parents() if "indexer.fork_server" in command_of(process)}
    subprocess.run([sys.executable, "-W", "error", "-c", program], cwd=ROOT, check=True)
    assert not {process for process in parents() if "indexer.fork_server" in command_of(process)} - before


def test_a_process_forked_from_this_one_starts_a_server_of_its_own(paper: Path) -> None:
    read_file(paper)
    child = os.fork()
    if child == 0:
        os._exit(0 if len(read_file(paper).pages) == len(SLOW) else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert len(read_file(paper).pages) == len(SLOW)


def test_the_server_has_one_thread(paper: Path) -> None:
    read_file(paper)
    assert len(os.listdir(f"/proc/{server()}/task")) == 1
