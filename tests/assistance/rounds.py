"""Needs and programmes for the tests of assistance."""

from datetime import date
from fractions import Fraction

from tracemark.assistance import Help, Merit, Need, Programme

TODAY = date(2026, 5, 1)
OPEN, CLOSED = date(2026, 1, 1), date(2026, 12, 31)


def need(
    request: str,
    amount: int,
    *,
    state: str = "",
    region: str = "002",
    themes: str = "marking",
    helps: Help = Help.TRAINING,
    merits: frozenset[Merit] = frozenset(),
    partner: str = "",
) -> Need:
    return Need(
        request=request,
        state=state or f"X{request[-1]}",
        region=region,
        themes=frozenset(themes.split()),
        helps=frozenset({helps}),
        amount=amount,
        merits=merits,
        partner=partner,
    )


def programme(
    name: str,
    budget: int,
    *,
    least: int = 0,
    most: int | None = None,
    themes: str = "marking stockpiles",
    helps: Help = Help.TRAINING,
    states: frozenset[str] = frozenset(),
    regions: frozenset[str] = frozenset(),
    state_share: Fraction = Fraction(1),
    whole_only: bool = False,
    needs_partner: bool = False,
    needs_report: bool = False,
    opens: date = OPEN,
    closes: date = CLOSED,
) -> Programme:
    return Programme(
        name=name,
        donor=f"donor of {name}",
        themes=frozenset(themes.split()),
        helps=frozenset({helps}),
        budget=budget,
        opens=opens,
        closes=closes,
        least=least,
        most=most,
        states=states,
        regions=regions,
        state_share=state_share,
        whole_only=whole_only,
        needs_partner=needs_partner,
        needs_report=needs_report,
    )
