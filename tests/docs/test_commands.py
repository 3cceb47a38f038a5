"""Every command that the manual tells is one that can be typed."""

from pathlib import Path

import pytest

from tests.docs.commands import Command, commands, fault_of
from tests.house.tree import ROOT

PAGES = [
    page
    for page in sorted([*(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md")])
    if page.name not in ("CHANGELOG.md", "cli.md") and any(commands(page))
]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_a_command_of_the_manual_can_be_typed(page: Path) -> None:
    assert [(str(each), fault) for each in commands(page) if (fault := fault_of(each))] == []


@pytest.mark.parametrize(
    ("words", "whole", "said"),
    [
        ("trac AB?", True, "no such command"),
        ("trace AB? --yea 3", True, "No such option"),
        ("trace", True, "Missing argument"),
        ("trace AB? --year soon", True, "valid integer"),
        ("report export NR-1 --format doc", True, "is not one of"),
        ("peer", True, "a group"),
        ("peer lists", False, "no such command"),
        ("verify --agains", False, "no such option"),
    ],
)
def test_a_command_that_nobody_can_type_is_found(words: str, whole: bool, said: str) -> None:
    assert said in fault_of(Command(tuple(words.split()), whole))


@pytest.mark.parametrize(
    ("words", "whole"),
    [("law check gone.toml", True), ("peer", False), ("verify --against", False), ("trace AB? --json", True)],
)
def test_a_command_that_can_be_typed_is_let_be(words: str, whole: bool) -> None:
    assert fault_of(Command(tuple(words.split()), whole)) == ""


def test_commands_are_found_wherever_they_stand(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "Type `tracemark peer list`, or\n\n    tracemark head > head.txt    # the head\n    ls\n\n```sh\n"
        "TRACEMARK_STATE=XR tracemark trace 'A B' \\\n  --make fn\n```\n\n```toml\ntracemark = 1\n```\n"
    )
    assert [(each.words, each.whole) for each in commands(page)] == [
        (("trace", "A B", "--make", "fn"), True),
        (("head",), True),
        (("peer", "list"), False),
    ]
