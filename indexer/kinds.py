"""The kinds of Indonesian regulations, told from the first words of the line that names them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from indexer.lines import key_of, prefix_distance


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind as printed. `regional` is None where only the issuer tells whether a region stands behind it.

    `form` is the printed form where it says more than `jenis` ("Qanun"); "…" means: as printed in the heading.
    """

    words: str
    jenis: str
    form: str | None = None
    regional: bool | None = False

    @property
    def key(self) -> str:
        return key_of(self.words)


@dataclass(frozen=True, slots=True)
class KindReading:
    kind: Kind
    distance: int


def _agency_kinds() -> Iterator[Kind]:
    bodies = (
        "KEPALA BADAN, KEPALA LEMBAGA, KEPALA KEPOLISIAN, KEPALA ARSIP, KEPALA PERPUSTAKAAN, KEPALA PUSAT, BADAN, "
        "KEPALA KANTOR, LEMBAGA, OTORITAS, BANK INDONESIA, KOMISI, DEWAN, MAHKAMAH, KEPOLISIAN, KEJAKSAAN, "
        "JAKSA AGUNG, OMBUDSMAN, DIREKSI, DIREKTUR, SEKRETARIS JENDERAL, SEKRETARIS KABINET, KETUA, PANGLIMA, ARSIP NASIONAL, "
        "PERPUSTAKAAN NASIONAL"
    )
    for body in bodies.split(", "):
        yield Kind(f"PERATURAN {body}", "PeraturanLembaga", "…", regional=None)


KINDS: tuple[Kind, ...] = (
    Kind("UNDANG-UNDANG", "UU"),
    Kind("UNDANG-UNDANG DARURAT", "UU", "Undang-Undang Darurat"),
    Kind("PERATURAN PEMERINTAH PENGGANTI UNDANG-UNDANG", "Perppu"),
    Kind("PERATURAN PEMERINTAH", "PP"),
    Kind("PERATURAN PRESIDEN", "Perpres"),
    Kind("INSTRUKSI PRESIDEN", "Inpres"),
    Kind("KEPUTUSAN PRESIDEN", "Keppres"),
    Kind("PERATURAN MENTERI", "Permen", "…"),
    Kind("PERATURAN BERSAMA MENTERI", "Permen", "Peraturan Bersama"),
    Kind("PERATURAN BERSAMA", "PeraturanLembaga", "Peraturan Bersama", regional=None),
    Kind("KEPUTUSAN MENTERI", "Kepmen", "…"),
    Kind("KEPUTUSAN BERSAMA MENTERI", "Kepmen", "Keputusan Bersama"),
    Kind("KEPUTUSAN BERSAMA", "Keputusan", "Keputusan Bersama", regional=None),
    Kind("SURAT KEPUTUSAN BERSAMA", "Kepmen", "Keputusan Bersama", regional=None),
    Kind("SURAT EDARAN", "SE", "…", regional=None),
    Kind("SURAT EDARAN BERSAMA", "SE", "Surat Edaran Bersama", regional=None),
    Kind("EDARAN", "SE", "…", regional=None),
    *_agency_kinds(),
    Kind("PERATURAN DAERAH", "Perda", regional=True),
    Kind("PERATURAN DAERAH ISTIMEWA", "Perda", "Peraturan Daerah Istimewa", regional=True),
    Kind("PERATURAN DAERAH ISTIMEWA YOGYAKARTA", "Perda", regional=True),
    Kind("PERATURAN DAERAH ISTIMEWA ACEH", "Perda", regional=True),
    Kind("PERATURAN DAERAH KHUSUS IBUKOTA", "Perda", regional=True),
    Kind("PERATURAN DAERAH KHUSUS JAKARTA", "Perda", regional=True),
    Kind("PERATURAN DAERAH PROVINSI (PERDASI)", "Perda", "Perdasi", regional=True),
    Kind("PERDASI", "Perda", "Perdasi", regional=True),
    Kind("PERATURAN DAERAH KHUSUS", "Perda", "Perdasus", regional=True),
    Kind("PERDASUS", "Perda", "Perdasus", regional=True),
    Kind("QANUN", "Perda", "Qanun", regional=True),
    Kind("KANUN", "Perda", "Qanun", regional=True),
    Kind("PERATURAN GUBERNUR", "Pergub", regional=True),
    Kind("PERATURAN BUPATI", "Perbup", regional=True),
    Kind("PERATURAN WALI KOTA", "Perwali", regional=True),
    Kind("PERATURAN BERSAMA GUBERNUR", "Pergub", "Peraturan Bersama", regional=True),
    Kind("PERATURAN BERSAMA BUPATI", "Perbup", "Peraturan Bersama", regional=True),
    Kind("PERATURAN BERSAMA WALI KOTA", "Perwali", "Peraturan Bersama", regional=True),
    Kind("INSTRUKSI", "Instruksi", "…", regional=None),
    Kind("KEPUTUSAN", "Keputusan", "…", regional=None),
    Kind("SURAT KEPUTUSAN", "Keputusan", "…", regional=None),
    Kind("KEPUTUSAN DEWAN PERWAKILAN RAKYAT DAERAH", "Keputusan", "…", regional=None),
    Kind("PERJANJIAN KERJA SAMA", "PerjanjianKerjaSama", regional=None),
    Kind("NASKAH PERJANJIAN KERJA SAMA", "PerjanjianKerjaSama", regional=None),
    Kind("NOTA KESEPAKATAN", "PerjanjianKerjaSama", "Nota Kesepakatan", regional=None),
    Kind("NOTA KESEPAHAMAN", "PerjanjianKerjaSama", "Nota Kesepahaman", regional=None),
    Kind("KESEPAKATAN BERSAMA", "PerjanjianKerjaSama", "Kesepakatan Bersama", regional=None),
    Kind("KESEPAHAMAN BERSAMA", "PerjanjianKerjaSama", "Kesepahaman Bersama", regional=None),
    Kind("MEMORANDUM OF UNDERSTANDING", "PerjanjianKerjaSama", "Memorandum of Understanding", regional=None),
    Kind("PERATURAN DESA", "Lainnya", "Peraturan Desa", regional=None),
    Kind("PERATURAN KEPALA DESA", "Lainnya", "Peraturan Kepala Desa", regional=None),
    Kind("PERATURAN NAGARI", "Lainnya", "Peraturan Nagari", regional=None),
    Kind("PERATURAN KEPALA DINAS", "Lainnya", "Peraturan Kepala Dinas", regional=None),
    Kind("PERATURAN SEKRETARIS DAERAH", "Lainnya", "Peraturan Sekretaris Daerah", regional=None),
    Kind("PERATURAN DIREKTUR RUMAH SAKIT UMUM DAERAH", "Lainnya", "Peraturan Direktur", regional=None),
    Kind("PERATURAN DEWAN PERWAKILAN RAKYAT DAERAH", "Lainnya", "Peraturan DPRD", regional=None),
    Kind("PERATURAN ANGGOTA DEWAN GUBERNUR", "PeraturanLembaga", "…", regional=None),
    Kind("PERATURAN", "PeraturanLembaga", "…", regional=None),
    Kind("MAKLUMAT", "Lainnya", "Maklumat", regional=None),
    Kind("PENGUMUMAN", "Lainnya", "Pengumuman", regional=None),
    Kind("PENETAPAN PRESIDEN", "Lainnya", "Penetapan Presiden", regional=False),
    Kind("RANCANGAN", "Lainnya", "…", regional=None),
)


