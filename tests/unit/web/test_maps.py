"""Maps say in words what their colours mean."""

from itertools import combinations

import pytest

from compliance.boundaries import national_map, province_map
from compliance.web.maps import LETTER_WIDTH, LINE_HEIGHT, Area, DrawnMap, drawn_map


def areas(kodes: list[str], known: tuple[str, ...] = ()) -> dict[str, Area]:
    return {
        kode: Area(f"Wilayah {kode}", f"/wilayah/{kode}", "r3", "R3 Perbup 6/2019", "R3")
        if kode in known
        else Area(f"Wilayah {kode}", f"/wilayah/{kode}", None, "belum diperiksa")
        for kode in kodes
    }


def boxes(drawn: DrawnMap) -> list[tuple[float, float, float, float]]:
    """The room each region's label takes."""
    found = []
    for area in drawn.areas:
        if area.lines:
            half = max(len(text) for text, _, _ in area.lines) * LETTER_WIDTH * drawn.letters / 2
            x, high = area.lines[0][1], LINE_HEIGHT * drawn.letters
            top = area.lines[0][2] - high * 0.78
            found.append((x - half, top, x + half, top + high * len(area.lines)))
    return found


@pytest.mark.parametrize("kode", ["35", "33", "62", "31"])
def test_no_label_covers_another(kode: str) -> None:
    outlines = province_map(kode)
    drawn = drawn_map(outlines, areas([shape.kode for shape in outlines.shapes], known=(f"{kode}.03", f"{kode}.72")))
    for one, other in combinations(boxes(drawn), 2):
        apart = (
            one[2] <= other[0] + 0.2 or other[2] <= one[0] + 0.2 or one[3] <= other[1] + 0.2 or other[3] <= one[1] + 0.2
        )
        assert apart, (one, other)


def test_a_known_region_is_labelled_with_its_rung_before_an_unknown_one_with_its_name() -> None:
    outlines = province_map("62")
    drawn = drawn_map(outlines, areas([shape.kode for shape in outlines.shapes], known=("62.06",)))
    katingan = next(area for area in drawn.areas if area.area.href == "/wilayah/62.06")
    assert [text for text, _, _ in katingan.lines] == ["Wilayah 62.06", "R3"]
    assert katingan.title == "Wilayah 62.06: R3 Perbup 6/2019"


def test_only_regions_that_may_be_seen_are_drawn() -> None:
    assert len(drawn_map(national_map(), areas(["62", "63"])).areas) == 2
