"""Every pair of colours that stands together reads well, in both themes. Source: WCAG 2.2, 1.4.3 and 1.4.11."""

import re
from importlib.resources import files

import pytest

SHEET = (files("tracemark.web") / "static" / "web" / "css" / "palette.css").read_text("utf-8")
TEXT = [
    ("ink", "paper"), ("ink", "surface"), ("ink", "brand-tint"), ("ink", "accent-tint"), ("ink", "bad-tint"),
    ("ink", "good-tint"), ("quiet", "paper"), ("quiet", "surface"), ("quiet", "brand-tint"), ("quiet", "accent-tint"),
    ("quiet", "bad-tint"), ("quiet", "good-tint"), ("brand", "paper"), ("brand", "surface"), ("brand", "brand-tint"),
    ("brand", "accent-tint"), ("brand", "bad-tint"), ("brand-strong", "brand-tint"), ("on-brand", "brand"),
    ("on-brand", "brand-strong"), ("accent", "accent-tint"), ("bad", "bad-tint"), ("bad", "surface"), ("bad", "paper"),
    ("good", "good-tint"), ("on-bar", "bar"), ("on-bar-quiet", "bar"), ("on-bar", "bar-line"), ("surface", "accent"),
]  # fmt: skip
EDGES = [
    ("edge", "paper"),
    ("edge", "surface"),
    ("accent", "paper"),
    ("accent", "surface"),
    ("good", "surface"),
    ("bad", "surface"),
    ("lawful", "surface"),
]


def themes() -> dict[str, dict[str, str]]:
    """Return the colours by name of the light theme, of the dark one that a device asks for, and of the one chosen."""
    blocks = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block)) for block in SHEET.split(":root")[1:]]
    return dict(zip(("light", "device", "chosen"), blocks, strict=True))


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "chosen"])
def test_text_stands_out(theme: str) -> None:
    colours = themes()[theme]
    weak = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in TEXT}
    assert {pair: found for pair, found in weak.items() if found < 4.5} == {}


@pytest.mark.parametrize("theme", ["light", "chosen"])
def test_edges_of_controls_stand_out(theme: str) -> None:
    colours = themes()[theme]
    weak = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in EDGES}
    assert {pair: found for pair, found in weak.items() if found < 3} == {}


def test_the_dark_theme_is_one() -> None:
    assert themes()["device"] == themes()["chosen"]
