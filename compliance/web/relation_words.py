"""Relations between acts in words: grouped for an act's page, as steps of its life, and as links to the page that proves them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext as _

from compliance.models import Regulation, RegulationRelation
from compliance.queries import relations
from compliance.queries.facts import today
from compliance.queries.relations import RelationRow
from compliance.queries.standing import Story, ended_citations, ended_when_cited_by
from compliance.rules.citations import citation
from compliance.rules.standing import ACCEPTED, REFUSED, EndedCitation
from compliance.rules.timeline import Step
from compliance.web.access import actor, session
from compliance.web.standing_words import ended_words

MOST_LINES = 100
ORDER = ("mengubah", "mencabut", "mencabut sebagian", "melaksanakan", "dasar hukum", "dilanjutkan")


@dataclass(frozen=True, slots=True)
class Line:
    """A relation in a list: the other act (None: only its name), whether it has ended, the state of the decision."""

    row: RelationRow
    name: str
    other: Regulation | None
    ended: str
    decided: str
    tag: str
    proof: str

    @property
    def bond(self) -> RegulationRelation:
        return self.row.bond


@dataclass(frozen=True, slots=True)
class Group:
    """The relations of one kind: what was refused stands apart; `more` are not listed."""

    title: str
    lines: Sequence[Line]
    refused: Sequence[Line]
    more: int


@dataclass(frozen=True, slots=True)
class LifeStep:
    """A step of an act's life; `href` leads to the page that proves it, "" where none does."""

    what: str
    day: date | None
    by: Regulation | None
    href: str
    proof: str
    decided: str
    tag: str


def said(act: Regulation) -> list[Group]:
    """What an act says of others, marked where it cites something ended."""
    rows = relations.outgoing_relations(session(), actor(), act)
    others = [row.other for row in rows if row.other]
    return groups(rows, ended_citations(session(), actor(), act, others, today()), is_outgoing=True)


def heard(act: Regulation) -> list[Group]:
    """What others say of an act, marked where they cite it after its end."""
    rows = relations.incoming_relations(session(), actor(), act)
    others = [row.other for row in rows if row.other]
    return groups(rows, ended_when_cited_by(session(), actor(), act, others, today()), is_outgoing=False)


def groups(rows: Sequence[RelationRow], ended: Mapping[int, EndedCitation], *, is_outgoing: bool) -> list[Group]:
    """The relations by kind, in the order an official asks; kinds without any are left out."""
    found = []
    for kind in ORDER:
        lines = [_line(row, ended, is_outgoing) for row in rows if row.bond.kind == kind]
        if lines:
            kept = [line for line in lines if line.bond.decision != REFUSED]
            refused = [line for line in lines if line.bond.decision == REFUSED]
            title = kind_words(kind)[0 if is_outgoing else 1]
            found.append(Group(title, kept[:MOST_LINES], refused, max(0, len(kept) - MOST_LINES)))
    return found


def kind_words(kind: str) -> tuple[str, str]:
    """A kind of relation seen from the act that says it, and from the other one."""
    words = {
        "mengubah": (_("Mengubah"), _("Diubah oleh")),
        "mencabut": (_("Mencabut"), _("Dicabut oleh")),
        "mencabut sebagian": (_("Mencabut sebagian"), _("Dicabut sebagian oleh")),
        "melaksanakan": (_("Melaksanakan"), _("Dilaksanakan oleh")),
        "dasar hukum": (_("Dasar hukum"), _("Menjadi dasar hukum bagi")),
        "dilanjutkan": (_("Dilanjutkan oleh"), _("Melanjutkan")),
    }
    told = words.get(kind, (kind, kind))
    return str(told[0]), str(told[1])


def steps(act: Regulation, story: Story) -> list[LifeStep]:
    """The life of an act in words."""
    return [_bond_step(step, step.bond) if step.bond else _own_step(act, story, step) for step in story.steps]


def proof_address(bond: RegulationRelation) -> str:
    """The reader at the page that says it, the act's name marked; "" for what no page proves."""
    if bond.document_id is None or bond.page is None:
        return ""
    words = " ".join(bond.to_text.replace('"', " ").split())
    phrase = f'"{words}"' if bond.origin == "naskah" else None
    return url_for("dokumen.page", document_id=bond.document_id, number=bond.page, q=phrase)


def decided_words(bond: RegulationRelation, by: str | None = None) -> tuple[str, str]:
    """Whether a person confirmed it, and the class of its tag."""
    if bond.decision == ACCEPTED:
        if bond.is_missing:
            return str(_("dikonfirmasi; tidak ditemukan lagi pada pembacaan terakhir")), "warn"
        if bond.origin == "katalog" and bond.decided_by is None:
            return str(_("menurut katalog")), "good"
        return str(_("dikonfirmasi oleh %(nama)s", nama=by) if by else _("dikonfirmasi")), "good"
    if bond.decision == REFUSED:
        return str(_("ditolak oleh %(nama)s", nama=by) if by else _("ditolak")), "bad"
    return str(_("belum diverifikasi") if bond.origin == "katalog" else _("belum dikonfirmasi")), "warn"


def _line(row: RelationRow, ended: Mapping[int, EndedCitation], is_outgoing: bool) -> Line:
    bond, other = row.bond, row.other
    decided, tag = decided_words(bond, row.by)
    found = ended.get(other.id) if other and bond.kind in ("melaksanakan", "dasar hukum") else None
    name = citation(other) if other else bond.to_text if is_outgoing else str(_("peraturan di luar wilayah Anda"))
    return Line(row, name, other, ended_words(found) if found else "", decided, tag, proof_address(bond))


def _own_step(act: Regulation, story: Story, step: Step) -> LifeStep:
    words = {
        "ditetapkan": _("Ditetapkan"),
        "diundangkan": _("Diundangkan"),
        "mulai berlaku": _("Mulai berlaku"),
        "habis": _("Berlaku sampai"),
    }
    read = story.dates.get(step.column)
    href = url_for("dokumen.page", document_id=read.document_id, number=read.page) if read else ""
    proof = str(_("halaman %(n)s", n=read.page) if read else "")
    if step.day is None:
        return LifeStep(str(words[step.what]), None, None, "", "", "", "")
    if read and read.is_checked:
        decided, tag = _("dikonfirmasi"), "good"
    elif read:
        decided, tag = _("terbaca dari naskah"), ""
    else:
        decided, tag = (_("menurut sumber keterangan"), "") if step.is_confirmed else (_("belum diverifikasi"), "warn")
    return LifeStep(str(words[step.what]), step.day, None, href, proof, str(decided), tag)


def _bond_step(step: Step, bond: RegulationRelation) -> LifeStep:
    words = {
        "diubah": _("Diubah oleh"),
        "dicabut sebagian": _("Dicabut sebagian oleh"),
        "dicabut": _("Dicabut oleh"),
    }
    decided, tag = decided_words(bond)
    if step.is_contradictory:
        decided, tag = str(_("bertentangan, tidak dihitung")), "bad"
    proof = str(_("halaman %(n)s", n=bond.page)) if bond.page else ""
    return LifeStep(str(words[step.what]), step.day, bond.source, proof_address(bond), proof, decided, tag)
