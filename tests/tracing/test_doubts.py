import pytest

from tests.rooms import StillClock
from tests.tracing.test_actions import ANALYST
from tracemark.kernel import PartialDate
from tracemark.marking import Mark, MarkKind
from tracemark.recordkeeping import EventKind
from tracemark.storage.memory import MemoryStores
from tracemark.tracing import Recovery, TraceRefused, record_recovery, recovery_doubts
from tracemark.weapons import Description


def recovery(
    happened: str = "2026-03-04", text: str = "AB?12", kind: str = "pistol", made: int | None = None
) -> Recovery:
    return Recovery(
        EventKind.SEIZED,
        PartialDate.parse(happened),
        "Border",
        "XT-POL",
        description=Description(kind=kind, year=made),
        marks=(Mark(MarkKind.MANUFACTURE, text),),
    )


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        (recovery("1066"), ["tracing.recovery_too_early"]),
        (recovery("2010-01-01", made=2011), ["tracing.recovered_before_made"]),
    ],
)
def test_iti_17_a_what_cannot_have_happened_then_is_refused(
    said: Recovery, codes: list[str], stores: MemoryStores, clock: StillClock
) -> None:
    with pytest.raises(TraceRefused) as refused:
        record_recovery(recovery=said, actor=ANALYST, stores=stores, clock=clock)
    assert [each.code for each in refused.value.findings] == codes


@pytest.mark.parametrize(
    ("again", "codes"),
    [
        (recovery(), ["tracing.recovery_alike"]),
        (recovery(text="ab ?12", kind=""), ["tracing.recovery_alike"]),
        (recovery(text="AB?13"), []),
        (recovery(kind="revolver"), []),
        (recovery("2026-03-05"), []),
        (recovery("2020"), ["tracing.recovery_long_ago"]),
        (recovery("2021"), []),
    ],
)
def test_a_recovery_is_doubted_that_is_long_ago_or_looks_recorded(
    again: Recovery, codes: list[str], stores: MemoryStores, clock: StillClock
) -> None:
    weapon = record_recovery(recovery=recovery(), actor=ANALYST, stores=stores, clock=clock)
    found = recovery_doubts(recovery=again, actor=ANALYST, stores=stores, clock=clock)
    assert [each.code for each in found] == codes
    assert [each.facts["weapon"] for each in found if "weapon" in each.facts] == [weapon] * codes.count(
        "tracing.recovery_alike"
    )
