from collections.abc import Iterator, Mapping

from tracemark.recordkeeping import Custody, Step
from tracemark.wording.measures import interval_text
from tracemark.wording.sentences import date_text, holder_text, sentence


def custody_sentences(custody: Custody, names: Mapping[str, str] | None = None, *, to: str = "en") -> list[str]:
    """Say who held a weapon last lawfully, when it left these hands, and how long after it was recovered.

    `names` are those of agencies, by code. Source: ITI 5.
    """
    return list(_sentences(custody, names or {}, to))


def _sentences(custody: Custody, names: Mapping[str, str], to: str) -> Iterator[str]:
    if custody.last_lawful:
        holder = {"holder": holder_text(custody.holder, names, to=to)}
        yield sentence("recordkeeping.custody_lawful", {**holder, **_told(custody.last_lawful, to)}, to=to)
    else:
        yield sentence("recordkeeping.custody_unlawful", to=to)
    if custody.diverted:
        yield sentence("recordkeeping.custody_left", _told(custody.diverted, to), to=to)
    if custody.recovered:
        facts = _told(custody.recovered, to) | (
            {"time": time_to_recovery(custody, to=to)} if custody.last_lawful else {}
        )
        yield sentence("recordkeeping.custody_recovered", facts, to=to)


def time_to_recovery(custody: Custody, *, to: str = "en") -> str:
    """Write the time from the last lawful event to the recovery; "" where the record does not tell both."""
    if not custody.last_lawful or not custody.recovered:
        return ""
    lawful, recovered = custody.last_lawful.sealed.event, custody.recovered.sealed.event
    return interval_text(lawful.happened, recovered.happened, to=to)


def _told(step: Step, to: str) -> dict[str, str]:
    event = step.sealed.event
    kind = sentence(f"recordkeeping.kind_{event.kind.value}", to=to)
    return {"kind": kind, "on": date_text(event.happened, to=to)}
