from dataclasses import dataclass

from tracemark.recordkeeping import EventKind, Sealed


@dataclass(frozen=True, slots=True)
class AssistanceStep:
    """One step of a request, a programme or a grant: what was done, when, by whom, and what was said of it."""

    position: int
    kind: EventKind
    on: str
    by: str
    said: str
    amount: int | None = None


def step_of(sealed: Sealed) -> AssistanceStep:
    """Return what an event tells as a step."""
    event, details = sealed.event, sealed.event.details
    said = next((str(details[name]) for name in ("reason", "activity", "result", "note") if details.get(name)), "")
    amount = details.get("amount")
    return AssistanceStep(
        sealed.position, event.kind, str(event.happened), event.by, said, amount if isinstance(amount, int) else None
    )
