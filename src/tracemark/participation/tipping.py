from datetime import date, timedelta
from typing import Protocol

from tracemark.authorities import Permission, require
from tracemark.kernel import Actor, Clock, Finding, PartialDate, Plain
from tracemark.participation.tips import (
    MOST_REPLY,
    MOST_TIP,
    MOST_TIPS,
    MOST_TIPS_A_DAY,
    TIP_DAYS,
    Boxes,
    OpenTip,
    Tip,
    TipRefused,
    TipStore,
    TipTally,
    code_typed,
    drawn_code,
    lookup_of,
    packed_reply,
    packed_tip,
    reply_secret,
    tip_findings,
    unpacked_reply,
    unpacked_tip,
)
from tracemark.participation.voices import PARTICIPATION
from tracemark.recordkeeping import Event, EventKind, RecordkeepingStores, append, require_step
from tracemark.weapons import NO_WEAPON


class TipStores(RecordkeepingStores, Protocol):
    """What the tip channel needs from outside."""

    @property
    def tips(self) -> TipStore: ...


def receive_tip(*, text: str, desk_key: bytes, boxes: Boxes, stores: TipStores, clock: Clock) -> str:
    """Seal a tip to the desk's public key at once, keep the box, and return the code that opens its reply.

    The record learns nothing of it: an event would bear the second at which it came. What expired is deleted first.

    Raises:
        TipRefused: it says nothing, is too long, or no more are taken today or at all.
    """
    if found := list(tip_findings(text, MOST_TIP)):
        raise TipRefused(found)
    today, code = clock.now().date(), drawn_code()
    secret = reply_secret(code)
    box = boxes.seal(packed_tip(text.strip(), boxes.reader_of(secret)), desk_key)
    with stores.atomic():
        remove_expired_tips(stores, today)
        if stores.tips.received_on(today.isoformat()) >= MOST_TIPS_A_DAY:
            raise _refused("participation.tips_full_today")
        if len(stores.tips.all()) >= MOST_TIPS:
            raise _refused("participation.tips_full")
        stores.tips.put(Tip(lookup_of(code), today.isoformat(), _kept_until(today), box))
        _count(stores, received=1)
    return code


def tip_reply(*, code: str, boxes: Boxes, stores: TipStores, clock: Clock) -> str | None:
    """Return the desk's reply to whoever holds a tip's code; None where there is none yet.

    Raises:
        KeyError: no tip that is kept has this code.
    """
    code, tip = _own(code, stores, clock)
    opened = boxes.open(tip.reply, reply_secret(code)) if tip.reply else None
    return unpacked_reply(opened) if opened is not None else None


def take_tip_back(*, code: str, stores: TipStores, clock: Clock) -> None:
    """Delete a tip, as whoever holds its code.

    Raises:
        KeyError: no tip that is kept has this code.
    """
    with stores.atomic():
        _, tip = _own(code, stores, clock)
        stores.tips.remove(tip.lookup)
        _count(stores, gone=1)


def kept_tips(*, actor: Actor, stores: TipStores, clock: Clock) -> list[Tip]:
    """Return what is kept, sealed as it is.

    Raises:
        NotPermitted: the actor may not read tips.
    """
    require(actor, Permission.TIP_READ)
    today = clock.now().date().isoformat()
    return [each for each in stores.tips.all() if each.expires_on >= today]


def read_tips(
    *, secret: bytes, actor: Actor, boxes: Boxes, stores: TipStores, clock: Clock
) -> tuple[list[OpenTip], int]:
    """Open what was sealed to the desk's private key, and count what was sealed to another.

    Raises:
        NotPermitted: the actor may not read tips.
    """
    kept = kept_tips(actor=actor, stores=stores, clock=clock)
    opened = [(each, boxes.open(each.box, secret)) for each in kept]
    found = [unpacked_tip(each, document) for each, document in opened if document is not None]
    return found, len(kept) - len(found)


def answer_tip(
    *, name: str, text: str, secret: bytes, actor: Actor, boxes: Boxes, stores: TipStores, clock: Clock
) -> Tip:
    """Seal a reply to whoever holds the code of a tip, in place of one that was given before.

    Raises:
        NotPermitted: the actor may not read tips.
        TipRefused: there is no such tip under this key, or the reply says nothing or too much.
    """
    if found := list(tip_findings(text, MOST_REPLY)):
        raise TipRefused(found)
    with stores.atomic():
        opened, _ = read_tips(secret=secret, actor=actor, boxes=boxes, stores=stores, clock=clock)
        known = next((each for each in opened if each.tip.name == name), None)
        if known is None:
            raise _refused("participation.no_such_tip", tip=name)
        tip, today = known.tip, clock.now().date()
        answered = Tip(
            lookup=tip.lookup,
            received_on=tip.received_on,
            expires_on=_kept_until(today),
            box=tip.box,
            reply=boxes.seal(packed_reply(text.strip()), known.reply_key),
        )
        stores.tips.put(answered)
        _count(stores, answered=0 if tip.reply else 1)
    return answered


def count_tips(*, actor: Actor, stores: TipStores, clock: Clock) -> TipTally:
    """Delete what expired, and seal how many tips there were until today: all that the record ever holds of them.

    Raises:
        NotPermitted: the actor may not read tips.
    """
    require_step(EventKind.TIPS_COUNTED, actor, stores)
    today = clock.now().date()
    with stores.atomic():
        remove_expired_tips(stores, today)
        tally = stores.tips.tally()
        contents: dict[str, Plain] = {"received": tally.received, "answered": tally.answered, "gone": tally.gone}
        event = Event(
            NO_WEAPON,
            EventKind.TIPS_COUNTED,
            PartialDate.of(today),
            actor.authority,
            actor.name,
            {"contents": contents},
        )
        append(events=[event], stores=stores, clock=clock)
    return tally


def remove_expired_tips(stores: TipStores, today: date) -> None:
    """Delete what is kept no longer. Call inside a transaction."""
    if gone := stores.tips.remove_expired(today.isoformat()):
        _count(stores, gone=gone)


def _own(typed: str, stores: TipStores, clock: Clock) -> tuple[str, Tip]:
    code = code_typed(typed)
    tip = stores.tips.find(lookup_of(code)) if code else None
    if tip is None or tip.expires_on < clock.now().date().isoformat():
        raise KeyError("tip")
    return code, tip


def _kept_until(today: date) -> str:
    return (today + timedelta(days=TIP_DAYS)).isoformat()


def _count(stores: TipStores, *, received: int = 0, answered: int = 0, gone: int = 0) -> None:
    known = stores.tips.tally()
    stores.tips.keep_tally(TipTally(known.received + received, known.answered + answered, known.gone + gone))


def _refused(code: str, /, **facts: Plain) -> TipRefused:
    return TipRefused([Finding(code, PARTICIPATION, facts)])
