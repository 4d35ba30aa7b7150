"""Outlines of regions as SVG path text, drawn from the tracked TopoJSON files.

Plain equirectangular projection: longitude shortened by the cosine of the map's middle latitude, north up.
Units are those of `view_box`, one decimal; one unit is about one pixel at the map's own width.
"""

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from compliance.data.files import FOLDER
from compliance.data.regions import region_by_code

Point = tuple[float, float]
Ring = list[Point]
Polygon = list[Ring]

_TENTHS = 10
_SPECK = 0.6
_SCAN_LINES = 24
_BORDER_POINTS = 200
_MARGIN = 2


@dataclass(frozen=True, slots=True)
class Shape:
    """The outline of one region and a point inside its largest part where a label may stand."""

    kode: str
    path: str
    """For the `d` attribute, with fill-rule evenodd (holes are rings of their own)."""
    label_x: float
    label_y: float


@dataclass(frozen=True, slots=True)
class Map:
    """Shapes of neighbouring regions in one coordinate system."""

    view_box: str
    width: int
    height: int
    shapes: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class _Projection:
    west: float
    north: float
    x_scale: float
    y_scale: float

    def point(self, place: Point) -> Point:
        return (place[0] - self.west) * self.x_scale + _MARGIN, (self.north - place[1]) * self.y_scale + _MARGIN


@cache
def province_map(kode: str) -> Map:
    """The kabupaten/kota of the province, by code. Raises KeyError where `kode` is no province."""
    if region_by_code()[kode].jenis != "provinsi":
        raise KeyError(kode)
    outlines = _outlines("kabkota")
    return _map({code: outlines[code] for code in outlines if code.startswith(f"{kode}.")}, (800, 600))


@cache
def national_map() -> Map:
    """The 38 provinces, by code."""
    return _map(_outlines("provinsi"), (1000, 500))


@cache
def _outlines(name: str) -> dict[str, list[Polygon]]:
    """Every region's polygons in degrees under its code, by code."""
    topology = json.loads((FOLDER / "wilayah" / f"{name}.topo.json").read_text(encoding="utf-8"))
    arcs = _decoded_arcs(topology)
    geometries = next(iter(topology["objects"].values()))["geometries"]
    return {geometry["properties"]["kode"]: _polygons(geometry, arcs) for geometry in sorted(geometries, key=_code)}


def _code(geometry: dict[str, Any]) -> str:
    return str(geometry["properties"]["kode"])


def _decoded_arcs(topology: dict[str, Any]) -> list[Ring]:
    """Arcs in degrees: each point is stored as a step from the one before, in units of the transform's scale."""
    (x_scale, y_scale), (x_start, y_start) = topology["transform"]["scale"], topology["transform"]["translate"]
    decoded = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * x_scale + x_start, y * y_scale + y_start))
        decoded.append(points)
    return decoded


def _polygons(geometry: dict[str, Any], arcs: list[Ring]) -> list[Polygon]:
    polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    return [[_ring(indexes, arcs) for indexes in polygon] for polygon in polygons]


def _ring(indexes: list[int], arcs: list[Ring]) -> Ring:
    """One closed line from its arcs; a negative index means the arc of its complement, walked backwards."""
    ring: Ring = []
    for index in indexes:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring.extend(arc[1:] if ring else arc)
    return ring


def _map(outlines: dict[str, list[Polygon]], room: tuple[int, int]) -> Map:
    """The outlines scaled to fill `room` (width, height) in one direction and to fit it in the other."""
    projection, width, height = _fitted(outlines.values(), room)
    shapes = tuple(_shape(kode, polygons, projection) for kode, polygons in outlines.items())
    return Map(f"0 0 {width} {height}", width, height, shapes)


def _fitted(outlines: Iterable[list[Polygon]], room: tuple[int, int]) -> tuple[_Projection, int, int]:
    """The projection with a margin for the stroke, and the width and height of the whole."""
    places = [place for polygons in outlines for polygon in polygons for place in polygon[0]]
    west, east = min(x for x, _ in places), max(x for x, _ in places)
    south, north = min(y for _, y in places), max(y for _, y in places)
    shortening = math.cos(math.radians((south + north) / 2))
    wide, high = (east - west) * shortening, north - south
    scale = min(room[0] / wide, room[1] / high)
    margin = 2 * _MARGIN
    return (
        _Projection(west, north, scale * shortening, scale),
        round(wide * scale) + margin,
        round(high * scale) + margin,
    )


def _shape(kode: str, polygons: list[Polygon], projection: _Projection) -> Shape:
    drawn = [[[projection.point(place) for place in ring] for ring in polygon] for polygon in polygons]
    largest = max(drawn, key=lambda polygon: _area(polygon[0]))
    visible = [ring for polygon in drawn for ring in polygon if polygon is largest or not _is_speck(ring)]
    x, y = _label_point(largest)
    return Shape(kode, "".join(_path(ring) for ring in visible), round(x, 1), round(y, 1))


def _is_speck(ring: Ring) -> bool:
    """Whether the ring is too small to be seen at the map's own width."""
    return all(max(values) - min(values) < _SPECK for values in zip(*ring, strict=True))


def _area(ring: Ring) -> float:
    pairs = pairwise(ring)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2


def _path(ring: Ring) -> str:
    """Relative SVG path of a ring; points that fall together after rounding are written once."""
    rounded = [(round(x * _TENTHS), round(y * _TENTHS)) for x, y in ring]
    steps = [(x2 - x1, y2 - y1) for (x1, y1), (x2, y2) in pairwise(rounded)]
    moves = [_pair(*step) for step in steps if step != (0, 0)][:-1]
    return f"M{_pair(*rounded[0])}" + ("l" + moves[0] + "".join(map(_joined, moves[1:])) if moves else "") + "z"


def _pair(x: int, y: int) -> str:
    return _number(x) + _joined(_number(y))


def _joined(text: str) -> str:
    """The number as it may follow another one: a minus sign already parts them."""
    return text if text.startswith("-") else f" {text}"


def _number(tenths: int) -> str:
    text = f"{abs(tenths) // _TENTHS or ''}" + (f".{abs(tenths) % _TENTHS}" if tenths % _TENTHS else "")
    return ("-" if tenths < 0 else "") + (text or "0")


def _label_point(polygon: Polygon) -> Point:
    """The point farthest from every border among the middles of the spans of some scan lines."""
    top, bottom = min(y for _, y in polygon[0]), max(y for _, y in polygon[0])
    lines = (top + (bottom - top) * line / _SCAN_LINES for line in range(1, _SCAN_LINES))
    middles = [((start + end) / 2, y) for y in lines for start, end in _spans(polygon, y)]
    border = [place for ring in polygon for place in ring[:: 1 + len(ring) // _BORDER_POINTS]]
    return max(middles, key=lambda middle: _clearance(middle, border), default=polygon[0][0])


def _clearance(middle: Point, border: Ring) -> float:
    """Squared distance to the nearest border point; sideways counts half, since a label lies flat."""
    return min((x - middle[0]) ** 2 / 4 + (y - middle[1]) ** 2 for x, y in border)


def _spans(polygon: Polygon, y: float) -> list[tuple[float, float]]:
    """The parts of the horizontal line at `y` that lie inside, holes left out, from left to right."""
    crossings = sorted(
        x1 + (y - y1) * (x2 - x1) / (y2 - y1)
        for ring in polygon
        for (x1, y1), (x2, y2) in pairwise(ring)
        if (y1 <= y) != (y2 <= y)
    )
    return list(zip(crossings[::2], crossings[1::2], strict=False))
