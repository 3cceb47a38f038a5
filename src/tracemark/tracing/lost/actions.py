from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tracemark.authorities import Permission, require
from tracemark.correspondence import Message, Received
from tracemark.kernel import Actor, Plain, instant_text
from tracemark.marking import fold_serial
from tracemark.recordkeeping import (
    EventKind,
    RegisterFilter,
    Status,
    WeaponState,
    compare_confidence,
    keep_confidence,
    open_confidence,
    require_step,
)
from tracemark.tracing.actions import query_of
from tracemark.tracing.cases import TraceCase
from tracemark.tracing.interstate import Bureau, Purpose
from tracemark.tracing.interstate.confiding import require_competent
from tracemark.tracing.interstate.turns import Step, post, seal
from tracemark.tracing.lost.comparing import Comparison, Fit, LostFit, Where
from tracemark.tracing.lost.entries import (
    ListForm,
    ListPart,
    LostWeapon,
    entry_of,
    list_parts,
    read_part,
    refuse_list,
)
from tracemark.tracing.lost.lists import LostList, every_lost_list, lists_in_force, lost_list_named
from tracemark.weapons import NO_WEAPON, WeaponId

LOST_LIST = "tracemark.lost-list/1"
LOST_HIT = "tracemark.lost-hit/1"
_MISSING = (Status.LOST, Status.STOLEN)
_PAGE = 5_000
_CASES = 200


@dataclass(frozen=True, slots=True)
class LookedThrough:
    """What came of comparing lists: up to which size of the record, how many lists, and the new hits by list."""

    position: int
    lists: int
    hits: tuple[tuple[str, LostFit], ...]


def share_lost_list(*, to: str, to_state: str, form: ListForm, salt: bytes, actor: Actor, bureau: Bureau) -> LostList:
    """Post to another node what our register says is lost or stolen. It replaces whatever list it had of us.

    `salt` is 32 random bytes, drawn afresh for each list.

    Raises:
        NotPermitted: the actor may not ask other States.
        InterstateRefused: the actor's authority is not competent.
        LostListRefused: nothing is lost or stolen that bears a number.

    Source: PoA II.37, ITI 14.
    """
    require_step(EventKind.LOST_LIST_SHARED, actor, bureau.stores)
    require_competent(actor, bureau.stores)
    with bureau.stores.atomic():
        missing = list(_missing(bureau))
        if not missing:
            raise refuse_list("tracing.nothing_lost")
        name = bureau.stores.dossiers.next_name("lost_list", bureau.clock.now().year)
        at = instant_text(bureau.clock.now())
        parts, order = list_parts([told for _, told in missing], name, at, form, salt)
        messages: list[Plain] = [post(Message(to, LOST_LIST, each.body(), about=name), bureau) for each in parts]
        kept = keep_confidence({"weapons": [missing[place][0] for place in order]}, bureau.stores)
        contents: dict[str, Plain] = {"form": form.value, "size": len(order), "issued_at": at, "messages": messages}
        told: dict[str, Plain] = {"to_state": to_state, "peer": to, "told": kept, "contents": contents}
        seal(Step(EventKind.LOST_LIST_SHARED, name, told), actor, bureau)
        return lost_list_named(name, bureau.stores)


def keep_lost_list(
    *, weapons: Sequence[LostWeapon], source: str, from_state: str, actor: Actor, bureau: Bureau
) -> LostList:
    """Keep a list that came as a file, such as an extract of iARMS; `source` says which.

    Raises:
        NotPermitted: the actor may not ask other States.
        InterstateRefused: the actor's authority is not competent.
        LostListRefused: it is empty.

    Source: PoA II.37.
    """
    require_step(EventKind.LOST_LIST_KEPT, actor, bureau.stores)
    require_competent(actor, bureau.stores)
    if not weapons:
        raise refuse_list("tracing.lost_list_empty", source=source)
    parts, _ = list_parts(weapons, source, instant_text(bureau.clock.now()), ListForm.FULL, b"")
    with bureau.stores.atomic():
        names = [_keep(each, {"from_state": from_state}, source, actor, bureau) for each in parts]
        return lost_list_named(names[0], bureau.stores)


