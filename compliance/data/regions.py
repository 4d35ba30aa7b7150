"""Indonesia, its 38 provinces and 514 kabupaten/kota, and the names people use for them."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from compliance.data.files import csv_rows, known

NASIONAL = "00"
PROVINCES, REGENCIES = 38, 514
_TYPE_WORDS = ("Kabupaten Administrasi ", "Kota Administrasi ", "Kabupaten ", "Kota ")


@dataclass(frozen=True, slots=True)
class RegionRow:
    """One region by its Kemendagri code ('62', '62.06'; '00' is Indonesia)."""

    kode: str
    jenis: str
    """negara, provinsi, kabupaten or kota."""
    nama: str
    """Official name as the source writes it, with its type word for kabupaten/kota."""
    provinsi: str | None
    """Code of the province it lies in; None for Indonesia and for a province itself."""
    penduduk: int | None
    luas_km2: Decimal | None
    lat: float | None
    lng: float | None

    @property
    def nama_pendek(self) -> str:
        """The name without its type word: 'Katingan', 'Jakarta Pusat'."""
        for word in _TYPE_WORDS:
            if self.nama.startswith(word):
                return self.nama.removeprefix(word)
        return self.nama


@dataclass(frozen=True, slots=True)
class AliasRow:
    """An everyday name of a region."""

    kode: str
    alias: str
    sifat: str
    """singkatan: usual short name, decides; ejaan, lama: other spelling or former name, only suggests."""


@cache
def regions() -> tuple[RegionRow, ...]:
    """Indonesia, then the provinces, then the kabupaten/kota, each by code."""
    return (_indonesia(), *_provinces(), *_regencies())


@cache
def region_by_code() -> dict[str, RegionRow]:
    """Every region under its code."""
    return {region.kode: region for region in regions()}


@cache
def aliases() -> tuple[AliasRow, ...]:
    """The everyday names of regions, by code."""
    return tuple(AliasRow(row["kode"], row["alias"], row["sifat"]) for row in csv_rows("wilayah/aliases.csv"))


def _indonesia() -> RegionRow:
    return RegionRow(NASIONAL, "negara", "Indonesia", None, None, None, None, None)


def _provinces() -> list[RegionRow]:
    return [_region(row, "provinsi", None) for row in csv_rows("wilayah/provinsi.csv")]


def _regencies() -> list[RegionRow]:
    return [_region(row, row["jenis"], row["kode_prov"]) for row in csv_rows("wilayah/kabkota.csv")]


def _region(row: dict[str, str], jenis: str, provinsi: str | None) -> RegionRow:
    return RegionRow(
        kode=row["kode"],
        jenis=jenis,
        nama=row["nama"],
        provinsi=provinsi,
        penduduk=known(row["penduduk"], int),
        luas_km2=known(row["luas_km2"], Decimal),
        lat=known(row["lat"], float),
        lng=known(row["lng"], float),
    )
