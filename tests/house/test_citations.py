"""Whatever cites a paragraph cites one that the library of instruments holds."""

import ast
import importlib
import pkgutil
import re
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.house.tree import PACKAGE, ROOMS, modules
from tracemark import instruments
from tracemark.kernel import Rule, cite

# Sources that are no instrument and stand beside the library: technical standards, what the field lives by, and
# literature as `Author, "Title", year`.
STANDARDS = re.compile(
    r"(RFC|ISO|IEC|C2SP|W3C|WCAG|OWASP|Unicode|BCP|GS1|EPCIS|CBV|NIEM|NCIC|UNROCA|SDMX|IATI|DAC|EDTF|C\.I\.P\.|SAAMI|Cleary|Wu)\b"
    r"|.+, \".+\", \d{4}"
)


def rules() -> dict[int, Rule[object]]:
    """Return every rule of every room, each once, though several modules may know it."""
    found: dict[int, Rule[object]] = {}
    for room in ROOMS:
        package = importlib.import_module(f"tracemark.{room}")
        for module in pkgutil.walk_packages(package.__path__, f"tracemark.{room}."):
            held = vars(importlib.import_module(module.name)).values()
            found |= {id(each): each for each in held if isinstance(each, Rule)}
    return found


def cited_in_code() -> Iterator[tuple[str, str]]:
    """Yield the place and the text of each literal `cite("…")` and each literal source of a rule."""
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"cite", "rule"}:
                last = node.args[-1] if node.args else None
                if isinstance(last, ast.Constant) and isinstance(last.value, str):
                    yield f"{path.relative_to(PACKAGE)}:{node.lineno}", last.value


def sources() -> Iterator[tuple[str, str]]:
    """Yield the place and the text of each `Source:` in a docstring."""
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                isinstance(node, ast.Expr)
                and isinstance(node.value, ast.Constant)
                and isinstance(node.value.value, str)
            ):
                for text in re.findall(r"Source: (.+)", node.value.value):
                    yield f"{path.relative_to(PACKAGE)}:{node.lineno}", text.rstrip(". ")


def held(text: str) -> bool:
    """Tell whether the library holds a paragraph, or paragraphs below it (`PoA II`), or both ends of a range."""
    try:
        instruments.paragraph(cite(text))
    except (KeyError, ValueError):
        pass
    else:
        return True
    if any(str(each.citation).startswith((f"{text}.", f"{text}(")) for each in instruments.paragraphs()):
        return True
    first, dash, last = text.rpartition("-")
    # ITI 8(a)-(d), PoA II.4-5, ITI 7-10: the end of a range leaves out what it shares with its beginning.
    stems = [first[: first.rfind(mark) + keep] for mark, keep in (("(", 0), (".", 1), (" ", 1)) if mark in first]
    return bool(dash) and held(first) and any(held(stem + last) for stem in stems)


def test_every_rule_has_a_code_of_its_own_that_names_its_room() -> None:
    codes = Counter(rule.code for rule in rules().values())
    assert [code for code, number in codes.items() if number > 1] == []
    assert [code for code in codes if not re.fullmatch(rf"({'|'.join(ROOMS)})\.[a-z0-9_]+", code)] == []


def test_every_rule_cites_a_paragraph_that_is_held() -> None:
    assert [(rule.code, str(rule.source)) for rule in rules().values() if not held(str(rule.source))] == []


def test_every_citation_in_code_is_held() -> None:
    assert [(place, text) for place, text in cited_in_code() if not held(text)] == []


def test_every_source_in_a_docstring_is_held_or_is_a_technical_standard() -> None:
    codes = "|".join(sorted({re.escape(each.citation.instrument) for each in instruments.paragraphs()}, reverse=True))
    citation = re.compile(rf"(?<![\w/])(?:{codes}) [\w.()/-]*[\w)]")
    strays = []
    for place, text in sources():
        cited = citation.findall(text)
        strays += [(place, each) for each in cited if not held(each)]
        if not cited and not STANDARDS.match(text):
            strays.append((place, text))
    assert strays == []


@pytest.mark.parametrize(
    "text",
    ["ITI 8(b)", "ITI 8", "PoA II", "ITI 7-10", "ITI 8(a)-(d)", "PoA II-III", "PoA II.4-5", "EU/2019/68 annex-1"],
)
def test_a_paragraph_that_is_held(text: str) -> None:
    assert held(text)


@pytest.mark.parametrize(
    "text", ["ITI 8(z)", "ITI 99", "ITI 7-99", "ITI 8(a)-(z)", "PoA II.4-99", "PoA IX", "ABC 1", "nonsense"]
)
def test_a_paragraph_that_is_not_held(text: str) -> None:
    assert not held(text)
