"""What a held text says of other regulations (mengubah, mencabut, melaksanakan, dasar hukum), each with its page as proof."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.data.instruments import instrument_by_code
from compliance.models import Document, Page, Regulation, RegulationRelation
from compliance.queries.printed_regions import printed_regions
from compliance.rules.identity import Citation, is_cited
from indexer import pages as read
from indexer.citations import FlowingText, citations_in
from indexer.lines import key_of, lines_of
from indexer.regions import RegionNames
from indexer.relations import relations

LONGEST_NAME = 200


def state_relations(session: Session, document: Document) -> None:
    """The relations proved by the document's pages are those its text states now, from the regulation it belongs to."""
    _forget(session, document)
    source = session.get(Regulation, document.regulation_id) if document.regulation_id else None
    if source is None:
        return
    stated = relations(_pages(session, document))
    targets = Targets(session, stated)
    unproved = _unproved(session, source)
    for relation in stated:
        target = targets.of(relation)
        if target is not source:
            kind = relation.kind.replace("_", " ")
            bond = unproved.get((kind, target.id)) if target else None
            if bond is None:
                name = relation.words[:LONGEST_NAME]
                bond = RegulationRelation(from_id=source.id, kind=kind, to_id=target and target.id, to_text=name)
                session.add(bond)
            bond.document_id, bond.page, bond.is_sourced = document.id, relation.page, True


def point_at(session: Session, regulation: Regulation) -> None:
    """Relations that named this regulation before anybody knew it lead to it."""
    named = RegulationRelation.to_text.contains(regulation.nomor or "", autoescape=True)
    waiting = select(RegulationRelation).where(RegulationRelation.to_id.is_(None), named)
    bonds = [bond for bond in session.scalars(waiting) if bond.from_id != regulation.id]
    for bond in bonds:
        cited = list(citations_in(FlowingText(lines_of([_page(1, bond.to_text)]))))
        if len(cited) == 1 and Targets(session, cited).of(cited[0]) is regulation:
            bond.to_id = regulation.id


class Targets:
    """Finds the regulations that citations name, among those of their kinds and years, looked up once."""

    def __init__(self, session: Session, citations: Sequence[Citation]) -> None:
        self._regions = printed_regions(session) if any(one.wilayah for one in citations) else RegionNames()
        kinds, years = {one.jenis for one in citations}, {one.tahun for one in citations}
        alike = select(Regulation).where(Regulation.jenis.in_(kinds), Regulation.tahun.in_(years))
        self._held = session.scalars(alike.order_by(Regulation.id)).all()

    def of(self, citation: Citation) -> Regulation | None:
        """The regulation that is certainly meant, else None."""
        reading = self._regions.read(key_of(citation.wilayah)) if citation.wilayah else None
        if citation.wilayah and (reading is None or not reading.exact):
            return None
        kode = reading.kode if reading else None
        return next((act for act in self._held if is_cited(act, citation, kode)), None)


def _unproved(session: Session, source: Regulation) -> dict[tuple[str, int], RegulationRelation]:
    """Relations known without a text, by kind and target."""
    chosen = select(RegulationRelation).where(
        RegulationRelation.from_id == source.id, RegulationRelation.document_id.is_(None)
    )
    return {(bond.kind, bond.to_id): bond for bond in session.scalars(chosen) if bond.to_id is not None}


def _forget(session: Session, document: Document) -> None:
    """Nothing is proved by this document any more; what the shipped catalogue says stays, without the proof."""
    proved = select(RegulationRelation).where(RegulationRelation.document_id == document.id)
    for bond in session.scalars(proved):
        shipped = instrument_by_code().get(bond.source.slug or "")
        if shipped and bond.to_text in {row.teks for row in shipped.relations}:
            bond.document_id = bond.page = None
        else:
            session.delete(bond)
    session.flush()


def _pages(session: Session, document: Document) -> list[read.Page]:
    chosen = select(Page.number, Page.text).where(Page.document_id == document.id).order_by(Page.number)
    return [_page(number, text) for number, text in session.execute(chosen)]


def _page(number: int, text: str) -> read.Page:
    return read.Page(number, 0, 0, text, (), "asli")
