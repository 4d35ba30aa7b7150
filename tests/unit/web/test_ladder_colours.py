"""The ladder's colours stay apart in grey and to colour-blind eyes, and carry readable codes."""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from pathlib import Path

import pytest

CSS = (Path(__file__).resolve().parents[3] / "compliance/web/static/ladder.css").read_text(encoding="utf-8")
RGB = tuple[float, float, float]
# Machado, Oliveira, Fernandes 2009, severity 1.0, on linear light.
EYES = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def colours(name: str) -> list[RGB]:
    found = re.findall(rf"--{name}-(\d): #([0-9a-f]{{6}});", CSS)
    assert [number for number, _ in found] == ["0", "1", "2", "3", "4"]
    return [linear(code) for _, code in found]


def linear(code: str) -> RGB:
    values = [int(code[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in values)
    return red, green, blue


def luminance(colour: RGB) -> float:
    return 0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2]


def contrast(one: RGB, other: RGB) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def seen(colour: RGB, eyes: str) -> RGB:
    red, green, blue = (min(1, max(0, sum(a * b for a, b in zip(row, colour, strict=True)))) for row in EYES[eyes])
    return red, green, blue


def lab(colour: RGB) -> RGB:
    rows = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    white = (0.9505, 1.0, 1.089)
    x, y, z = (
        root(sum(a * b for a, b in zip(row, colour, strict=True)) / scale)
        for row, scale in zip(rows, white, strict=True)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def root(value: float) -> float:
    return value ** (1 / 3) if value > 0.008856 else 7.787 * value + 16 / 116


def distance(one: RGB, other: RGB) -> float:
    return sum((a - b) ** 2 for a, b in zip(lab(one), lab(other), strict=True)) ** 0.5


def test_every_two_rungs_differ_in_grey() -> None:
    ordered = sorted(colours("rung"), key=luminance)
    assert all(contrast(one, other) >= 1.4 for one, other in pairwise(ordered))


@pytest.mark.parametrize("eyes", EYES)
def test_every_two_rungs_differ_to_colour_blind_eyes(eyes: str) -> None:
    for one, other in combinations(colours("rung"), 2):
        assert distance(seen(one, eyes), seen(other, eyes)) > 15


def test_codes_on_the_rungs_have_the_contrast_of_text() -> None:
    inks = dict(re.findall(r"--rung-(\d)-ink: (#[0-9a-f]{3});", CSS))
    assert len(inks) == 5
    for number, colour in enumerate(colours("rung")):
        ink = linear(inks[str(number)][1:2] * 6)
        assert contrast(ink, colour) >= 4.5, number


def test_the_shares_of_the_national_map_grow_darker_step_by_step() -> None:
    steps = colours("share")
    assert all(
        luminance(lighter) > luminance(darker) and contrast(lighter, darker) >= 1.25
        for lighter, darker in pairwise(steps)
    )
