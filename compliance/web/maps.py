"""Maps for pages: outlines of regions with what is known of each, every one a link that says it in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from compliance.boundaries import Map, Shape

LETTER_WIDTH = 0.66
LINE_HEIGHT = 1.15
GAP = 0.25
"""All three in letter sizes; bold letters of a wide face, so that narrower ones fit too."""


class Frame(NamedTuple):
    """The room a page gives to a map, and the size of letters read with ease there; all in CSS pixels."""

    name: str
    width: float
    height: float
    letters: float


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Box) -> bool:
        beside = self.right < other.left or self.left > other.right
        return not (beside or self.bottom < other.top or self.top > other.bottom)


@dataclass(frozen=True, slots=True)
class Area:
    """What a map says of one region. `level` is a class of ladder.css (r0-r4, s0-s4), None where nobody looked."""

    name: str
    href: str
    level: str | None
    words: str
    label: str = ""
    short: str = ""
    """The name on the map where people know a shorter one."""


@dataclass(frozen=True, slots=True)
class DrawnArea:
    """An outline with its area."""

    path: str
    area: Area

    @property
    def title(self) -> str:
        return f"{self.area.name}: {self.area.words}"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a label, centred on x; `is_strong` is what is known, not the name."""

    text: str
    x: float
    y: float
    is_strong: bool


@dataclass(frozen=True, slots=True)
class Label:
    """What stands on the map for one region."""

    area: Area
    box: Box
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Layer:
    """The labels for one frame; `letters` is their size in the map's own units. No label covers another."""

    frame: str
    letters: float
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class DrawnMap:
    """The outlines in their order on the map, and a layer of labels for each frame."""

    view_box: str
    areas: tuple[DrawnArea, ...]
    layers: tuple[Layer, ...]


def drawn_map(outlines: Map, areas: Mapping[str, Area], frames: Iterable[Frame]) -> DrawnMap:
    """The outlines of the regions in `areas`, labelled anew for each frame; labels of known regions are placed first."""
    shapes = [shape for shape in outlines.shapes if shape.kode in areas]
    known_first = sorted(shapes, key=lambda shape: areas[shape.kode].level is None)
    layers = []
    for frame in frames:
        scale = min(frame.width / outlines.width, frame.height / outlines.height)
        letters = round(frame.letters / scale, 1)
        layers.append(Layer(frame.name, letters, tuple(_placed(known_first, areas, outlines, letters))))
    drawn = tuple(DrawnArea(shape.path, areas[shape.kode]) for shape in shapes)
    return DrawnMap(outlines.view_box, drawn, tuple(layers))


def _placed(shapes: Iterable[Shape], areas: Mapping[str, Area], outlines: Map, letters: float) -> Iterator[Label]:
    """The label of each region in the fullest wording that finds room; none where it would cover another."""
    taken: list[Box] = []
    for shape in shapes:
        area = areas[shape.kode]
        for texts in _wordings(area):
            box = _box(shape, texts, letters)
            if _is_inside(box, outlines) and not any(box.overlaps(other) for other in taken):
                taken.append(box)
                yield Label(area, box, _lines(shape, texts, letters, area.label))
                break


def _wordings(area: Area) -> Iterator[list[str]]:
    """The name and what is known of it, in ever less room; what is known stays to the last."""
    known = [area.label] if area.label else []
    name = area.short or area.name
    yield [name, *known]
    if " " in name:
        yield [*_two_lines(name), *known]
    if known:
        yield known


def _two_lines(name: str) -> tuple[str, str]:
    """The name broken at the space nearest to its middle."""
    spaces = [place for place, letter in enumerate(name) if letter == " "]
    middle = min(spaces, key=lambda place: abs(place - len(name) / 2))
    return name[:middle], name[middle + 1 :]


def _box(shape: Shape, texts: list[str], letters: float) -> Box:
    half = (max(len(text) for text in texts) * LETTER_WIDTH / 2 + GAP) * letters
    high = len(texts) * LINE_HEIGHT * letters / 2
    return Box(shape.label_x - half, shape.label_y - high, shape.label_x + half, shape.label_y + high)


def _is_inside(box: Box, outlines: Map) -> bool:
    return box.left >= 0 and box.top >= 0 and box.right <= outlines.width and box.bottom <= outlines.height


def _lines(shape: Shape, texts: list[str], letters: float, known: str) -> tuple[Line, ...]:
    """Each text with the place of its baseline, centred on the label point."""
    high = LINE_HEIGHT * letters
    first = shape.label_y - len(texts) * high / 2 + high * 0.78
    return tuple(
        Line(text, shape.label_x, round(first + number * high, 1), text == known) for number, text in enumerate(texts)
    )
