"""Maps say in words what their colours mean."""

from dataclasses import replace
from itertools import combinations

import pytest

from compliance.boundaries import national_map, province_map
from compliance.web.maps import Area, Frame, _wordings, drawn_map
from compliance.web.region_maps import NATIONAL_FRAMES, PROVINCE_FRAMES


def areas(kodes: list[str], known: tuple[str, ...] = ()) -> dict[str, Area]:
    return {
        kode: Area(f"Wilayah {kode}", f"/wilayah/{kode}", "r3", "R3 Perbup 6/2019", "R3")
        if kode in known
        else Area(f"Wilayah {kode}", f"/wilayah/{kode}", None, "belum diperiksa")
        for kode in kodes
    }


@pytest.mark.parametrize("kode", ["35", "33", "62", "31"])
@pytest.mark.parametrize("frame", PROVINCE_FRAMES, ids=lambda frame: frame.name)
def test_no_label_covers_another_or_leaves_the_map(kode: str, frame: Frame) -> None:
    outlines = province_map(kode)
    known = areas([shape.kode for shape in outlines.shapes], known=(f"{kode}.03", f"{kode}.72"))
    (layer,) = drawn_map(outlines, known, [frame]).layers
    assert layer.labels
    assert not [(one, other) for one, other in combinations(layer.labels, 2) if one.box.overlaps(other.box)]
    assert all(label.box.left >= 0 and label.box.right <= outlines.width for label in layer.labels)


def test_letters_are_as_large_on_the_page_whatever_the_size_of_the_map() -> None:
    on_desk, on_phone = drawn_map(province_map("62"), areas(["62.06"]), PROVINCE_FRAMES).layers
    outlines = province_map("62")
    assert on_desk.letters * 352 / outlines.height == pytest.approx(PROVINCE_FRAMES[0].letters, rel=0.01)
    assert on_phone.letters * 358 / outlines.width == pytest.approx(PROVINCE_FRAMES[1].letters, rel=0.01)


def test_a_name_that_finds_no_room_is_broken_before_it_gives_way() -> None:
    area = Area("Papua Barat Daya", "/provinsi/92", "s1", "1 dari 6", label="1/6")
    assert list(_wordings(area)) == [["Papua Barat Daya", "1/6"], ["Papua", "Barat Daya", "1/6"], ["1/6"]]
    assert next(_wordings(replace(area, short="PBD"))) == ["PBD", "1/6"]


def test_a_known_region_is_labelled_with_its_rung_before_an_unknown_one_with_its_name() -> None:
    outlines = province_map("62")
    known = areas([shape.kode for shape in outlines.shapes], known=("62.06",))
    drawn = drawn_map(outlines, known, PROVINCE_FRAMES)
    katingan = next(label for label in drawn.layers[0].labels if label.area.href == "/wilayah/62.06")
    assert [(line.text, line.is_strong) for line in katingan.lines] == [("Wilayah 62.06", False), ("R3", True)]
    assert {area.title for area in drawn.areas} >= {"Wilayah 62.06: R3 Perbup 6/2019"}


def test_only_regions_that_may_be_seen_are_drawn() -> None:
    assert len(drawn_map(national_map(), areas(["62", "63"]), NATIONAL_FRAMES).areas) == 2
