"""Which test bears a rule or a paragraph: one that names its code, calls it by name, or bears it in its own name."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tracemark import instruments
from tracemark.kernel import Citation

ROOT = Path(__file__).parents[2]
_CODE = re.compile(r"[a-z]+\.[a-z0-9_]+")
_SHOWN = 2


@dataclass(frozen=True, slots=True, order=True)
class BearingTest:
    """A test, with the words by which it may bear a rule: strings that look like codes, and names it uses."""

    file: str
    name: str
    words: frozenset[str]


@cache
def bearing_tests() -> tuple[BearingTest, ...]:
    """Return every test of the project, those of its documents and its house apart."""
    found = []
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        file = path.relative_to(ROOT).as_posix()
        if not file.startswith(("tests/docs/", "tests/house/")):
            found += [BearingTest(file, each.name, frozenset(_words(each))) for each in _tests(path)]
    return tuple(sorted(found, key=lambda each: (each.file, each.name)))


def bearers_of_code(code: str, name: str = "") -> Sequence[BearingTest]:
    """Return the tests that name a rule's code; failing that, those of its room that use its name in the source."""
    room = f"tests/{code.partition('.')[0]}/"
    named = [each for each in _by_word().get(name, ()) if each.file.startswith(room)]
    return _by_word().get(code, ()) or named


def bearers_of_paragraph(citation: Citation) -> Sequence[BearingTest]:
    """Return the tests whose name bears the paragraph, such as `test_iti_8b_import_mark_present`."""
    return _by_paragraph().get(citation, ())


def linked(tests: Sequence[BearingTest]) -> str:
    """Name tests, with links from a page of the reference; of many the first."""
    more = " …" if len(tests) > _SHOWN else ""
    return ", ".join(f"[`{each.name}`](../../{each.file})" for each in tests[:_SHOWN]) + more


@cache
def _by_word() -> Mapping[str, tuple[BearingTest, ...]]:
    found: defaultdict[str, list[BearingTest]] = defaultdict(list)
    for each in bearing_tests():
        for word in each.words:
            found[word].append(each)
    return {word: tuple(tests) for word, tests in found.items()}


@cache
def _by_paragraph() -> Mapping[Citation, tuple[BearingTest, ...]]:
    spelt = {_spelt(citation): citation for citation in instruments.shipped().versions}
    longest_first = sorted(spelt, key=len, reverse=True)
    pattern = re.compile(rf"(?<=_)(?:{'|'.join(longest_first)})(?=_|$)")
    found: defaultdict[Citation, list[BearingTest]] = defaultdict(list)
    for each in bearing_tests():
        for text in dict.fromkeys(pattern.findall(each.name)):
            found[spelt[text]].append(each)
    return {citation: tuple(tests) for citation, tests in found.items()}


def _spelt(citation: Citation) -> str:
    """Write a paragraph as names of tests do: `ITI 8(b)` is iti_8b, `FP 8(1)(b)` fp_8_1_b, a US rule us_478_92."""
    item = citation.item if re.fullmatch(r"[a-z]", citation.item) else f"_{citation.item}"
    whole = f"{citation.instrument.removesuffix('/27CFR')}_{citation.paragraph}{item}"
    return re.sub(r"[^a-z0-9]+", "_", whole.lower()).strip("_")


def _tests(path: Path) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield node


def _words(test: ast.FunctionDef) -> Iterator[str]:
    for node in ast.walk(test):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _CODE.fullmatch(node.value):
            yield node.value
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.Name):
            yield node.id
