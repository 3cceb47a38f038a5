"""Points go by the published maxima, of which what does not apply falls away."""

from decimal import Decimal
from pathlib import Path

import pytest

from tests.reporting.desk import CONTACT, drafted, said, standing
from tests.rooms import StillClock, clock, stores
from tracemark.reporting import (
    AnswerKind,
    SchemeUnreadable,
    assess,
    assessment_trend,
    gaps,
    published_scheme,
    questions,
    read_scheme,
)
from tracemark.storage.memory import MemoryStores

__all__ = ["clock", "stores"]
MAXIMA = ["1", "2", "3", "14.25", "4", "1.5", "12", "3.5", "4.5", "4", "1", "6"]
OWN = """
scheme = "ours"
since = 2026-01-01
source = "ministry"
[[themes]]
id = "tracing"
maximum = "10"
questions = [{ id = "trc.proc", weight = 1 }]
"""


def test_the_twelve_maxima_come_to_the_published_total() -> None:
    assert [each.maximum for each in published_scheme().themes] == [Decimal(each) for each in MAXIMA]
    assert sum(each.maximum for each in published_scheme().themes) == Decimal("56.75")


def test_without_manufacture_its_part_falls_away(stores: MemoryStores, clock: StillClock, tmp_path: Path) -> None:
    name = drafted(stores, clock, tmp_path, edition="2020")
    assert assess(standing(stores, name), published_scheme()).available == Decimal("56.75")
    said(stores, clock, name, "mfr.any", "no")
    scores = {each.theme: each.available for each in assess(standing(stores, name), published_scheme()).scores}
    assert (scores["manufacture"], scores["coordination"]) == (Decimal("1.20"), Decimal("1.00"))


def test_all_yes_brings_all_points_and_leaves_no_gap(stores: MemoryStores, clock: StillClock, tmp_path: Path) -> None:
    name = drafted(stores, clock, tmp_path, edition="2020")
    for theme in published_scheme().themes:
        for question in sorted({each.question.id for each in theme.weighed}):
            kind, options = questions()[question].answer, questions()[question].options
            by_kind = {AnswerKind.YES_NO: "yes", AnswerKind.OPTIONS: list(options)}
            said(stores, clock, name, question, by_kind.get(kind, "told"), note="colour")
    found = standing(stores, name)
    assert assess(found, published_scheme()).percent == Decimal("100.00")
    assert list(gaps(found, published_scheme())) == []


def test_half_a_point_for_what_is_in_progress_by_the_states_own_scheme(
    stores: MemoryStores, clock: StillClock, tmp_path: Path
) -> None:
    name, scheme = drafted(stores, clock, tmp_path), read_scheme(OWN)
    said(stores, clock, name, "trc.proc", "in_progress")
    found = standing(stores, name)
    assert assess(found, scheme).plain() == {
        "report": name, "scheme": "ours", "points": "5.00", "available": "10.00", "percent": "50.00",
        "themes": [{"theme": "tracing", "points": "5.00", "available": "10.00"}],
    }  # fmt: skip
    assert [(each.question.id, each.theme, each.answer) for each in gaps(found, scheme)] == [
        ("trc.proc", "tracing", "in_progress")
    ]
    assert assessment_trend(form="poa", scheme=scheme, actor=CONTACT, stores=stores) == []


@pytest.mark.parametrize("text", ["not toml", OWN.replace("trc.proc", "trc.nothing"), OWN.replace("themes", "topics")])
def test_what_is_no_scheme_is_refused(text: str) -> None:
    with pytest.raises(SchemeUnreadable):
        read_scheme(text)
