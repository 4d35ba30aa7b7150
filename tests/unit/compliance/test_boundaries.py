"""Maps drawn from the tracked boundaries."""

import re

import pytest

from compliance.boundaries import Map, Shape, national_map, province_map
from compliance.data.regions import regions

PROVINCES = [region.kode for region in regions() if region.jenis == "provinsi"]
NUMBER = r"-?(?:\d+(?:\.\d)?|\.\d)"
PATH = re.compile(r"(?:M[0-9. -]+(?:l[0-9. -]+)?z)+")


def size(drawn: Map) -> int:
    return sum(len(shape.path) for shape in drawn.shapes)


def rings(shape: Shape) -> list[list[tuple[float, float]]]:
    """The path's rings in absolute units, read back from its text."""
    found = []
    for part in shape.path.split("z")[:-1]:
        numbers = [float(number) for number in re.findall(NUMBER, part)]
        x = y = 0.0
        ring = []
        for step_x, step_y in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + step_x, y + step_y
            ring.append((x, y))
        found.append(ring)
    return found


def inside(shape: Shape, x: float, y: float) -> bool:
    crossed = 0
    for ring in rings(shape):
        for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
            crossed += (y1 <= y) != (y2 <= y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1)
    return crossed % 2 == 1


def test_the_national_map_draws_38_provinces_in_less_than_250_kilobytes() -> None:
    assert [shape.kode for shape in national_map().shapes] == PROVINCES
    assert size(national_map()) < 250_000


@pytest.mark.parametrize("kode", PROVINCES)
def test_a_province_map_draws_all_its_kabupaten_and_kota_in_less_than_100_kilobytes(kode: str) -> None:
    drawn = province_map(kode)
    assert [shape.kode for shape in drawn.shapes] == [region.kode for region in regions() if region.provinsi == kode]
    assert size(drawn) < 100_000


def map_of(kode: str) -> Map:
    return national_map() if kode == "00" else province_map(kode)


@pytest.mark.parametrize("kode", ["00", *PROVINCES])
def test_every_outline_lies_within_its_map(kode: str) -> None:
    drawn = map_of(kode)
    assert drawn.view_box == f"0 0 {drawn.width} {drawn.height}"
    for shape in drawn.shapes:
        assert PATH.fullmatch(shape.path), shape.kode
        points = [point for ring in rings(shape) for point in ring]
        assert all(0 <= x <= drawn.width and 0 <= y <= drawn.height for x, y in points), shape.kode


@pytest.mark.parametrize("kode", ["00", *PROVINCES])
def test_every_label_stands_inside_its_own_region(kode: str) -> None:
    astray = [shape.kode for shape in map_of(kode).shapes if not inside(shape, shape.label_x, shape.label_y)]
    assert astray == []


def test_north_is_up_and_east_is_right() -> None:
    labels = {shape.kode: (shape.label_x, shape.label_y) for shape in national_map().shapes}
    assert labels["11"][0] < labels["62"][0] < labels["91"][0]
    assert labels["65"][1] < labels["62"][1] < labels["35"][1]


@pytest.mark.parametrize("kode", ["62.06", "00", "99", ""])
def test_a_map_of_what_is_no_province_is_refused(kode: str) -> None:
    with pytest.raises(KeyError):
        province_map(kode)
