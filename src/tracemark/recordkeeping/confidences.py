import re
from collections.abc import Mapping

from tracemark.kernel import Actor, Clock, Plain
from tracemark.recordkeeping.holders import draw_person
from tracemark.recordkeeping.persons import kept_data, open_kept
from tracemark.recordkeeping.ports import RecordkeepingStores

_TEXT = re.compile(r"confidence:([0-9a-f]{64})")


def keep_confidence(data: Mapping[str, Plain], stores: RecordkeepingStores) -> str:
    """Keep beside the record what another State told in confidence, and return the text that stands for it in an event.

    Only its salted commitment is sealed, as with a person's data: no export of the record carries what was told, and it
    can be erased when its term is over. Call inside the transaction of the event.

    Source: ITI 15.
    """
    kept = draw_person(data)
    stores.persons.put(kept.commitment, kept.salt, kept.data)
    return f"confidence:{kept.commitment}"


def confidence_commitment(text: str) -> str:
    """Return the commitment in the text that stands for a confidence, "" where it stands for none."""
    found = _TEXT.fullmatch(text)
    return found[1] if found else ""


def open_confidence(
    *, text: str, purpose: str, actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> Mapping[str, Plain]:
    """Note a read and open what another State told, for an action that has seen to it that the actor may read it.

    Raises:
        KeyError: it was erased, or never held.
        PersonDataChanged: it is not that to which the record is committed.

    Source: ITI 15(a).
    """
    return open_kept(commitment=confidence_commitment(text), purpose=purpose, actor=actor, stores=stores, clock=clock)


def compare_confidence(text: str, stores: RecordkeepingStores) -> Mapping[str, Plain]:
    """Return what another State told, for a machine to compare with; as nobody is shown it, no read is noted.

    Raises:
        KeyError: it was erased, or never held.
        PersonDataChanged: it is not that to which the record is committed.

    Source: ITI 15(a).
    """
    return kept_data(confidence_commitment(text), stores)


def confidence_reads(text: str, stores: RecordkeepingStores) -> list[Mapping[str, Plain]]:
    """Return who read what another State told, when and for what, the oldest first.

    Source: ITI 15.
    """
    return stores.reads.of(confidence_commitment(text))
