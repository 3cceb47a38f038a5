from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from tracemark.authorities import Role
from tracemark.cli.options import Db, node_at, operator, writer
from tracemark.cli.output import fail, print_line
from tracemark.kernel import PartialDate
from tracemark.weapons import WeaponId, parse_weapon

if TYPE_CHECKING:
    from tracemark.diversion import Found

Since = Annotated[str, typer.Option(metavar="DAY", help="The first day on which it can have happened: 2019, 2019-05.")]
Until = Annotated[str, typer.Option(metavar="DAY", help="The last day, where a time between two days is known.")]
Place = Annotated[str, typer.Option(help="Where it happened.")]


def confirm(
    name: Annotated[str, typer.Argument(metavar="SIGNAL", help="The signal's name, such as SG-2026-000017.")],
    note: Annotated[str, typer.Option(help="On which grounds.")],
    how: Annotated[str, typer.Option(metavar="WAY", help="How its weapons were diverted, where that is known.")] = "",
    stage: Annotated[str, typer.Option(help="Where in their lives; by default the stage of the signal.")] = "",
    since: Since = "",
    until: Until = "",
    place: Place = "",
    db: Db = None,
) -> None:
    """Confirm an escalated signal as a second person, with its point of diversion where that is known."""
    from tracemark import diversion

    node = node_at(db)
    try:
        seen = diversion.signal_record(name=name, actor=operator(node, Role.AUDITOR), stores=node.stores).raised.signal
    except KeyError:
        fail("cli.no_such_signal", signal=name)
    found = _found(stage or seen.stage.value, how, [note], since, until, place or seen.place) if how else None
    actor = writer(node, Role.APPROVER)
    diversion.confirm_signal(signal=name, note=note, found=found, actor=actor, stores=node.stores, clock=node.clock)
    print_line("cli.signal_confirmed", signal=name)


def establish(
    weapon: Annotated[list[str], typer.Argument(metavar="WEAPON...", help="The weapons, such as W-123.")],
    how: Annotated[str, typer.Option(metavar="WAY", help="How they were diverted, such as theft.")],
    stage: Annotated[str, typer.Option(help="Where in their lives, such as storage.")],
    ground: Annotated[list[str], typer.Option(help="On which ground; may be said again.")],
    since: Since = "",
    until: Until = "",
    place: Place = "",
    signal: Annotated[str, typer.Option(metavar="SIGNAL", help="The signal that showed it.")] = "",
    case: Annotated[str, typer.Option(metavar="CASE", help="The trace case that showed it.")] = "",
    db: Db = None,
) -> None:
    """Code where, when and how weapons left lawful hands: for all of them, or for none."""
    from tracemark import diversion

    node = node_at(db)
    found = replace(_found(stage, how, ground, since, until, place), signal=signal, case=case)
    points = diversion.establish_diversion(
        weapons=[_weapon(each) for each in weapon],
        found=found,
        actor=writer(node, Role.TRACING_ANALYST),
        stores=node.stores,
        clock=node.clock,
    )
    print_line("cli.diversion_established", count=len(points))


def _found(stage: str, how: str, grounds: list[str], since: str, until: str, place: str) -> "Found":
    from tracemark.diversion import Found

    return Found(stage, how, grounds, _day(since), _day(until), place)


def _day(text: str) -> PartialDate | None:
    try:
        return PartialDate.parse(text) if text else None
    except ValueError:
        return fail("cli.not_a_date", text=text)


def _weapon(text: str) -> WeaponId:
    try:
        return parse_weapon(text)
    except ValueError:
        return fail("cli.no_such_weapon", weapon=text)
