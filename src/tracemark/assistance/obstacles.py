from collections.abc import Collection, Iterator
from datetime import date
from enum import StrEnum

from tracemark.assistance.needs import Merit, Need, Programme, Running


class Bar(StrEnum):
    """Why a programme cannot serve a need, whatever money it has left."""

    CLOSED = "closed"
    STATE = "state"
    REGION = "region"
    THEME = "theme"
    HELP = "help"
    PARTNER = "partner"
    REPORT = "report"
    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"
    DOUBLE = "double"


def bars(need: Need, programme: Programme, on: date, running: Collection[Running] = ()) -> tuple[Bar, ...]:
    """Return why a programme cannot serve a need on a day; none where it can.

    A need that goes on already in every theme and help they share is a double.
    """
    return tuple(_bars(need, programme, on, running))


def shared_themes(need: Need, programme: Programme) -> frozenset[str]:
    """Return the themes of a need that a programme serves."""
    return need.themes & programme.themes


def most_granted(need: Need, programme: Programme) -> int:
    """Return the most that a programme can give to a need."""
    return min(need.amount, programme.ceiling, int(programme.state_share * programme.budget))


def _bars(need: Need, programme: Programme, on: date, running: Collection[Running]) -> Iterator[Bar]:
    themes, most = shared_themes(need, programme), most_granted(need, programme)
    asked = {Running(need.state, theme, each) for theme in themes for each in need.helps & programme.helps}
    stands = {
        Bar.CLOSED: not programme.opens <= on <= programme.closes,
        Bar.STATE: programme.states and need.state not in programme.states,
        Bar.REGION: programme.regions and need.region not in programme.regions,
        Bar.THEME: not themes,
        Bar.HELP: not need.helps & programme.helps,
        Bar.PARTNER: programme.needs_partner and not need.partner,
        Bar.REPORT: programme.needs_report and Merit.IN_REPORT not in need.merits,
        Bar.TOO_SMALL: most < max(1, programme.least),
        Bar.TOO_LARGE: programme.whole_only and most < need.amount,
        Bar.DOUBLE: asked and asked <= set(running),
    }
    yield from (bar for bar, true in stands.items() if true)
