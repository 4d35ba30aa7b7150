"""What a text defines is found under its name and its shorter names, and nothing else is."""

from __future__ import annotations

import pytest

from indexer.definitions import definitions

PASAL = """Pasal 1
Dalam Peraturan Bupati ini yang dimaksud dengan:
1. Badan Penyelenggara Jaminan Sosial Ketenagakerjaan yang selanjutnya disingkat BPJS
Ketenagakerjaan adalah badan hukum publik.
2. Pekerja Rentan adalah pekerja yang berpenghasilan rendah.
3. Iuran ialah sejumlah uang.
Pasal 2
(1) Bantuan sebagaimana dimaksud pada ayat (2) adalah hak.
Ini adalah kalimat biasa."""


def test_terms_and_their_shorter_names_are_found() -> None:
    found = [" ".join(definition.term) for definition in definitions(PASAL)]
    assert found == [
        "badan penyelenggara jaminan sosial ketenagakerjaan",
        "bpjs ketenagakerjaan",
        "pekerja rentan",
        "iuran",
    ]


def test_a_definition_begins_where_it_is_printed() -> None:
    [where] = [definition.start for definition in definitions(PASAL) if definition.key == "arti:pekerja rentan"]
    assert PASAL[where:].startswith("2. Pekerja Rentan")


@pytest.mark.parametrize(
    "text", ["", "adalah", "1. adalah benar", "Ia adalah bupati.", "1. " + "kata " * 40 + "adalah panjang"]
)
def test_no_definition_is_no_term(text: str) -> None:
    assert not list(definitions(text))
