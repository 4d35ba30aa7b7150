"""How somebody looks at a document: what every link on the reader's page carries on to the next."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request, url_for

from compliance.web.asked import number_asked
from compliance.web.zoom import FIT, STEPS, TURNS

CURRENT_HIT = "temuan"


@dataclass(frozen=True, slots=True)
class Looking:
    """`typed` is what is looked for in the document, `zoom` one of STEPS, `turn` one of TURNS for this page alone, `hit` from 1."""

    document_id: int
    typed: str
    zoom: int
    turn: int
    hit: int | None

    def page(self, number: int, hit: int | None = None, zoom: int | None = None, turn: int = 0) -> str:
        """The address of a page under the same search and zoom; with `hit`, at that hit of the page."""
        size = self.zoom if zoom is None else zoom
        return url_for(
            "dokumen.page",
            document_id=self.document_id,
            number=number,
            q=self.typed or None,
            temuan=hit,
            zoom=size or None,
            putar=turn or None,
            _anchor=CURRENT_HIT if hit else None,
        )


def looking(document_id: int) -> Looking:
    """What the address asks for; a zoom or turn that does not exist is the plain one."""
    zoom, turn = number_asked("zoom") or FIT, number_asked("putar") or 0
    return Looking(
        document_id,
        request.args.get("q", "").strip(),
        zoom if zoom in STEPS else FIT,
        turn if turn in TURNS else 0,
        number_asked("temuan"),
    )
