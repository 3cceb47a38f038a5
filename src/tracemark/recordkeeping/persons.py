from collections.abc import Iterable, Mapping

from tracemark.authorities import Permission, require, require_person_sight, require_second_person
from tracemark.kernel import Actor, Clock, Finding, PartialDate, Plain, Refused, cite, instant_text
from tracemark.recordkeeping.actions import Recorded, append
from tracemark.recordkeeping.corrections import undecided
from tracemark.recordkeeping.events import Event
from tracemark.recordkeeping.holders import SALT_BYTES, commit, person_commitment, person_holder
from tracemark.recordkeeping.kinds import EventKind
from tracemark.recordkeeping.ports import Decision, Proposal, RecordkeepingStores
from tracemark.recordkeeping.queries import WeaponRecord, record_naming
from tracemark.recordkeeping.retention import Term, kept
from tracemark.weapons import NO_WEAPON, WeaponId


class PersonDataChanged(Refused):
    """The data kept of a person are not those to which the record is committed: somebody wrote beside the software."""


class ErasureRefused(Refused):
    """An erasure gives no legal basis, or there are no such data."""


def keep_person(*, data: Mapping[str, Plain], salt: bytes, actor: Actor, stores: RecordkeepingStores) -> str:
    """Keep a person's data beside the record and return the holder text that stands for them in it.

    `salt` is 32 random bytes, fresh for each person and each keeping.

    Raises:
        NotPermitted: the actor may not write personal data.
    """
    require(actor, Permission.PERSON_WRITE)
    commitment = commit(data, salt)
    with stores.atomic():
        stores.persons.put(commitment, salt, data)
    return person_holder(commitment)


