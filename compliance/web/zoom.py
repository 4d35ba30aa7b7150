"""How large the picture of a page is shown, which drawing serves each size, and where marks go when the picture is turned."""

from __future__ import annotations

from dataclasses import dataclass

FIT = 0
STEPS = (FIT, 100, 150, 200, 300)
"""Per cent of the paper's own size on a screen; FIT takes the width there is."""
DPIS = {FIT: 110, 100: 110, 150: 150, 200: 200, 300: 300}
FINER_DPIS = (110, 150, 200)
TURNS = (0, 90, 180, 270)
PIXELS_PER_POINT = 96 / 72
LARGEST = 1700, 2400


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture of a page as shown. `paper` is its size in points after turning; `matrix` brings a place on the page there.

    `width` and `height` are pixels of a screen; None where the page's size is unknown.
    """

    zoom: int
    turn: int
    paper: tuple[float, float]
    matrix: str
    width: int | None
    height: int | None

    @property
    def dpi(self) -> int:
        return DPIS[self.zoom]

    @property
    def finer(self) -> list[tuple[int, int]]:
        """(dpi, pixels across) of the drawings a fine screen may choose from; empty where the size was chosen by hand."""
        if self.zoom != FIT or not self.paper[0]:
            return []
        return [(dpi, round(self.paper[0] * dpi / 72)) for dpi in FINER_DPIS]


def picture(page_size: tuple[float, float], zoom: int, turn: int) -> Picture:
    """A page of that size in points at this zoom, turned clockwise; paper larger than a poster is shown as a poster."""
    width, height = page_size
    paper = (height, width) if turn in (90, 270) else (width, height)
    shown: tuple[int, int] | tuple[None, None] = (None, None)
    if width > 0 and height > 0:
        widest, highest = (most / edge for most, edge in zip(LARGEST, paper, strict=True))
        scale = min(PIXELS_PER_POINT, widest, highest)
        shown = (_pixels(paper[0], scale, zoom), _pixels(paper[1], scale, zoom))
    return Picture(zoom, turn, paper, _matrix(width, height, turn), *shown)


def smaller(zoom: int) -> int | None:
    """The step below; None at the smallest."""
    at = STEPS.index(zoom)
    return STEPS[at - 1] if at else None


def larger(zoom: int) -> int | None:
    """The step above; None at the largest."""
    return next((step for step in STEPS if step > zoom), None)


def _pixels(edge: float, scale: float, zoom: int) -> int:
    return max(1, round(edge * scale * (zoom or 100) / 100))


def _matrix(width: float, height: float, turn: int) -> str:
    """For SVG: where a point of the upright page lies on the turned one; "" upright."""
    return {
        90: f"matrix(0 1 -1 0 {height:g} 0)",
        180: f"matrix(-1 0 0 -1 {width:g} {height:g})",
        270: f"matrix(0 -1 1 0 0 {width:g})",
    }.get(turn, "")
