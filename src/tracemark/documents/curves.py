"""How marks last, drawn as a picture: a stair that falls with age, and the band within which it may lie."""

from collections.abc import Sequence
from itertools import pairwise

from tracemark.documents.pages import picture_png
from tracemark.practices import Lasting

WIDTH, HEIGHT = 420, 190
_LEFT, _RIGHT, _TOP, _FLOOR = 44, 12, 10, 160
_FEW = 10
"""Up to so many years each has its number."""
_GRID = (0, 25, 50, 75, 100)
_INK, _BAND, _LINE, _HAIR = "#303030", "#c9dcec", "#1f4e79", "#d0d0d0"


def lasting_svg(lasts: Sequence[Lasting], *, mirrored: bool = False) -> str:
    """Draw shares by age with their intervals, as SVG; words stand beside it, numbers in it.

    Where a language runs from right to left, so does time.
    """
    points = [(0, 1.0, 1.0, 1.0), *((each.years, each.share, each.low, each.high) for each in lasts)]
    most = max(points[-1][0], 1)

    def across(years: float) -> float:
        x = _LEFT + (WIDTH - _LEFT - _RIGHT) * years / most
        return WIDTH - x if mirrored else x

    def down(share: float) -> float:
        return _TOP + (_FLOOR - _TOP) * (1 - share)

    def stair(turn: int) -> list[tuple[float, float]]:
        placed = [(across(points[0][0]), down(points[0][turn]))]
        for before, each in pairwise(points):
            placed += [(across(each[0]), down(before[turn])), (across(each[0]), down(each[turn]))]
        return placed

    band = _path([*stair(3), *reversed(stair(2))])
    parts = [f'<path d="{band}Z" fill="{_BAND}" stroke="none"/>']
    for share in _GRID:
        y = down(share / 100)
        parts.append(f'<path d="M{across(0):.1f} {y:.1f}H{across(most):.1f}" stroke="{_HAIR}" stroke-width="0.6"/>')
        parts.append(_text(across(0) + (8 if mirrored else -8), y + 4, f"{share} %", "start" if mirrored else "end"))
    marked = range(0, most + 1, 1 if most <= _FEW else 5)
    parts += [_text(across(years), _FLOOR + 16, str(years), "middle") for years in marked]
    parts.append(f'<path d="{_path(stair(1))}" fill="none" stroke="{_LINE}" stroke-width="2"/>')
    body = "".join(parts)
    size = f'width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{body}</svg>'


def lasting_png(svg: str) -> bytes:
    """Turn a drawing into dots, for files that take no other pictures."""
    return picture_png(svg, WIDTH, HEIGHT)


def _path(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-family="DejaVu Sans" font-size="10" fill="{_INK}" '
        f'text-anchor="{anchor}">{text}</text>'
    )
