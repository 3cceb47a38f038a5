"""What came of a trace, in sentences that whoever asked can read first."""

from collections.abc import Iterator, Mapping

from tracemark import wording
from tracemark.recordkeeping import WeaponRecord
from tracemark.tracing import TraceCase, Verdict
from tracemark.weapons import weapon_text


def answer_of(case: TraceCase, record: WeaponRecord | None, names: Mapping[str, str], *, to: str) -> list[str]:
    """Say how a case stands. `record` is that of the weapon it was found to be, `names` those of agencies by code."""
    return list(_sentences(case, record, names, to))


def _sentences(case: TraceCase, record: WeaponRecord | None, names: Mapping[str, str], to: str) -> Iterator[str]:
    if case.outcome:
        outcome = wording.sentence(f"tracing.outcome_{case.outcome.value}", to=to)
        facts = {"outcome": outcome, "by": case.answered_by, "at": wording.moment_text(case.answered_at, to=to)}
        yield wording.sentence("web.cases.told_answered", facts, to=to)
    elif case.answer_withdrawn:
        yield wording.sentence("web.cases.told_reopened", {"at": wording.moment_text(case.answered_at, to=to)}, to=to)
    if record is not None:
        yield _found(case, record, to)
        yield from wording.custody_sentences(record.custody, names, to=to)
    if not case.outcome:
        yield wording.sentence("web.cases.told_unanswered" if record else "web.cases.told_open", to=to)


def _found(case: TraceCase, record: WeaponRecord, to: str) -> str:
    same = [each for each in case.judgements if each.verdict is Verdict.SAME][-1]
    facts = {
        "recovered": weapon_text(case.request.recovered),
        "weapon": weapon_text(record.state.weapon),
        "by": same.by,
        "at": wording.moment_text(same.at, to=to),
    }
    return wording.sentence("web.cases.told_found", facts, to=to)
