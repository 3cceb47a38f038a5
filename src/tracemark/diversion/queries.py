from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from tracemark.diversion.batches import clusters
from tracemark.diversion.detections import Signal
from tracemark.diversion.limits import excesses
from tracemark.diversion.ports import Engine, QueryRefused
from tracemark.diversion.rulebook import RESERVED, Pattern, Statistic, patterns, shared_views
from tracemark.diversion.series import rises
from tracemark.kernel import Plain
from tracemark.recordkeeping import RECOVERIES, EventKind, event_kinds
from tracemark.weapons import WeaponId


class RuleFailed(Exception):
    """A rule's query cannot be answered, or does not answer with weapons and evidence; the message says why."""

    def __init__(self, rule: str, why: str) -> None:
        super().__init__(why)
        self.rule = rule


_UNTRACED = frozenset({"record", "recovery"})


def detect(
    engine: Engine,
    *,
    today: date,
    state: str,
    embargoes: Sequence[tuple[str, date, date | None, str, str]] = (),
    wanted: Iterable[Pattern] | None = None,
    timed: Callable[[str], object] = lambda _: None,
) -> Iterator[Signal]:
    """Apply rules to a record, one after the other, and yield what they find, the same in the same order each time.

    `today` is the day on which a thing is overdue or not, `state` the State whose record it is. `embargoes` are those
    that no event of the record declares: State, first and last day, document, scope. `timed` hears the name of each
    step when it is done.

    Raises:
        RuleFailed: a rule's query cannot be answered.
    """
    lay_tables(engine, today=today, state=state, embargoes=embargoes)
    for name, query in shared_views().items():
        engine.make(name, query)
        timed(name)
    for pattern in patterns().values() if wanted is None else wanted:
        try:
            rows = engine.rows(pattern.sql)
            answered = _made(pattern.statistic, rows, today) if pattern.statistic else rows
            found = [signal_of(pattern, row) for row in answered]
        except QueryRefused as error:
            raise RuleFailed(pattern.code, str(error)) from error
        except KeyError as error:
            raise RuleFailed(pattern.code, f"no column {error}") from error
        yield from sorted(found, key=lambda each: (each.evidence, each.weapons))
        timed(pattern.code)


def _made(statistic: Statistic, rows: Iterable[Mapping[str, Any]], today: date) -> Iterator[dict[str, Any]]:
    """Make signals' rows of single events."""
    match statistic:
        case Statistic.RISES:
            return rises(rows, (today.year - 1970) * 12 + today.month - 1)
        case Statistic.FUNNEL:
            return excesses(rows)
        case Statistic.BATCHES:
            return clusters(rows)


def lay_tables(
    engine: Engine,
    *,
    today: date,
    state: str,
    embargoes: Sequence[tuple[str, date, date | None, str, str]] = (),
) -> None:
    """Put the small tables beside the record that rules look into: `here`, `kinds`, `may_follow`, `embargoes`."""
    engine.put("here", {"today": "DATE", "state": "VARCHAR"}, [(today, state)])
    columns = {"kind": "VARCHAR", "stage": "VARCHAR", "leads_to": "VARCHAR", "lawful": "BOOLEAN", "recovery": "BOOLEAN",
               "in_hands": "BOOLEAN"}  # fmt: skip
    engine.put("kinds", columns, list(_kinds()))
    engine.put("may_follow", {"kind": "VARCHAR", "status": "VARCHAR"}, list(_may_follow()))
    dated = {"state": "VARCHAR", "since": "DATE", "until": "DATE", "symbol": "VARCHAR", "scope": "VARCHAR"}
    engine.put("embargoes", dated, embargoes)


def signal_of(pattern: Pattern, row: Mapping[str, object]) -> Signal:
    """Read one row that a rule answered with."""
    facts: dict[str, Plain] = {
        name: value if isinstance(value, bool | int | str) else str(value)
        for name, value in row.items()
        if name not in RESERVED and value is not None
    }
    return Signal(
        rule=pattern.code,
        stage=pattern.stage,
        strength=pattern.strength,
        weapons=tuple(sorted({WeaponId(each) for each in _numbers(row["weapons"]) if each})),
        evidence=tuple(sorted(set(_numbers(row["evidence"])))),
        when=str(row.get("happened") or ""),
        place=str(row.get("place") or ""),
        facts=facts,
    )


def _numbers(listed: object) -> Iterator[int]:
    if isinstance(listed, Iterable):
        yield from (int(each) for each in listed if each is not None)


def _kinds() -> Iterator[tuple[object, ...]]:
    for kind, terms in event_kinds().items():
        # What a trace or a paper says of a weapon does not change whose hands it is in.
        leads_to = terms.to.value if terms.to and kind is not EventKind.IDENTIFIED else None
        in_hands = terms.lawful and terms.stage not in _UNTRACED and not terms.concerns_no_weapon
        yield kind.value, terms.stage, leads_to, terms.lawful, kind in RECOVERIES, in_hands


def _may_follow() -> Iterator[tuple[str, str]]:
    for kind, terms in event_kinds().items():
        yield from ((kind.value, status.value) for status in sorted(terms.after))
