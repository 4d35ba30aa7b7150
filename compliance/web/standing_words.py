"""The standing of an act in words: a short mark for lists, and a sentence that says by what proof."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _

from compliance.models import Regulation, RegulationRelation
from compliance.queries.facts import today
from compliance.queries.standing import standing_on
from compliance.rules.citations import citation
from compliance.rules.contradictions import Contradiction
from compliance.rules.standing import EndedCitation, Standing
from compliance.web.access import actor, session
from compliance.web.filters import tanggal


@dataclass(frozen=True, slots=True)
class Mark:
    """Words, the class of their tag (good, bad, warn, ""), and the sentence that says what they rest on."""

    words: str
    tag: str
    proof: str


def mark(act: Regulation, standing: Standing) -> Mark:
    """An act's standing for the eye."""
    words = state_words(standing)
    if standing.proof and standing.proof.kind == "hubungan" and not standing.is_confirmed:
        words = _("%(status)s, belum dikonfirmasi", status=words)
    elif standing.state and not standing.is_confirmed and not standing.is_as_far_as_known:
        words = _("%(status)s, belum diverifikasi", status=words)
    return Mark(words, _tag(standing), proof_words(act, standing))


def state_words(standing: Standing) -> str:
    """The state with the day it goes by."""
    since = standing.since
    if standing.state == "dicabut":
        return str(
            _("dicabut %(tanggal)s", tanggal=tanggal(since)) if since else _("dicabut, tanggalnya belum diketahui")
        )
    if standing.state == "habis" and since:
        return str(_("habis masa berlaku %(tanggal)s", tanggal=tanggal(since - timedelta(days=1))))
    if standing.is_as_far_as_known:
        return str(_("berlaku sejauh diketahui"))
    words = {
        "rancangan": _("belum ditetapkan"),
        "belum berlaku": _("belum berlaku"),
        "berlaku": _("berlaku"),
        "diubah": _("berlaku, sudah diubah"),
        "habis": _("habis masa berlaku"),
        "tidak berlaku": _("tidak berlaku"),
    }
    return str(words.get(standing.state or "", _("status belum diperiksa")))


def proof_words(act: Regulation, standing: Standing) -> str:
    """What the standing rests on, as a sentence."""
    proof = standing.proof
    if proof is None:
        return str(
            _("Keterangannya bertentangan; lihat di bawah.")
            if standing.contradictions
            else _("Belum ada sumber yang menyebut peraturan ini berlaku atau tidak.")
        )
    if proof.bond is not None:
        return _bond_words(proof.bond, standing.is_confirmed)
    if proof.kind == "katalog":
        return str(_("Menurut katalog Patuh: %(sumber)s.", sumber=act.sumber or _("sumber belum dicatat")))
    if proof.kind == "jdih":
        return str(_("Menurut keterangan JDIH."))
    return _column_words(act, standing, proof.column)


def _bond_words(bond: RegulationRelation, is_confirmed: bool) -> str:
    told = {"act": _name(bond.source), "n": bond.page}
    if bond.page is None:
        words = _("Menurut hubungan yang dicatat pada %(act)s.", **told)
        return str(words if is_confirmed else _("Menurut hubungan pada %(act)s; belum dikonfirmasi.", **told))
    if is_confirmed:
        return str(_("Menurut teks %(act)s halaman %(n)s, sudah dikonfirmasi.", **told))
    return str(_("Menurut teks %(act)s halaman %(n)s; belum dikonfirmasi siapa pun.", **told))


def _column_words(act: Regulation, standing: Standing, column: str) -> str:
    day: date | None = getattr(act, column) if column != "tahun" else None
    told = {"tanggal": tanggal(day), "tahun": act.tahun}
    if column == "tahun":
        return str(_("Peraturan tahun %(tahun)s.", **told))
    if standing.is_as_far_as_known:
        words = {
            "mulai_berlaku": _("Mulai berlaku %(tanggal)s; belum ada yang diketahui mencabutnya.", **told),
            "diundangkan": _("Diundangkan %(tanggal)s; belum ada yang diketahui mencabutnya.", **told),
        }
        return str(words.get(column, _("Ditetapkan %(tanggal)s; belum ada yang diketahui mencabutnya.", **told)))
    words = {
        "mulai_berlaku": _("Mulai berlaku %(tanggal)s.", **told),
        "diundangkan": _("Diundangkan %(tanggal)s.", **told),
        "berlaku_sampai": _("Berlaku sampai %(tanggal)s.", **told),
    }
    return str(words.get(column, _("Ditetapkan %(tanggal)s.", **told)))


def contradiction_words(odd: Contradiction) -> str:
    """What can't be true, and what to do."""
    source = _name(odd.bond.source) if odd.bond else ""
    words = {
        "saling_mencabut": _("Peraturan ini dan %(act)s disebut saling mencabut. Tolak yang keliru.", act=source),
        "sebelum_dibuat": _(
            "%(act)s dibuat sebelum peraturan ini, jadi tidak bisa mengubah atau mencabutnya. Periksa tanggal atau tolak hubungannya.",
            act=source,
        ),
        "bukan_wewenang": _(
            "%(act)s lebih rendah atau dari wilayah lain, jadi biasanya tidak bisa mengubah atau mencabut peraturan ini."
            " Tidak dihitung sebelum ada yang menerimanya.",
            act=source,
        ),
        "tanggal_terbalik": _("Tanggal diundangkan mendahului tanggal ditetapkan. Periksa identitas naskahnya."),
        "habis_sebelum_mulai": _("Masa berlakunya habis sebelum peraturan ini dibuat. Periksa tanggalnya."),
    }
    return str(words[odd.code])


def ended_words(ended: EndedCitation) -> str:
    """What is wrong with citing an act that ended."""
    state = state_words(ended.standing)
    if ended.had_ended:
        words = _("sudah berakhir saat dirujuk: %(status)s", status=state)
    else:
        words = _("berakhir sesudah dirujuk: %(status)s", status=state)
    if ended.standing.is_confirmed:
        return str(words)
    return str(_("%(status)s, belum dikonfirmasi", status=words))


def _name(act: Regulation) -> str:
    """The act's citation; acts of provinces that the actor doesn't read are not named."""
    return citation(act) if actor().reads(act.wilayah) else str(_("peraturan di luar wilayah Anda"))


def _tag(standing: Standing) -> str:
    if standing.has_ended:
        return "bad" if standing.is_confirmed else "warn"
    if standing.is_as_far_as_known:
        return ""
    return "good" if standing.state in ("berlaku", "diubah") and standing.is_confirmed else "warn"


def act_status(act: Regulation | None) -> Mark:
    """The mark of an act's standing today; that of no act is unknown."""
    if act is None:
        return Mark(str(_("status belum diperiksa")), "warn", "")
    return mark(act, standing_on(session(), actor(), act, today()))
