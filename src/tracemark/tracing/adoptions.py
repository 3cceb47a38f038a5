"""Versions of the weights of a node's own: proposed by one person, adopted by another, sealed when they are."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tracemark.authorities import Permission, require, require_second_person
from tracemark.kernel import Actor, Clock, Finding, PartialDate, Plain, Refused, cite, instant_text
from tracemark.recordkeeping import (
    Decision,
    Event,
    EventKind,
    Proposal,
    Recorded,
    RecordkeepingStores,
    Sealed,
    append,
    undecided,
)
from tracemark.weapons import NO_WEAPON

_SOURCE = cite("ITI 14")
_AT_ONCE = 200


class WeightsRefused(Refused):
    """There is no such version of the weights, it is no longer what was proposed, or it is adopted or waits already."""


@dataclass(frozen=True, slots=True)
class Adoption:
    """That a version of the weights is in use from an event on; `fingerprint` is the SHA-256 of its text."""

    version: str
    fingerprint: str
    proposed_by: str
    by: str
    at: str
    event: int


def propose_weights(
    *, version: str, fingerprint: str, told: Mapping[str, Plain], actor: Actor, stores: RecordkeepingStores,
    clock: Clock,
) -> Proposal:  # fmt: skip
    """Propose that the node goes on with a version of the weights. Nothing changes until a second person adopts it.

    `told` is what speaks for it, as plain data.

    Raises:
        NotPermitted: the actor may not propose weights.
        WeightsRefused: this version waits for a decision already, is in use, or its name stands for other weights.
    """
    require(actor, Permission.WEIGHTS_PROPOSE)
    with stores.atomic():
        known = weights_proposals(stores)
        same = [(each, decision) for each, decision in known if each.subject == version]
        if any(each.content["fingerprint"] != fingerprint for each, _ in same):
            raise weights_refused("tracing.weights_name_taken", version)
        if any(decision is None for _, decision in same):
            raise weights_refused("tracing.weights_proposed_already", version)
        now = adopted_weights(stores)
        if now is not None and now.version == version:
            raise weights_refused("tracing.weights_in_use_already", version)
        return stores.proposals.propose(
            Proposal(
                id=0,
                permission=Permission.WEIGHTS_ADOPT,
                subject=version,
                content={"fingerprint": fingerprint, **told},
                reason="",
                proposed_by=actor.name,
                at=instant_text(clock.now()),
            )
        )


def adopt_weights(*, proposal: int, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> Recorded:
    """Adopt the weights that another person proposed, and seal who adopted which: from then on they are in use.

    Who calls has seen to it that the text is kept and still has its fingerprint.

    Raises:
        NotPermitted: the actor may not adopt weights, or proposed them.
        CorrectionRefused: it was decided already.
        WeightsRefused: it is no proposal of weights.
        KeyError: there is no such proposal.

    Source: ITI 14; PoA II.17 for the second person.
    """
    require(actor, Permission.WEIGHTS_ADOPT)
    with stores.atomic():
        proposed = undecided(proposal, stores)
        if not proposes_weights(proposed):
            raise weights_refused("tracing.no_such_weights", proposed.subject)
        require_second_person(proposed.proposed_by, actor)
        details: dict[str, Plain] = {
            "weights": proposed.subject,
            "fingerprint": proposed.content["fingerprint"],
            "proposed_by": proposed.proposed_by,
        }
        today = PartialDate.of(clock.now().date())
        event = Event(NO_WEAPON, EventKind.WEIGHTS_ADOPTED, today, actor.authority, actor.name, details)
        recorded = append(events=[event], stores=stores, clock=clock)
        stores.proposals.decide(Decision(proposal, approved=True, decided_by=actor.name, at=instant_text(clock.now())))
    return recorded


def proposes_weights(proposed: Proposal) -> bool:
    """Whether a proposal is one of weights."""
    return proposed.permission == Permission.WEIGHTS_ADOPT


def weights_proposals(stores: RecordkeepingStores) -> list[tuple[Proposal, Decision | None]]:
    """Return every proposal of weights with what was decided, the newest first."""
    waiting: list[tuple[Proposal, Decision | None]] = [(each, None) for each in stores.proposals.open()]
    found = [*waiting, *_decided(stores)]
    return sorted((each for each in found if proposes_weights(each[0])), key=lambda each: each[0].id, reverse=True)


def adopted_weights(stores: RecordkeepingStores) -> Adoption | None:
    """Return the adoption that stands; None while the node goes by the weights that come with the software."""
    sealed = stores.records.latest(EventKind.WEIGHTS_ADOPTED)
    return _adoption(sealed) if sealed else None


def weights_adoptions(stores: RecordkeepingStores) -> list[Adoption]:
    """Return every adoption, oldest first: which weights were in use when."""
    told = stores.records.of_weapon(NO_WEAPON)
    return [_adoption(each) for each in told if each.event.kind is EventKind.WEIGHTS_ADOPTED]


def weights_refused(code: str, version: str) -> WeightsRefused:
    """Return the refusal of a version, by the code that says why."""
    return WeightsRefused([Finding(code, _SOURCE, {"version": version})])


def _decided(stores: RecordkeepingStores) -> Iterator[tuple[Proposal, Decision]]:
    before = 0
    while page := stores.proposals.decided(before=before, limit=_AT_ONCE):
        yield from page
        before = page[-1][0].id


def _adoption(sealed: Sealed) -> Adoption:
    told = {name: str(value) for name, value in sealed.event.details.items()}
    return Adoption(
        version=told["weights"],
        fingerprint=told["fingerprint"],
        proposed_by=told["proposed_by"],
        by=sealed.event.by,
        at=instant_text(sealed.recorded_at),
        event=sealed.position,
    )
