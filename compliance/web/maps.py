"""Maps for pages: outlines of regions with what is known of each, every one a link that says it in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from compliance.boundaries import Map, Shape

SMALL, LARGE = 13, 17
CROWDED = 20
LETTER_WIDTH = 0.59
LINE_HEIGHT = 1.15
"""Of the letter size."""
Box = tuple[float, float, float, float]
Lines = tuple[tuple[str, float, float], ...]


@dataclass(frozen=True, slots=True)
class Area:
    """What a map says of one region. `level` is a class of ladder.css (r0-r4, s0-s4), None where nobody looked."""

    name: str
    href: str
    level: str | None
    words: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class DrawnArea:
    """An outline with its area; `lines` stand on the map, as (text, x, y), where they cover no other label."""

    path: str
    area: Area
    lines: Lines

    @property
    def title(self) -> str:
        return f"{self.area.name}: {self.area.words}"


@dataclass(frozen=True, slots=True)
class DrawnMap:
    """`letters` is the size of the labels in the map's own units."""

    view_box: str
    letters: int
    areas: tuple[DrawnArea, ...]


def drawn_map(outlines: Map, areas: Mapping[str, Area]) -> DrawnMap:
    """The outlines of the regions in `areas`, in their order on the map; labels of known regions are placed first."""
    shapes = [shape for shape in outlines.shapes if shape.kode in areas]
    letters = LARGE if len(shapes) < CROWDED else SMALL
    known_first = sorted(shapes, key=lambda shape: areas[shape.kode].level is None)
    lines = _placed(known_first, areas, outlines.width, letters)
    drawn = tuple(DrawnArea(shape.path, areas[shape.kode], lines[shape.kode]) for shape in shapes)
    return DrawnMap(outlines.view_box, letters, drawn)


def _placed(shapes: Iterable[Shape], areas: Mapping[str, Area], width: int, letters: int) -> dict[str, Lines]:
    """For each region the label's lines: name and label, else the label alone, else nothing."""
    taken: list[Box] = []
    lines: dict[str, Lines] = {}
    for shape in shapes:
        area = areas[shape.kode]
        options = [[area.name, area.label], [area.label]] if area.label else [[area.name]]
        fitting = next((texts for texts in options if _is_free(_box(shape, texts, letters), taken, width)), [])
        if fitting:
            taken.append(_box(shape, fitting, letters))
        lines[shape.kode] = _lines(shape, fitting, letters)
    return lines


def _box(shape: Shape, texts: list[str], letters: int) -> Box:
    half = max(len(text) for text in texts) * LETTER_WIDTH * letters / 2
    high = len(texts) * LINE_HEIGHT * letters / 2
    return (shape.label_x - half, shape.label_y - high, shape.label_x + half, shape.label_y + high)


def _is_free(box: Box, taken: list[Box], width: int) -> bool:
    left, top, right, bottom = box
    if left < 0 or right > width:
        return False
    return all(right < x1 or left > x2 or bottom < y1 or top > y2 for x1, y1, x2, y2 in taken)


def _lines(shape: Shape, texts: list[str], letters: int) -> Lines:
    """Each text with the place of its baseline, centred on the label point."""
    high = LINE_HEIGHT * letters
    first = shape.label_y - len(texts) * high / 2 + high * 0.78
    return tuple((text, shape.label_x, round(first + number * high, 1)) for number, text in enumerate(texts))
