"""What a held text says of other regulations (mengubah, mencabut, melaksanakan, dasar hukum), each with its page as proof.

What the text says is a proposal; a person's decision about it outlives every reading.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, SQLColumnExpression, func, or_, select
from sqlalchemy.orm import Session

from compliance.models import Document, Page, Part, Regulation, RegulationRelation
from compliance.queries.printed_regions import printed_regions
from compliance.rules.identity import REGIONAL, Citation, folded_number, is_cited
from compliance.rules.statements import is_same_statement, named_in, written_out
from compliance.services.standing import refresh_standings
from indexer import pages as read
from indexer import structure
from indexer.citations import FlowingText, citations_in
from indexer.lines import key_of, lines_of
from indexer.regions import RegionNames
from indexer.relations import Relation, relations

LONGEST_NAME = 200
ALTERING_ITS_LIKE = ("mengubah", "mencabut", "mencabut sebagian")


def state_relations(session: Session, document: Document, stated: Sequence[Relation] | None = None) -> None:
    """The proposals proved by the document's pages are those its text states now, from the regulation it belongs to.

    `stated` are the relations of the stored pages, where they are known already.
    What was decided on stays as it was decided; where the text no longer says it, `is_missing` does. Statuses follow.
    """
    source = session.get(Regulation, document.regulation_id) if document.regulation_id else None
    before = list(session.scalars(select(RegulationRelation).where(RegulationRelation.document_id == document.id)))
    touched = [document.regulation_id, *(number for bond in before for number in (bond.from_id, bond.to_id))]
    proved: list[RegulationRelation] = []
    if source:
        _follow(before, source)
        others = _stated_elsewhere(session, source, document)
        if stated is None:
            stated = relations(_pages(session, document), _parts(session, document) or None)
        for statement in _statements(session, document, source, stated):
            proved.append(_proved(session, statement, before, others))
    _forget(session, [bond for bond in before if bond not in proved])
    refresh_standings(session, [*touched, *(bond.to_id for bond in proved)])


def point_at(session: Session, regulation: Regulation) -> None:
    """Relations that named this regulation before anybody knew it lead to it."""
    identity = (regulation.jenis, folded_number(regulation.nomor), regulation.tahun)
    waiting = session.scalars(_may_name(regulation)).all()
    for bond in [bond for bond in waiting if named_in(bond.to_text)[:3] == identity and bond.from_id != regulation.id]:
        cited = list(citations_in(FlowingText(lines_of([_page(1, written_out(bond.to_text))]))))
        if Targets(session, cited).of(cited[0], _own_region(bond.kind, cited[0], bond.source)) is regulation:
            bond.to_id = regulation.id
    refresh_standings(session, [regulation.id])


def _may_name(regulation: Regulation) -> Select[RegulationRelation]:
    """Relations to acts nobody knows whose words hold the number and the year, also as OCR misreads a year."""
    words: SQLColumnExpression[str] = RegulationRelation.to_text
    for letter, digit in (("O", "0"), ("o", "0"), ("l", "1"), ("I", "1")):
        words = func.replace(words, letter, digit)
    numbers = (regulation.nomor, str(regulation.tahun or ""))
    held = (
        or_(*(text.contains(number, autoescape=True) for text in (words, RegulationRelation.to_text)))
        for number in numbers
        if number
    )
    return select(RegulationRelation).where(RegulationRelation.to_id.is_(None), *held)


class Targets:
    """Finds the regulations that citations name, among those of their kinds, numbers and years, looked up once."""

    def __init__(self, session: Session, citations: Sequence[Citation]) -> None:
        self._regions = printed_regions(session) if any(one.wilayah for one in citations) else RegionNames()
        number = func.ltrim(func.lower(func.replace(Regulation.nomor, " ", "")), "0")
        alike = select(Regulation).where(
            Regulation.jenis.in_({one.jenis for one in citations}),
            Regulation.tahun.in_({one.tahun for one in citations}),
            number.in_({folded_number(one.nomor) for one in citations}),
        )
        self._held = session.scalars(alike.order_by(Regulation.id)).all()

    def of(self, citation: Citation, kode: str | None = None) -> Regulation | None:
        """The regulation that is certainly meant, else None; `kode` is the region meant where none is printed."""
        reading = self._regions.read(key_of(citation.wilayah)) if citation.wilayah else None
        if citation.wilayah and (reading is None or not reading.exact):
            return None
        kode = reading.kode if reading else kode
        return next((act for act in self._held if is_cited(act, citation, kode)), None)


def _statements(
    session: Session, document: Document, source: Regulation, stated: Sequence[Relation]
) -> list[RegulationRelation]:
    """What the text says now, as rows that are not stored yet; what it says of itself is left out."""
    targets = Targets(session, stated)
    rows = []
    for relation in stated:
        kind = relation.kind.replace("_", " ")
        kode = _own_region(kind, relation, source)
        target = targets.of(relation, kode)
        if target is source or (target is None and _names_itself(relation, source, kode)):
            continue
        rows.append(
            RegulationRelation(
                from_id=source.id,
                kind=kind,
                to_id=target.id if target else None,
                to_text=relation.words[:LONGEST_NAME],
                document_id=document.id,
                page=relation.page,
                quote=relation.sentence,
                origin="naskah",
                is_sourced=True,
                is_missing=False,
            )
        )
    return rows


def _own_region(kind: str, cited: Citation, source: Regulation) -> str | None:
    """Where no region is printed, a regulation can amend or repeal only those of its kind of its own region."""
    is_like = cited.jenis in REGIONAL and cited.jenis == source.jenis and not cited.wilayah
    return source.wilayah if is_like and kind in ALTERING_ITS_LIKE else None


def _names_itself(cited: Citation, source: Regulation, kode: str | None) -> bool:
    same = (cited.jenis, folded_number(cited.nomor), cited.tahun) == (
        source.jenis,
        folded_number(source.nomor),
        source.tahun,
    )
    return same and (kode == source.wilayah or not cited.wilayah)


def _follow(before: Sequence[RegulationRelation], source: Regulation) -> None:
    """What was read from the document is said by the regulation it belongs to now."""
    for bond in before:
        if bond.origin == "naskah":
            bond.from_id = source.id


def _stated_elsewhere(session: Session, source: Regulation, document: Document) -> list[RegulationRelation]:
    """Relations of the regulation that other documents, the catalogue or people state."""
    chosen = select(RegulationRelation).where(RegulationRelation.from_id == source.id)
    return [bond for bond in session.scalars(chosen) if bond.document_id != document.id]


def _proved(
    session: Session,
    statement: RegulationRelation,
    before: Sequence[RegulationRelation],
    others: Sequence[RegulationRelation],
) -> RegulationRelation:
    """The row that states it: the one there was, one known without a text, else a new one with the decision about its like."""
    without_text = [bond for bond in others if bond.document_id is None]
    bond = next((held for held in [*before, *without_text] if is_same_statement(held, statement)), None)
    if bond is None:
        _decide_alike(statement, others)
        session.add(statement)
        return statement
    if bond.origin != "orang":
        bond.document_id, bond.page, bond.quote = statement.document_id, statement.page, statement.quote
        bond.is_sourced, bond.is_missing = True, False
    if bond.origin == "naskah" and bond.decision is None:
        bond.to_id, bond.to_text = statement.to_id, statement.to_text
    elif bond.to_id is None:
        bond.to_id = statement.to_id
    return bond


def _decide_alike(statement: RegulationRelation, others: Sequence[RegulationRelation]) -> None:
    """A copy of the text proposes nothing that was decided on."""
    like = next((bond for bond in others if bond.decision and is_same_statement(bond, statement)), None)
    if like:
        statement.to_id = like.to_id
        for name in ("decision", "decided_by", "decided_at", "decision_reason"):
            setattr(statement, name, getattr(like, name))


def _forget(session: Session, unstated: Sequence[RegulationRelation]) -> None:
    """What the text no longer states is gone, unless a person decided on it or the catalogue says it too."""
    for bond in unstated:
        if bond.origin == "katalog":
            bond.document_id = bond.page = bond.quote = None
            bond.is_sourced = bond.decision is not None
        elif bond.origin == "naskah" and bond.decision:
            bond.is_missing = True
        elif bond.origin == "naskah":
            session.delete(bond)
    session.flush()


def _pages(session: Session, document: Document) -> list[read.Page]:
    chosen = select(Page.number, Page.text).where(Page.document_id == document.id).order_by(Page.number)
    return [_page(number, text) for number, text in session.execute(chosen)]


def _parts(session: Session, document: Document) -> list[structure.Part]:
    columns = (Part.kind, Part.number, Part.heading, Part.page, Part.start, Part.end_page, Part.end, Part.parent_urutan)
    chosen = select(*columns).where(Part.document_id == document.id).order_by(Part.urutan)
    return [structure.Part(*row) for row in session.execute(chosen)]


def _page(number: int, text: str) -> read.Page:
    return read.Page(number, 0, 0, text, (), "asli")
