"""What a text names, as links: Pasal and ayat of the document itself, instruments held, known without a text, or unknown here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.actor import Actor
from compliance.models import Document, Part, Regulation
from compliance.queries.facts import today
from compliance.queries.printed_regions import printed_regions
from compliance.queries.regulations import READABLE
from compliance.queries.scopes import readable, readable_documents
from compliance.queries.standing import standings_on
from compliance.rules.addresses import Addresses
from compliance.rules.citations import citation
from compliance.rules.identity import is_cited
from compliance.rules.standing import Standing
from indexer import pages as read
from indexer import structure
from indexer.citations import Citation, FlowingText, citations_in
from indexer.lines import Line, key_of, lines_of
from indexer.references import Reference, references_in
from indexer.regions import RegionNames

HERE, HELD, KNOWN, UNKNOWN = "di sini", "ada naskahnya", "belum ada naskahnya", "tidak dikenal"
_PREAMBLE = ("menimbang", "mengingat", "memperhatikan")


@dataclass(frozen=True, slots=True)
class Link:
    """What text[start:end] of a page names.

    `state`: "di sini" (a part of this document), "ada naskahnya" (`document_id` holds it), "belum ada naskahnya" (only the catalogue
    knows it) or "tidak dikenal". `address` is the part meant ("pasal/5/ayat/1"), "" for the whole. `name` is the act's full name or
    the part's. `standing` is the act's today.
    """

    page: int
    start: int
    end: int
    state: str
    name: str
    document_id: int | None = None
    act: Regulation | None = None
    standing: Standing | None = None
    address: str = ""


def links_on(session: Session, actor: Actor, document: Document, text: str, *, page: int | None = None) -> list[Link]:
    """The links of a page's text in order, not overlapping. Without `page` the document's own parts are left out."""
    lines = lines_of([read.Page(page or 0, 0, 0, text, (), "asli")])
    addresses = addresses_of(session, actor, document.id) if page else Addresses([])
    return links_in(session, actor, document, lines, addresses)


def links_in(
    session: Session, actor: Actor, document: Document, lines: Sequence[Line], addresses: Addresses
) -> list[Link]:
    """The links of running lines, which may go over page breaks; `addresses` are the document's own parts."""
    flow = FlowingText(lines)
    cited = list(citations_in(flow))
    targets = _Targets(session, actor, cited)
    found: list[tuple[int, int, Link]] = []
    for one in cited:
        link = targets.link(one, document)
        found += [(one.start, one.end, link)] if link else []
    for reference in references_in(flow.text, cited):
        link = _part_link(reference, flow, document, addresses, targets)
        found += [(reference.start, reference.end, link)] if link else []
    return [
        piece for start, end, link in sorted(found, key=lambda f: f[:2]) for piece in _placed(flow, start, end, link)
    ]


def addresses_of(session: Session, actor: Actor, document_id: int) -> Addresses:
    """The addresses of a document's parts; of none where it is not the actor's to read."""
    columns = (Part.kind, Part.number, Part.heading, Part.page, Part.start, Part.end_page, Part.end, Part.parent_urutan)
    chosen = select(*columns).join(Part.document).where(Part.document_id == document_id, readable_documents(actor))
    return Addresses([structure.Part(*row) for row in session.execute(chosen.order_by(Part.urutan))])


