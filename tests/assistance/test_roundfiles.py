"""A round that somebody wrote is read, or refused with file, row and field."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from tracemark.assistance import Help, Merit, Need, Policy, Programme, RoundUnreadable, Running, read_round

EXAMPLE = Path(__file__).parents[2] / "docs" / "howto" / "examples" / "round.toml"
WHOLE = """
on = 2026-05-01
[policy]
most_programmes = 3
region_most = "0.5"
region_least = 0.1
[policy.merits]
orphan = "0.25"
[[need]]
request = "R-1"
state = "XA"
region = "002"
themes = ["marking"]
helps = ["training"]
amount = 100
merits = ["orphan"]
partner = "a partner"
[[programme]]
name = "P"
donor = "D"
themes = ["marking"]
helps = ["training", "finance"]
budget = 500
opens = 2026-01-01
closes = 2026-12-31
least = 10
most = 200
states = ["XA"]
regions = ["002"]
state_share = "0.5"
whole_only = true
needs_partner = true
needs_report = true
[[running]]
state = "XB"
theme = "marking"
help = "training"
"""


def test_every_field_is_read() -> None:
    found = read_round(WHOLE, "round.toml")
    assert found.on == date(2026, 5, 1)
    assert found.policy == Policy({Merit.ORPHAN: Fraction(1, 4)}, 3, Fraction(1, 2), Fraction(1, 10))
    assert found.needs == [
        Need(
            request="R-1",
            state="XA",
            region="002",
            themes=frozenset({"marking"}),
            helps=frozenset({Help.TRAINING}),
            amount=100,
            merits=frozenset({Merit.ORPHAN}),
            partner="a partner",
        )
    ]
    assert found.programmes == [
        Programme(
            name="P",
            donor="D",
            themes=frozenset({"marking"}),
            helps=frozenset({Help.TRAINING, Help.FINANCE}),
            budget=500,
            opens=date(2026, 1, 1),
            closes=date(2026, 12, 31),
            least=10,
            most=200,
            states=frozenset({"XA"}),
            regions=frozenset({"002"}),
            state_share=Fraction(1, 2),
            whole_only=True,
            needs_partner=True,
            needs_report=True,
        )
    ]
    assert found.running == [Running("XB", "marking", Help.TRAINING)]


def test_the_example_of_the_manual_is_a_round() -> None:
    found = read_round(EXAMPLE.read_text("utf-8"), EXAMPLE.name)
    assert (len(found.needs), len(found.programmes)) == (3, 2)


@pytest.mark.parametrize(
    ("before", "after", "code", "row", "field"),
    [
        ("on = 2026-05-01", "", "targets.field_missing", "round", "on"),
        ("on = 2026-05-01", "on = 2026-05-01\nof = 1", "targets.field_unknown", "round", "of"),
        ("amount = 100", "amount = 0.5", "targets.field_unfit", "need 1", "amount"),
        ("amount = 100", "", "targets.field_missing", "need 1", "amount"),
        (
            'themes = ["marking"]\nhelps = ["training"]',
            'helps = ["training"]',
            "targets.field_missing",
            "need 1",
            "themes",
        ),
        ('merits = ["orphan"]', 'merits = ["friend"]', "targets.field_unfit", "need 1", "merits"),
        ("orphan =", "friend =", "targets.field_unknown", "policy.merits", "friend"),
        ('region_most = "0.5"', "region_most = 7", "targets.field_unfit", "policy", "region_most"),
        ("most_programmes = 3", "most_programmes = 0", "targets.field_unfit", "policy", "most_programmes"),
        ("most = 200", "most = 900", "assistance.programme_unfit", "programme 1", "budget"),
        ("closes = 2026-12-31", "closes = 2025-12-31", "assistance.programme_unfit", "programme 1", "budget"),
        ("closes = 2026-12-31", 'closes = "2026-02-30"', "targets.field_unfit", "programme 1", "closes"),
        ("whole_only = true", 'whole_only = "yes"', "targets.field_unfit", "programme 1", "whole_only"),
        ('help = "training"', 'help = "money"', "targets.field_unfit", "running 1", "help"),
    ],
)
def test_a_fault_names_file_row_and_field(before: str, after: str, code: str, row: str, field: str) -> None:
    with pytest.raises(RoundUnreadable) as refused:
        read_round(WHOLE.replace(before, after, 1), "round.toml")
    named = [(each.code, each.facts["file"], each.facts["row"], each.facts["field"]) for each in refused.value.findings]
    assert (code, "round.toml", row, field) in named


def test_the_same_request_twice_is_refused() -> None:
    need = WHOLE[WHOLE.index("[[need]]") : WHOLE.index("[[programme]]")]
    with pytest.raises(RoundUnreadable) as refused:
        read_round(WHOLE + need, "round.toml")
    (finding,) = refused.value.findings
    assert (finding.code, finding.facts["row"], finding.facts["first"]) == (
        "assistance.named_twice",
        "need 2",
        "need 1",
    )


def test_what_is_no_toml_is_refused() -> None:
    with pytest.raises(RoundUnreadable) as refused:
        read_round("[", "round.toml")
    assert [each.code for each in refused.value.findings] == ["targets.not_toml"]
