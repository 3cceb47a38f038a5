from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracemark.authorities import Permission, require
from tracemark.kernel import Actor, Clock, Finding, Plain, cite, instant_text
from tracemark.marking import import_country
from tracemark.recordkeeping import fold
from tracemark.tracing.actions import TraceRefused, query_of
from tracemark.tracing.learning.estimation import DEFAULT_STRENGTH, Estimate, estimated
from tracemark.tracing.learning.judgements import JudgedCase, judged_cases
from tracemark.tracing.learning.texts import learnt_text
from tracemark.tracing.learning.trials import (
    Difference,
    Score,
    Trial,
    Worth,
    difference,
    held_back,
    scored,
    tried,
    worth,
)
from tracemark.tracing.matching import read_weights
from tracemark.tracing.ports import TracingStores

_EVEN = 0.5


@dataclass(frozen=True, slots=True)
class Lesson:
    """What officers' judgements teach, before anybody adopts it.

    `judgements` are those drawn, `same` the weapons found the same among the `learnt_from` cases. `left_out` counts
    held-back cases that no trial can judge, by why: `open` (neither found nor ended), `unread` (nothing legible to
    search by), `changed` (the weapon's record is otherwise since it was judged). `again` are the cases held back that
    ended as not here, by what the search had listed then, and where the new weights say otherwise: they count against
    these weights until an officer looked again. `text` is that of the new weights.
    """

    parent: str
    version: str
    judgements: int
    learnt_from: int
    same: int
    left_out: Mapping[str, int]
    estimates: tuple[Estimate, ...]
    before: Score
    after: Score
    compared: Difference
    worth: Worth
    again: tuple[str, ...]
    text: str


def learn(
    *,
    parent: str,
    version: str,
    actor: Actor,
    stores: TracingStores,
    clock: Clock,
    since: date | None = None,
    strength: float = DEFAULT_STRENGTH,
) -> Lesson:
    """Re-estimate the weights from officers' judgements, and try them on judgements held back. Writes nothing.

    `parent` is the text of the weights to begin with, `version` the name of those to come. Call outside transactions,
    since the register is searched. No weapon is shown to anybody, so the searches are not noted.

    Raises:
        NotPermitted: the actor may not propose weights.
        TraceRefused: nothing was judged, or `strength` is not above 0.

    Source: ITI 14.
    """
    require(actor, Permission.WEIGHTS_PROPOSE)
    if not 0 < strength < float("inf"):
        raise TraceRefused([Finding("tracing.strength_unfit", cite("ITI 14"), {})])
    cases = judged_cases(stores=stores, since=since)
    taught = [each for each in cases if not held_back(each)]
    if not any(each.found or each.absent for each in taught):
        facts: dict[str, Plain] = {"cases": len(cases)}
        raise TraceRefused([Finding("tracing.nothing_to_learn", cite("ITI 14"), facts)])
    before, head = read_weights(parent), stores.records.head()
    found = estimated(taught, before, strength)
    told: dict[str, object] = {
        "parent": before.version,
        "at": instant_text(clock.now()),
        "by": actor.name,
        "head_size": head.size if head else 0,
        "head_root": head.root.hex() if head else "",
        "since": since.isoformat() if since else "",
        "prior_strength": strength,
        "cases": len(taught),
        "judgements": sum(len(each.candidates) for each in taught),
        "same": sum(each.same is not None for each in taught),
    }
    text = learnt_text(parent, version, found, told)
    asked, left_out = _asked([each for each in cases if held_back(each)], stores)
    old = [tried(each, stores.marks, before) for each in asked]
    new = [tried(each, stores.marks, read_weights(text)) for each in asked]
    compared = difference(old, new)
    return Lesson(
        parent=before.version,
        version=version,
        judgements=sum(len(each.candidates) for each in cases),
        learnt_from=len(taught),
        same=int(str(told["same"])),
        left_out=left_out,
        estimates=tuple(found),
        before=scored(old),
        after=scored(new),
        compared=compared,
        worth=worth(compared, len(asked)),
        again=tuple(case.id for case, was, now in zip(asked, old, new, strict=True) if _contradicted(was, now)),
        text=text,
    )


def _asked(held: Sequence[JudgedCase], stores: TracingStores) -> tuple[list[JudgedCase], Counter[str]]:
    """Return the held-back cases of which a trial can be made, and how many not, by why."""
    left_out: Counter[str] = Counter()
    asked = []
    for each in held:
        if why := _untried(each, stores):
            left_out[why] += 1
        else:
            asked.append(each)
    return asked, left_out


def _contradicted(before: Trial, after: Trial) -> bool:
    """Whether a case ended as not here, as the search said then, and the new weights hold that it more likely is."""
    return after.absent and after.chance < _EVEN <= before.chance


def _untried(case: JudgedCase, stores: TracingStores) -> str:
    if not (case.found or case.absent):
        return "open"
    if not any(reading.legible for reading in query_of(case.request).readings):
        return "unread"
    if case.found is None or case.same is None:
        return ""
    now = fold(case.found, stores.records.of_weapon(case.found))
    serials = tuple(each.serial for each in now.marks if each.serial)
    on_record = (serials, now.description, import_country(now.marks))
    same = on_record == (case.same.serials, case.same.description, case.same.import_country)
    return "" if same else "changed"


def lesson_plain(lesson: Lesson) -> dict[str, Plain]:
    """Return what speaks for new weights as plain data, figures as texts: what a second person decides on."""
    return {
        "parent": lesson.parent,
        "judgements": lesson.judgements,
        "learnt_from": lesson.learnt_from,
        "same": lesson.same,
        "held_back": lesson.before.cases,
        "before": _score_plain(lesson.before),
        "after": _score_plain(lesson.after),
        "log_loss_change": [
            f"{each:.4f}" for each in (lesson.compared.mean, lesson.compared.low, lesson.compared.high)
        ],
    }


def _score_plain(score: Score) -> dict[str, Plain]:
    return {
        "log_loss": f"{score.log_loss:.4f}",
        "brier": f"{score.brier:.4f}",
        "present": score.present,
        "first": score.first,
        "in_ten": score.in_ten,
        "absent": score.absent,
        "absent_above": score.absent_above,
    }
