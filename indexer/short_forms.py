"""The short form that a JDIH files a regulation under: PERBUP, PERDA, QANUN, PERMENAKER, KEPBUP, SE."""

from __future__ import annotations

import tomllib

from indexer.concepts import issuer_of
from indexer.words import DATA

_OF_KIND = {
    **{jenis: jenis.upper() for jenis in ("UU", "Perppu", "PP", "Perpres", "Inpres", "Keppres")},
    **{jenis: jenis.upper() for jenis in ("Perda", "Pergub", "Perbup", "Perwali", "SE")},
}
_OF_FORM = {
    "Qanun": "QANUN",
    "Perdasus": "PERDASUS",
    "Perdasi": "PERDASI",
    "Peraturan Bersama": "PERBER",
    "Keputusan Bersama": "KEPBER",
    "Surat Edaran Bersama": "SEB",
    "Peraturan Desa": "PERDES",
    "Peraturan Kepala Desa": "PERKADES",
    "Peraturan DPRD": "PERDPRD",
    "Nota Kesepakatan": "NK",
    "Nota Kesepahaman": "MOU",
    "Memorandum of Understanding": "MOU",
}
_OF_HEAD = {
    "Keputusan": {"Bupati": "KEPBUP", "Wali Kota": "KEPWALI", "Gubernur": "KEPGUB"},
    "Instruksi": {"Bupati": "INBUP", "Wali Kota": "INWALI", "Gubernur": "INGUB"},
}


def _ministries() -> dict[tuple[str, str], str]:
    rows = tomllib.loads((DATA / "instruments.toml").read_text(encoding="utf-8"))["issuer"]
    return {(jenis, row["key"]): row[jenis.lower()][0].upper() for row in rows for jenis in ("Permen", "Kepmen")}


_OF_MINISTRY = _ministries()


def short_form(jenis: str | None, bentuk: str | None, penerbit: str | None) -> str | None:
    """The short form of a kind as its heading prints it; None where none is in use or the issuer is not known."""
    if bentuk in _OF_FORM:
        return _OF_FORM[bentuk]
    if jenis in ("Permen", "Kepmen"):
        return _OF_MINISTRY.get((jenis, issuer_of(penerbit or "") or ""), jenis.upper())
    if jenis in _OF_HEAD:
        heads = _OF_HEAD[jenis]
        return next((short for head, short in heads.items() if (penerbit or "").startswith(f"{head} ")), None)
    return "PKS" if jenis == "PerjanjianKerjaSama" else _OF_KIND.get(jenis or "")