def lost_entries(*, name: str, actor: Actor, bureau: Bureau) -> list[LostWeapon]:
    """Return the weapons of a list that is kept in full; that it was read is noted. A hashed one tells none.

    Raises:
        NotPermitted: the actor may not read traces.
        InterstateRefused: the actor's authority is not competent.
        KeyError: there is no such list, or its entries were erased.

    Source: ITI 15(a).
    """
    require(actor, Permission.TRACE_READ)
    require_competent(actor, bureau.stores)
    known = lost_list_named(name, bureau.stores)
    if known.ours or known.form is ListForm.HASHED:
        return []
    told = open_confidence(
        text=known.told, purpose=Purpose.TRACING, actor=actor, stores=bureau.stores, clock=bureau.clock
    )
    return list(read_part(told).weapons)


def receive_lost(*, received: Received, from_state: str, actor: Actor, bureau: Bureau) -> None:
    """Take in a list, or word of a hit in ours. Call inside the transaction in which the inbox notes it.

    Raises:
        LostListRefused: it is not what its type says, or speaks of a list that was never shared with that node.
    """
    LOST_INCOMING[received.type](received, from_state, actor, bureau)


def look_for_lost(*, since: int, actor: Actor, bureau: Bureau) -> LookedThrough:
    """Compare the lists in force with what they were not compared with yet, record what fits, and tell who shared it.

    `since` is the size of the record up to which all was compared. A list that came after it is compared with the whole
    register and all cases, the others with the weapons and cases of which the record told since. What was found once is
    not found again. Nobody is shown a list for it.

    Source: PoA II.37, ITI 14.
    """
    size, lists = bureau.stores.records.size(), lists_in_force(bureau.stores)
    if not lists:
        return LookedThrough(size, 0, ())
    known = {each.name: each for each in lists}
    ready = {each.name: Comparison(part) for each in lists if (part := _part(each, bureau)) is not None}
    fresh = {name: each for name, each in ready.items() if known[name].opened >= since}
    others = {name: each for name, each in ready.items() if name not in fresh}
    found = [*_fits(fresh, _register(bureau), _cases(bureau)), *_fits(others, *_changed(since, bureau))]
    once = {(name, fit.entry, fit.weapon): (name, fit) for name, fit in reversed(found)}
    hits = [(name, fit) for name, fit in once.values() if _is_new(known[name], fit)]
    with bureau.stores.atomic():
        for name, fit in hits:
            _record(known[name], fit, actor, bureau)
    return LookedThrough(size, len(ready), tuple(hits))


def _missing(bureau: Bureau) -> Iterator[tuple[int, LostWeapon]]:
    for status in _MISSING:
        after = NO_WEAPON
        wanted = RegisterFilter(status=status.value)
        while page := bureau.stores.register.page(wanted, holders=None, after=after, limit=_PAGE):
            yield from ((each.weapon, told) for each in page for told in _told(each))
            after = page[-1].weapon


def _told(state: WeaponState) -> Iterator[LostWeapon]:
    """Yield a weapon once for each different number that it bears."""
    about, seen = state.description, set[str]()
    for mark in state.marks:
        if (folded := fold_serial(mark.serial)) and folded not in seen:
            seen.add(folded)
            yield LostWeapon(
                serial=mark.serial,
                how=state.status.value,
                since=str(state.since or ""),
                kind=about.kind,
                maker=mark.maker or about.maker,
                model=about.model,
                calibre=about.calibre,
                country=mark.state or about.country,
            )


def _keep(part: ListPart, whose: Mapping[str, Plain], source: str, actor: Actor, bureau: Bureau) -> str:
    name = bureau.stores.dossiers.next_name("lost_list", bureau.clock.now().year)
    contents: dict[str, Plain] = {
        "form": part.form.value,
        "size": len(part.marks),
        "issued_at": part.issued_at,
        "part": part.part,
        "parts": part.parts,
        "source": source,
    }
    kept = keep_confidence(part.body(), bureau.stores)
    told: dict[str, Plain] = {**whose, "number": part.number, "told": kept, "contents": contents}
    seal(Step(EventKind.LOST_LIST_KEPT, name, told), actor, bureau)
    return name


