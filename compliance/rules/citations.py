"""How an act is named in full and in short. Unknown parts are left out, never guessed."""

from __future__ import annotations

from typing import Protocol

from compliance.data.regions import region_by_code
from compliance.rules.identity import Act

KINDS = {
    "UU": "Undang-Undang",
    "Perppu": "Peraturan Pemerintah Pengganti Undang-Undang",
    "PP": "Peraturan Pemerintah",
    "Perpres": "Peraturan Presiden",
    "Inpres": "Instruksi Presiden",
    "Keppres": "Keputusan Presiden",
    "Permen": "Peraturan Menteri",
    "Kepmen": "Keputusan Menteri",
    "SE": "Surat Edaran",
    "PeraturanLembaga": "Peraturan Lembaga",
    "Perda": "Peraturan Daerah",
    "Pergub": "Peraturan Gubernur",
    "Perbup": "Peraturan Bupati",
    "Perwali": "Peraturan Wali Kota",
    "PerjanjianKerjaSama": "Perjanjian Kerja Sama",
    "Lainnya": "Dokumen",
}
ISSUER_TITLES = ("Bupati ", "Wali Kota ", "Walikota ", "Gubernur ", "Menteri ", "Kepala ")
AREAS = {"Bupati ": "Kabupaten", "Wali Kota ": "Kota", "Walikota ": "Kota", "Gubernur ": "Provinsi"}


class NamedAct(Act, Protocol):
    """What a name is made of besides the identity; Document and Regulation both have it."""

    @property
    def bentuk(self) -> str | None: ...
    @property
    def judul(self) -> str | None: ...


def citation(act: NamedAct) -> str:
    """ "Peraturan Bupati Katingan Nomor 6 Tahun 2019": kind, issuer, number, year, as far as they are known."""
    words = [_kind(act)]
    if act.nomor:
        words.append(f"Nomor {act.nomor}")
    if act.tahun:
        words.append(f"Tahun {act.tahun}")
    return " ".join(words)


def full_name(act: NamedAct) -> str:
    """The citation with its title: "… tentang Pelaksanaan Program …"."""
    return f"{citation(act)} tentang {act.judul}" if act.judul else citation(act)


def _kind(act: NamedAct) -> str:
    """Kind and issuer, no word twice: "Peraturan Bupati Katingan", "Peraturan Daerah Kabupaten Katingan", "Keputusan Bupati Katingan"."""
    kind = KINDS.get(act.bentuk or "") or act.bentuk or KINDS.get(act.jenis or "", act.jenis or "Dokumen")
    if act.jenis == "Perda":
        return f"{kind} {_area(act)}".strip()
    issuer = act.penerbit or _head(act.jenis, act.wilayah)
    if not issuer or issuer == "Presiden":
        return kind
    for title in ISSUER_TITLES:
        if issuer.startswith(title) and kind.lower().endswith(title.strip().lower()):
            return kind + " " + issuer.removeprefix(title)
    return kind if issuer.lower() in kind.lower() else f"{kind} {issuer}"


def _area(act: Act) -> str:
    """The region as a Perda names it, from its code, else from who issued it."""
    region = region_by_code().get(act.wilayah or "")
    if region:
        return f"Provinsi {region.nama}" if region.jenis == "provinsi" else region.nama
    issuer = act.penerbit or ""
    for title, level in AREAS.items():
        if issuer.startswith(title):
            return f"{level} {issuer.removeprefix(title)}"
    return issuer


def _head(jenis: str | None, wilayah: str | None) -> str:
    """Who issues a regulation of that kind in that region."""
    region = region_by_code().get(wilayah or "")
    title = {"Pergub": "Gubernur", "Perbup": "Bupati", "Perwali": "Wali Kota"}.get(jenis or "")
    return f"{title} {region.nama_pendek}" if title and region else ""
