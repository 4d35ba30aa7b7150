"""How far a scanned page hangs, and the way from a picture set upright back to the page as it is shown."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from PIL import Image, ImageChops, ImageStat

MOST_SKEW = 6
# Lines that hang less tesseract follows by itself; from 1.5 degrees on it drops them in silence, sure of the rest.
LEAST_SKEW = 0.7
FINER_STEPS = (0.5, 0.25, 0.1)
# Wide enough that half a degree moves the end of a line by a row or two; doubling it costs four times as long.
ESTIMATE_WIDTH = 340
MARGIN = 0.06
FAINT = 50
WHITE = 255

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Upright:
    """A grey picture turned counter-clockwise by `angle` degrees about its middle, white where it had nothing."""

    image: Image.Image
    angle: float
    given: tuple[int, int]

    def shown(self, box: Box) -> Box:
        """The smallest box on the picture as given (pixels) that holds a box of the upright one."""
        x0, y0, x1, y1 = box
        corners = [self._shown(x, y) for x in (x0, x1) for y in (y0, y1)]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return min(xs), min(ys), max(xs), max(ys)

    def _shown(self, x: float, y: float) -> tuple[float, float]:
        """The middle of the one is the middle of the other, whatever their sizes."""
        turn = math.radians(self.angle)
        right, down = x - self.image.width / 2, y - self.image.height / 2
        back_right = right * math.cos(turn) - down * math.sin(turn)
        back_down = right * math.sin(turn) + down * math.cos(turn)
        return self.given[0] / 2 + back_right, self.given[1] / 2 + back_down


def upright(image: Image.Image, turn: int = 0) -> Upright:
    """The picture turned clockwise by `turn` (0, 90, 180, 270) and then freed of its skew."""
    turned = image.rotate(-turn, expand=True) if turn else image
    skew = skew_of(turned)
    if abs(skew) >= LEAST_SKEW:
        turned = turned.rotate(skew, Image.Resampling.BILINEAR, fillcolor=WHITE)
        return Upright(turned, skew - turn, image.size)
    return Upright(turned, -turn, image.size)


def skew_of(image: Image.Image) -> float:
    """Degrees counter-clockwise, -7 to 7, that make printed lines level; 0 where nothing is printed. About 10 ms.

    Level lines make rows that are either full or empty: the angle is the one at which neighbouring rows differ most
    (Postl's projection profile).
    """
    ink = _ink(image)
    best = _levellest(ink.reduce(2), sorted(range(-MOST_SKEW, MOST_SKEW + 1), key=abs))
    for step in FINER_STEPS:
        best = _levellest(ink, (best, best - step, best + step))
    return best


def _ink(image: Image.Image) -> Image.Image:
    """A small negative of the page without its margins, where scanners leave shadows; 0 is paper, however grey."""
    across, down = round(image.width * MARGIN), round(image.height * MARGIN)
    middle = image.crop((across, down, image.width - across, image.height - down))
    small = middle.reduce(max(1, middle.width // ESTIMATE_WIDTH))
    negative = ImageChops.invert(small)
    paper = ImageStat.Stat(negative).median[0] + FAINT
    return negative.point([max(0, value - paper) for value in range(256)])


def _levellest(ink: Image.Image, angles: Iterable[float]) -> float:
    """The first of the best angles."""
    return max(angles, key=lambda angle: _contrast(ink, angle))


def _contrast(ink: Image.Image, angle: float) -> int:
    level = ink.rotate(angle)
    rows = level.resize((1, level.height), Image.Resampling.BOX).tobytes()
    return sum((above - below) ** 2 for above, below in pairwise(rows))