def _received_list(received: Received, from_state: str, actor: Actor, bureau: Bureau) -> None:
    part = read_part(received.body)
    whose: dict[str, Plain] = {"from_state": from_state, "peer": received.sender, "message": received.id}
    _keep(part, whose, "", actor, bureau)


def _received_hit(received: Received, _: str, actor: Actor, bureau: Bureau) -> None:
    """Another node says that what it holds fits an entry of the list that it has of us."""
    body = received.body
    number, part, entry = body.get("list"), body.get("part"), body.get("entry")
    mine = next((each for each in every_lost_list(bureau.stores, "shared") if each.name == number), None)
    if mine is None or mine.peer != received.sender or type(part) is not int or type(entry) is not int:
        raise refuse_list("tracing.lost_list_never_shared", number=str(number)[:80], peer=received.sender)
    place = entry_of(part, entry)
    try:
        told: Mapping[str, Any] = compare_confidence(mine.told, bureau.stores)
        weapons = dict(enumerate(told["weapons"]))
        found = LostFit(place, WeaponId(weapons[place]), Fit(str(body["fit"])), Where(str(body["where"])))
    except (KeyError, ValueError):
        raise refuse_list("tracing.lost_list_never_shared", number=mine.name, peer=received.sender) from None
    if _is_new(mine, found):
        _seal_hit(mine, found, received.id, actor, bureau)


LOST_INCOMING: Mapping[str, Callable[[Received, str, Actor, Bureau], None]] = {
    LOST_LIST: _received_list,
    LOST_HIT: _received_hit,
}
"""What is done with each type of message about lost and stolen weapons."""


def _part(known: LostList, bureau: Bureau) -> ListPart | None:
    """Return a list's entries for a comparison; None where they were erased."""
    try:
        return read_part(compare_confidence(known.told, bureau.stores))
    except KeyError:
        return None


def _register(bureau: Bureau) -> Iterator[WeaponState]:
    after = NO_WEAPON
    while page := bureau.stores.register.page(RegisterFilter(), holders=None, after=after, limit=_PAGE):
        yield from page
        after = page[-1].weapon


def _cases(bureau: Bureau) -> Iterator[TraceCase]:
    after = ""
    while page := bureau.stores.cases.page(after=after, limit=_CASES):
        yield from page
        after = page[-1].id


def _changed(since: int, bureau: Bureau) -> tuple[Iterable[WeaponState], Iterable[TraceCase]]:
    events = [each.event for each in bureau.stores.records.all(since)]
    weapons = sorted({each.weapon for each in events} - {NO_WEAPON})
    traced = {each.weapon for each in events if each.kind is EventKind.TRACE_REQUESTED}
    cases = (each for each in _cases(bureau) if each.request.recovered in traced) if traced else ()
    return bureau.stores.register.states(weapons).values(), cases


def _fits(
    ready: Mapping[str, Comparison], states: Iterable[WeaponState], cases: Iterable[TraceCase]
) -> Iterator[tuple[str, LostFit]]:
    if not ready:
        return
    for state in states:
        for name, each in ready.items():
            yield from ((name, fit) for fit in each.fits(state))
    for case in cases:
        readings = query_of(case.request).readings
        for name, each in ready.items():
            fits = each.fits_reading(readings, case.request.maker, case.request.recovered)
            yield from ((name, fit) for fit in fits)


def _is_new(known: LostList, fit: LostFit) -> bool:
    return all((each.found.entry, each.found.weapon) != (fit.entry, fit.weapon) for each in known.hits)


def _record(known: LostList, fit: LostFit, actor: Actor, bureau: Bureau) -> None:
    message = ""
    if known.peer:
        body: dict[str, Plain] = {"list": known.number, "part": known.part, **fit.plain()}
        message = post(Message(known.peer, LOST_HIT, body, about=known.name), bureau)
    _seal_hit(known, fit, message, actor, bureau)


def _seal_hit(known: LostList, fit: LostFit, message: str, actor: Actor, bureau: Bureau) -> None:
    told: dict[str, Plain] = {"other_weapon": fit.weapon, "message": message, "contents": fit.plain()}
    seal(Step(EventKind.LOST_LIST_HIT, known.name, told), actor, bureau)
