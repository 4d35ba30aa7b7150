"""kill -9 of web, worker and reader during an intake: every file's result is stored exactly once, index and database agree."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks.kills import measured


@pytest.mark.skipif(sys.platform != "linux", reason="finds processes in /proc")
def test_kills_at_random_moments_lose_and_double_nothing(tmp_path: Path) -> None:
    result = measured(tmp_path, files=8, kills=5, seed=3)
    told = {name: result[name] for name in ("stored_once", "lost", "doubled", "out_of_date", "orphans", "leftovers")}
    assert told == {"stored_once": 8, "lost": 0, "doubled": 0, "out_of_date": 0, "orphans": 0, "leftovers": 0}
    assert result["kills"] == 5
