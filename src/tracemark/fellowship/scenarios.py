"""What one more contribution buys: how many seats, and which States get in next. Source: BMS7 ASSIST.4."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from tracemark.fellowship.calls import Call
from tracemark.fellowship.policies import Favour
from tracemark.fellowship.scoring import Contest, worth
from tracemark.fellowship.selecting import Selection, select, waiting_list


@dataclass(frozen=True, slots=True)
class Scenario:
    """What a contribution on top of the budget buys: the best selection for so many seats, under the same policy.

    `comes_in` and `goes_out` are nominations that the selection without the contribution has not, or has. `women` and
    `men` count fellows, `favoured` those of least-developed or small island States.
    """

    contribution: Decimal
    seats: int
    selection: Selection
    comes_in: tuple[str, ...]
    goes_out: tuple[str, ...]
    states: tuple[str, ...]
    women: int
    men: int
    favoured: int


def seats_for(call: Call, contribution: Decimal) -> int:
    """Return how many seats a course has if a contribution is added to its budget."""
    left = call.budget + contribution - call.fixed_cost
    return max(0, int(left // call.seat_cost)) if call.seat_cost else call.seats


def funding_scenarios(
    call: Call, contest: Contest, contributions: Sequence[Decimal], decided: Sequence[str] = ()
) -> Iterator[Scenario]:
    """Yield what each contribution buys, the call's own budget (0) first. Seats are those of the contest, and more.

    Where people `decided` who has a seat, all of these keep it, and only what is bought is added to their number.
    """
    contest = replace(contest, seats=len(decided)) if decided else contest
    base = _as_decided(contest, decided) if decided else select(contest)
    own = seats_for(call, Decimal(0))
    for contribution in (Decimal(0), *contributions):
        more = seats_for(call, contribution) - own
        bought = base if not more else select(replace(contest, seats=contest.seats + more), keeping=decided)
        yield _scenario(contribution, contest.seats + more, bought, base, contest)


def _as_decided(contest: Contest, decided: Sequence[str]) -> Selection:
    value = worth(contest.named(decided), contest)
    return Selection(tuple(decided), tuple(waiting_list(decided, contest)), value, value, proven=True)


def _scenario(contribution: Decimal, seats: int, bought: Selection, base: Selection, contest: Contest) -> Scenario:
    inside = contest.named(bought.selected)
    sexes = [sex for each in inside for values in each.values.values() for sex in values & {"female", "male"}]
    before, now = set(base.selected), set(bought.selected)
    return Scenario(
        contribution=contribution,
        seats=seats,
        selection=bought,
        comes_in=tuple(each for each in bought.selected if each not in before),
        goes_out=tuple(each for each in base.selected if each not in now),
        states=tuple(sorted({each.state for each in inside})),
        women=sexes.count("female"),
        men=sexes.count("male"),
        favoured=sum(bool(each.favours & {Favour.LEAST_DEVELOPED, Favour.SMALL_ISLAND}) for each in inside),
    )