class _Targets:
    """Finds the acts that citations name among those the actor reads, and the documents that hold them, looked up once."""

    def __init__(self, session: Session, actor: Actor, cited: Sequence[Citation]) -> None:
        self._session, self._actor = session, actor
        self._regions = printed_regions(session) if any(one.wilayah for one in cited) else RegionNames()
        kinds, years = {one.jenis for one in cited}, {one.tahun for one in cited if one.tahun}
        alike = select(Regulation).where(
            Regulation.jenis.in_(kinds), Regulation.tahun.in_(years), readable(actor, Regulation.wilayah)
        )
        self._acts = session.scalars(alike.order_by(Regulation.id)).all() if years else []
        self._documents = self._held([act.id for act in self._acts])
        self._standings = standings_on(session, actor, self._acts, today())
        self._addresses: dict[int, Addresses] = {}

    def link(self, cited: Citation, own: Document) -> Link | None:
        """Where a citation leads; None where it names the document itself."""
        act = self.act(cited)
        if act is None:
            return Link(0, 0, 0, UNKNOWN, cited.words)
        if act.id == own.regulation_id:
            return None
        held = self._documents.get(act.id)
        return Link(0, 0, 0, HELD if held else KNOWN, citation(act), held, act, self._standings.get(act.id))

    def act(self, cited: Citation) -> Regulation | None:
        """The act that is certainly meant, else None."""
        reading = self._regions.read(key_of(cited.wilayah)) if cited.wilayah else None
        if cited.wilayah and (reading is None or not reading.exact):
            return None
        kode = reading.kode if reading else None
        return next((act for act in self._acts if is_cited(act, cited, kode)), None)

    def addresses(self, document_id: int) -> Addresses:
        if document_id not in self._addresses:
            self._addresses[document_id] = addresses_of(self._session, self._actor, document_id)
        return self._addresses[document_id]

    def _held(self, acts: Sequence[int]) -> dict[int, int]:
        """The newest readable document of each act."""
        chosen = select(Document.regulation_id, Document.id).where(
            Document.regulation_id.in_(acts),
            Document.reading_state.in_(READABLE),
            readable_documents(self._actor),
        )
        rows = self._session.execute(chosen.order_by(Document.id)) if acts else ()
        return {act: document for act, document in rows if act is not None}


def _part_link(
    reference: Reference, flow: FlowingText, document: Document, own: Addresses, targets: _Targets
) -> Link | None:
    """Where a reference to a part leads; None where that part was not read, or is not certain."""
    if reference.citation is None:
        page, offset = flow.place_at(reference.start)
        return _own_part(reference, document, own, structure.chain_at(own.parts, page, offset), (page, offset))
    link = targets.link(reference.citation, document)
    addresses = targets.addresses(link.document_id) if link and link.document_id else None
    index = addresses.at(_said(reference.path)) if addresses else None
    if link is None or addresses is None or index is None:
        return None
    name = f"{structure.spoken(addresses.chain(index))} {link.name}"
    return replace(link, name=name, address=addresses.of(index))


def _own_part(
    reference: Reference, document: Document, own: Addresses, here: Sequence[structure.Part], place: tuple[int, int]
) -> Link | None:
    for address in _meant(reference.path, here):
        index = own.at(address)
        if index is not None:
            part = own.parts[index]
            is_itself = (part.page, part.start) == place or (here and (here[-1].page, here[-1].start) == place)
            name = structure.spoken(own.chain(index)) or part.label
            return None if is_itself else Link(0, 0, 0, HERE, name, document.id, address=own.of(index))
    return None


def _meant(path: Sequence[tuple[str, str]], here: Sequence[structure.Part]) -> Iterator[str]:
    """The addresses a path of the document's own can mean from a place, the likeliest first; none where that is open."""
    section = here[0].kind if here else ""
    if section == "lampiran" or (section in _PREAMBLE and path[0][0] != "huruf"):
        return
    if path[0][0] in ("pasal", "diktum", "bab", "lampiran"):
        yield _said(path)
        return
    base = [(part.kind, part.number) for part in here if part.kind not in ("bab", "bagian", "paragraf")]
    articles = [at for at, (kind, _) in enumerate(base) if kind in ("pasal", "diktum", *_PREAMBLE)]
    above = base[articles[-1] :] if articles else []
    while above and above[-1][0] in structure.POINTS and above[-1][0] != path[0][0]:
        yield _said([*above, *path])
        above = above[:-1]
    above = above[:-1] if above and above[-1][0] == path[0][0] else above
    if above:
        yield _said([*above, *path])


def _said(path: Sequence[tuple[str, str]]) -> str:
    return "/".join(step for pair in path for step in pair if step).replace(" ", "-").lower()


def _placed(flow: FlowingText, start: int, end: int, link: Link) -> Iterator[Link]:
    """The link where it stands on its page; two where it goes over a page break."""
    pages = [(at, flow.place_at(at)) for at in range(start, end) if not flow.text[at].isspace()]
    for page, letters in groupby(pages, key=lambda letter: letter[1][0]):
        places = [place for _, (_, place) in letters]
        yield replace(link, page=page, start=places[0], end=places[-1] + 1)