@lru_cache(maxsize=8192)
def kind_of(key: str) -> KindReading | None:
    """The kind whose words begin a folded line, long words before short ones; None where no kind does.

    One letter in eight may be misread, since the words of two kinds differ in far more than that.
    """
    exact = max((kind for kind in KINDS if key.startswith(kind.key)), key=lambda kind: len(kind.key), default=None)
    longer = [kind for kind in KINDS if exact is None or len(kind.key) > len(exact.key)]
    found = [reading for kind in longer if (reading := _misread(kind, key))]
    if exact is not None:
        found.append(KindReading(exact, 0))
    return max(found, key=lambda reading: len(reading.kind.key) - 3 * reading.distance, default=None)


def kind_nearly(key: str) -> KindReading | None:
    """The kind whose words begin a folded line with one letter in five misread: for a heading that is one by all else."""
    found = [reading for kind in KINDS if len(kind.key) >= _LONG and (reading := _misread(kind, key, 5))]
    return max(found, key=lambda reading: len(reading.kind.key) - 3 * reading.distance, default=None)


def _misread(kind: Kind, key: str, one_in: int = 8) -> KindReading | None:
    words = kind.key
    tolerance = len(words) // one_in
    distance = prefix_distance(words, key, tolerance) if tolerance else None
    return None if distance is None else KindReading(kind, distance)


def starts_with_a_kind(key: str) -> bool:
    """True where a folded line begins with the words of a kind, letter for letter."""
    return key.startswith(_ALL_WORDS)


_LONG = len("PERATURANBUPATI")
_ALL_WORDS = tuple(kind.key for kind in KINDS)
