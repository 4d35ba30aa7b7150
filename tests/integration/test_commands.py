"""What the commands refuse: one sentence on stderr, nothing on stdout, and an exit code that says so."""

from __future__ import annotations

import json

import pytest
from flask import Flask


@pytest.mark.parametrize(
    ("line", "code", "sentence"),
    [
        ("tracker --provinsi 6299 --json", 1, "Wilayah dengan kode 6299 tidak ada"),
        ("tracker --provinsi 62.06 --json", 1, "Kabupaten Katingan bukan provinsi."),
        ("tracker --provinsi 62 --per 2021-13-01 --json", 2, "--per"),
        ("paritrana --edisi ntb-2025 --wilayah 62.06 --json", 1, "Kabupaten Katingan bukan peserta"),
        ("paritrana --edisi ntb-2025 --wilayah 52.99 --json", 1, "52.99 tidak ada"),
        ("paritrana --edisi lain --wilayah 52.03 --json", 1, "Edisi lain tidak ada"),
        ("documents --jenis perbub --json", 1, "Jenis “perbub” tidak dikenal"),
        ("documents --wilayah 99 --json", 1, "99 tidak ada"),
        ("documents --tahun 99999999999999999999 --json", 2, "--tahun"),
        ("search iuran --limit 0 --json", 2, "--limit"),
        ("accounts link tidak@ada.id", 1, "Tidak ada akun"),
    ],
)
def test_a_refusal_is_a_sentence_and_an_exit_code(app: Flask, line: str, code: int, sentence: str) -> None:
    result = app.test_cli_runner().invoke(args=line.split())
    assert (result.exit_code, result.stdout) == (code, "")
    assert sentence in result.stderr


def test_a_day_before_everything_knows_nothing(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["tracker", "--provinsi", "62", "--per", "0001-01-01", "--json"])
    rows = json.loads(result.stdout)
    assert len(rows) == 14
    for row in rows:
        assert (row["regulasi"], row["rancangan"], row["cakupan"], row["flags"], row["sources"]) == (
            None,
            None,
            None,
            [],
            [],
        )
        assert set(row["anggaran"].values()) == {None}
