from collections.abc import Sequence
from dataclasses import dataclass

from tracemark.kernel import PartialDate, interval_days
from tracemark.recordkeeping.kinds import EventKind, Status, event_kinds
from tracemark.recordkeeping.lifecycle import Step

RECOVERIES = frozenset({EventKind.SEIZED, EventKind.FOUND, EventKind.SURRENDERED})
_OUT = frozenset({Status.LOST, Status.STOLEN})
_UNHELD = _OUT | {Status.UNRECORDED, Status.IN_CUSTODY, Status.IDENTIFIED}
_ABOUT_THE_RECORD = frozenset({"recovery", "record"})


@dataclass(frozen=True, slots=True)
class Custody:
    """How far the record leads from a weapon's recovery back to lawful hands. Source: ITI 5, SDG 16.4.2.

    `last_lawful` is the last lawful event before recovery (or before today) that shows the weapon in somebody's
    hands, be it only a stock count; `holder` whose hands these were. `left_on` and `diverted` say the day and the
    step at which it left lawful hands, where the record knows one; `stage` is transfer, stockpile, possession,
    custody or disposal, "unknown" where no step of diversion is recorded. `days_to_recovery` is the least and the
    greatest number of days from the last lawful event to the recovery, None where it was not recovered.
    """

    last_lawful: Step | None
    holder: str
    diverted: Step | None
    recovered: Step | None
    stage: str
    days_to_recovery: tuple[int, int] | None

    @property
    def left_on(self) -> PartialDate | None:
        """The day the weapon left lawful hands, as far as the record knows."""
        return self.diverted.sealed.event.happened if self.diverted else None


def custody(steps: Sequence[Step]) -> Custody:
    """Read a weapon's chain of custody from its steps, up to its last recovery, if it did not go missing since.

    Source: ITI 5.
    """
    newest = next((step for step in reversed(steps) if _leaves(step) or step.sealed.event.kind in RECOVERIES), None)
    recovered = newest if newest and not _leaves(newest) else None
    before = steps[: steps.index(recovered)] if recovered else steps
    lawful = [step for step in before if step.lawful and _in_hands(step)]
    last = lawful[-1] if lawful else None
    diverted = next((step for step in reversed(before) if _leaves(step)), None)
    if diverted and last and steps.index(diverted) < steps.index(last):
        diverted = None
    days = None
    if recovered and last:
        days = interval_days(last.sealed.event.happened, recovered.sealed.event.happened)
    return Custody(last, last.after.holder if last else "", diverted, recovered, _stage(diverted), days)


def _leaves(step: Step) -> bool:
    """Whether the weapon went missing in this step."""
    return event_kinds()[step.sealed.event.kind].to in _OUT


def _in_hands(step: Step) -> bool:
    """Whether the step shows the weapon in somebody's hands; a trace or a correction does not."""
    about = event_kinds()[step.sealed.event.kind].stage
    return about not in _ABOUT_THE_RECORD and step.after.status not in _UNHELD


def _stage(diverted: Step | None) -> str:
    """Where in its life the weapon was when it left lawful hands, by status and holder before. Source: BMS7 DIV.1."""
    if diverted is None:
        return "unknown"
    before = diverted.before
    held = "possession" if before.holder.startswith("person:") else "stockpile"
    return _STAGES.get(before.status, held)


_STAGES = {Status.IN_TRANSIT: "transfer", Status.IN_CUSTODY: "custody", Status.DEACTIVATED: "disposal"}
