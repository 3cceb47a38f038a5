"""The pinned requirements follow the wishes, carry hashes, and name no server."""

import re
from pathlib import Path

import pytest

from tests.house.tree import ROOT

FOLDER = ROOT / "requirements"
SETS = ["uv", "run", "test", "rivals"]
_PINNED = re.compile(r"^([a-z0-9-]+)==(\S+)(?: ; ([^\\\n]+?))?((?: \\\n +--hash=sha256:[0-9a-f]{64})+)$", re.MULTILINE)


def wishes(name: str) -> set[str]:
    """Return the names that `<name>.in` asks for, options such as `-r run.in` and extras left out."""
    lines = (line for line in (FOLDER / f"{name}.in").read_text().splitlines() if line and line[0] not in "#-")
    return {re.split(r"[\[=<>~!;@ ]", line, maxsplit=1)[0].lower() for line in lines}


def pins(name: str) -> set[tuple[str, str, str]]:
    """Return (name, version, marker) of each hashed pin in `<name>.txt`."""
    found = _PINNED.findall((FOLDER / f"{name}.txt").read_text())
    return {(pinned, version, marker) for pinned, version, marker, _ in found}


def asked_for(name: str, by: str) -> set[str]:
    """Return the pins of `<name>.txt` that say they stand there because `<by>.in` asks for them."""
    blocks = re.split(r"^(?=[a-z0-9])", (FOLDER / f"{name}.txt").read_text(), flags=re.MULTILINE)
    because = re.compile(rf"-r requirements/{by}\.in$", re.MULTILINE)
    return {block.split("==")[0] for block in blocks if because.search(block)}


@pytest.mark.parametrize("name", SETS)
def test_what_is_pinned_is_what_is_asked_for(name: str) -> None:
    assert asked_for(name, name) == wishes(name)


@pytest.mark.parametrize("name", SETS)
def test_every_pin_has_a_hash(name: str) -> None:
    lines = re.findall(r"^[a-z0-9-]+==", (FOLDER / f"{name}.txt").read_text(), re.MULTILINE)
    assert len(lines) == len(pins(name)) > 0


@pytest.mark.parametrize("name", ["run", "spark", "test"])
def test_what_is_under_the_agpl_is_installed_by_no_node_and_no_test(name: str) -> None:
    assert wishes("rivals") & {pinned for pinned, *_ in pins(name)} == set()


@pytest.mark.parametrize("path", sorted(FOLDER.iterdir()), ids=lambda path: Path(path).name)
def test_no_address_of_a_server(path: Path) -> None:
    assert re.findall(r"\w+://\S+|--(?:extra-)?index-[u]rl|--find-[l]inks|--trusted-host", path.read_text()) == []


def test_a_node_runs_on_the_versions_the_tests_ran_on() -> None:
    everywhere = {(name, version) for name, version, marker in pins("test") if not marker}
    assert {each for each in pins("run") - pins("test") if each[:2] not in everywhere} == set()
