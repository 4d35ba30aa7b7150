"""How a regulation is called on a page: its kind, place and number as officials say them, and its status in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Protocol

from flask_babel import gettext as _

from compliance.actor import NATIONAL

NAMES = {
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
    "Instruksi": "Instruksi",
    "Keputusan": "Keputusan",
    "PerjanjianKerjaSama": "Perjanjian Kerja Sama",
    "Lainnya": "Dokumen lain",
}
CENTRAL = ("UU", "Perppu", "PP", "Perpres", "Inpres", "Keppres")
OFFICES = {"Pergub": "Provinsi ", "Perbup": "Kabupaten ", "Perwali": "Kota "}


class Act(Protocol):
    """What a Document and a Regulation share."""

    jenis: str | None
    bentuk: str | None
    nomor: str | None
    tahun: int | None
    wilayah: str | None
    penerbit: str | None


def kind_name(jenis: str | None, bentuk: str | None = None) -> str:
    """ "Peraturan Bupati", "Qanun"; a sentence where the kind is unknown."""
    return bentuk or NAMES.get(jenis or "") or jenis or str(_("Jenis belum diketahui"))


def identity_text(act: Act, names: Mapping[str, str]) -> str:
    """ "Peraturan Bupati Katingan 6/2019"; what is unknown is said so. `names` maps codes to official region names."""
    parts = [kind_name(act.jenis, act.bentuk), _place(act, names), _number(act)]
    return " ".join(filter(None, parts))


def status_text(status: str | None, ended_on: date | None = None) -> str:
    """The legal status in words, without its date."""
    words = {
        "berlaku": _("berlaku"),
        "diubah": _("berlaku, sudah diubah"),
        "dicabut": _("dicabut"),
        "habis": _("habis masa berlaku"),
        "rancangan": _("rancangan"),
    }
    if ended_on is not None:
        return str(words["habis"])
    return str(words.get(status or "", _("status belum diperiksa")))


def _place(act: Act, names: Mapping[str, str]) -> str:
    """The region without the word its kind already says, else the issuer where the kind needs one."""
    name = names.get(act.wilayah or "", "")
    if name and act.wilayah != NATIONAL:
        return name.removeprefix(OFFICES.get(act.jenis or "", ""))
    return _without_repetition(act.penerbit or "", kind_name(act.jenis, act.bentuk)) if act.jenis not in CENTRAL else ""


def _without_repetition(issuer: str, form: str) -> str:
    """ "Contoh Jaya" of "Bupati Contoh Jaya" after "Peraturan Bupati"; "" where the form names the issuer whole."""
    if issuer.lower() in form.lower():
        return ""
    first, _space, rest = issuer.partition(" ")
    return rest if rest and form.lower().endswith(first.lower()) else issuer


def _number(act: Act) -> str:
    if act.nomor and act.tahun and act.nomor.isdigit():
        return f"{act.nomor}/{act.tahun}"
    if act.nomor:
        return f"Nomor {act.nomor}" + (f" Tahun {act.tahun}" if act.tahun and str(act.tahun) not in act.nomor else "")
    unnumbered = _("(nomor belum diketahui)")
    return f"Tahun {act.tahun} {unnumbered}" if act.tahun else unnumbered
