"""Titles in capitals are written so that they can be read."""

import pytest

from compliance.web.titles import readable_title


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        (
            "PELAKSANAAN PROGRAM BPJS KETENAGAKERJAAN BAGI PEGAWAI NON-ASN DI DAERAH",
            "Pelaksanaan Program BPJS Ketenagakerjaan bagi Pegawai Non-ASN di Daerah",
        ),
        ("PENJABARAN APBD TAHUN ANGGARAN 2025 (KUTIPAN)", "Penjabaran APBD Tahun Anggaran 2025 (Kutipan)"),
        ("DENGAN RAHMAT", "Dengan Rahmat"),
        ("KELAS III DAN JKK", "Kelas III dan JKK"),
        ("Penyelenggaraan Program JKP", "Penyelenggaraan Program JKP"),
        ("", ""),
    ],
)
def test_a_title_in_capitals_is_written_as_it_is_read(printed: str, shown: str) -> None:
    assert readable_title(printed) == shown