def read_person(
    *, holder: str, weapon: WeaponId, purpose: str, actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> Mapping[str, Plain]:
    """Read a person's data, and note who read them and for what purpose, before they are shown.

    Raises:
        NotPermitted: the actor may not read personal data, or does not see the weapon.
        KeyError: nothing that was ever recorded of the weapon names such a person, or the data were erased.
        PersonDataChanged: the data are not those to which the record is committed.
    """
    require(actor, Permission.PERSON_READ)
    record = record_naming(holder=holder, weapon=weapon, actor=actor, stores=stores)
    require_person_sight(actor, record.state.holder, stores.agencies.all())
    return open_person(holder=holder, purpose=purpose, actor=actor, stores=stores, clock=clock)


def open_person(
    *, holder: str, purpose: str, actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> Mapping[str, Plain]:
    """Note a read and open a person's data, for an action that has seen to it that the actor may read them.

    Raises:
        KeyError: the data were erased, or never held.
        PersonDataChanged: the data are not those to which the record is committed.
    """
    return open_kept(commitment=person_commitment(holder), purpose=purpose, actor=actor, stores=stores, clock=clock)


def open_kept(
    *, commitment: str, purpose: str, actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> Mapping[str, Plain]:
    """Note a read and open what is kept beside the record under a commitment, for an action that saw to permission.

    Raises:
        KeyError: the data were erased, or never held.
        PersonDataChanged: the data are not those to which the record is committed.
    """
    with stores.atomic():
        data = kept_data(commitment, stores)
        stores.reads.note(
            actor=actor.name,
            authority=actor.authority,
            commitment=commitment,
            purpose=purpose,
            at=instant_text(clock.now()),
        )
    return data


def kept_data(commitment: str, stores: RecordkeepingStores) -> Mapping[str, Plain]:
    """Return what is kept beside the record under a commitment. Nothing is noted: it is for what shows it to nobody.

    Raises:
        KeyError: the data were erased, or never held.
        PersonDataChanged: the data are not those to which the record is committed.
    """
    salt, data = stores.persons.get(commitment)
    if len(salt) != SALT_BYTES or commit(data, salt) != commitment:
        facts = {"holder": person_holder(commitment)}
        raise PersonDataChanged([Finding("recordkeeping.person_data_changed", cite("ITI 7"), facts)])
    return data


def propose_erasure(
    *, holder: str, weapon: WeaponId, legal_basis: str, actor: Actor, stores: RecordkeepingStores, clock: Clock,
    terms: Iterable[Term] = (),
) -> Proposal:  # fmt: skip
    """Propose to erase a person's data lawfully. Nothing is erased until a second person approves.

    The record stays, and must; but without the data it leads to nobody. Hence the proposal, and the event that seals
    what became of it, say until when the weapon's record must be kept (`kept_until`, while that day has not passed)
    under the instruments and the State's own terms, and whether the person holds the weapon now (`holds`).

    Raises:
        NotPermitted: the actor may not propose it, or does not see the weapon.
        ErasureRefused: no legal basis is given.
        KeyError: nothing that was ever recorded of the weapon names such a person, or the data were erased.
    """
    require(actor, Permission.PERSON_ERASE_PROPOSE)
    record = record_naming(holder=holder, weapon=weapon, actor=actor, stores=stores)
    return put_erasure_forward(
        holder=holder,
        legal_basis=legal_basis,
        actor=actor,
        stores=stores,
        clock=clock,
        warned={"weapon": weapon, **_warned(holder, record, terms, clock)},
    )


def put_erasure_forward(
    *,
    holder: str,
    legal_basis: str,
    actor: Actor,
    stores: RecordkeepingStores,
    clock: Clock,
    warned: Mapping[str, Plain] | None = None,
) -> Proposal:
    """Propose an erasure for an action that has seen to it that the actor may. `warned` is what else the proposal says.

    Raises:
        ErasureRefused: no legal basis is given.
        KeyError: the data were erased, or never held.
    """
    commitment = person_commitment(holder)
    stores.persons.get(commitment)
    if not legal_basis.strip():
        raise ErasureRefused([Finding("recordkeeping.legal_basis_missing", cite("ITI 12"), {})])
    with stores.atomic():
        return stores.proposals.propose(
            Proposal(
                id=0,
                permission=Permission.PERSON_ERASE_APPROVE,
                subject=commitment,
                content={"commitment": commitment, "legal_basis": legal_basis, **(warned or {})},
                reason=legal_basis,
                proposed_by=actor.name,
                at=instant_text(clock.now()),
            )
        )


def _warned(holder: str, record: WeaponRecord, terms: Iterable[Term], clock: Clock) -> dict[str, Plain]:
    today = clock.now().date()
    found = kept([step.sealed.event for step in record.steps], tuple(terms), on=today)
    warned: dict[str, Plain] = {"kept_until": str(found.until or "for ever")} if found.runs(today) else {}
    return warned | ({"holds": record.state.weapon} if record.state.holder == holder else {})


def approve_erasure(*, proposal: int, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> Recorded:
    """Erase a person's data and seal that it was done, by whom and on what ground. The chain stays whole.

    Raises:
        NotPermitted: the actor may not approve, or proposed it.
        CorrectionRefused: it was decided already.
        KeyError: there is no such proposal, or the data are gone.
    """
    require(actor, Permission.PERSON_ERASE_APPROVE)
    with stores.atomic():
        proposed = undecided(proposal, stores)
        require_second_person(proposed.proposed_by, actor)
        stores.persons.erase(proposed.subject)
        event = Event(
            NO_WEAPON,
            EventKind.PERSONAL_DATA_ERASED,
            PartialDate.of(clock.now().date()),
            actor.authority,
            actor.name,
            {**_sealed_part(proposed.content), "proposed_by": proposed.proposed_by},
        )
        recorded = append(events=[event], stores=stores, clock=clock)
        stores.proposals.decide(Decision(proposal, approved=True, decided_by=actor.name, at=instant_text(clock.now())))
    return recorded


def _sealed_part(content: Mapping[str, Plain]) -> Mapping[str, Plain]:
    """What of a proposal enters the record: the weapon by which the person was found stays with the proposal."""
    return {name: value for name, value in content.items() if name != "weapon"}
