from dataclasses import dataclass

from tracemark.documents.pages import typeset
from tracemark.kernel import findings
from tracemark.recordkeeping import Custody, Step, WeaponRecord
from tracemark.tracing import COMPLETENESS_RULES, ComponentReading, TraceCase
from tracemark.weapons import entry_name, weapon_text
from tracemark.wording import amendment_text, date_text, finding_text, holder_text, language, sentence

Line = tuple[str, str]


@dataclass(frozen=True, slots=True)
class TraceReport:
    """What is printed of a trace: the case, the recovered weapon, and the weapon an officer found it to be, if any.

    `head` is the signed head of the record at which it was drawn, so that it can be drawn again.
    """

    case: TraceCase
    recovered: WeaponRecord
    identified: WeaponRecord | None
    head: str
    drawn_at: str


def trace_report(report: TraceReport, *, to: str = "en") -> bytes:
    """Set a trace's report in a language. Source: ITI 17, ITI 20."""
    case, record = report.case, report.identified or report.recovered
    data = {
        "title": sentence("documents.trace_title", {"case": case.id}, to=to),
        "sections": [
            {"heading": sentence(f"documents.{name}", to=to), "lines": lines}
            for name, lines in (
                ("request", _request(case, to)),
                ("lacking", [("", finding_text(each, to=to)) for each in findings(COMPLETENESS_RULES, case.request)]),
                ("judgements", _judgements(case, to)),
                ("outcome", _outcome(report, to)),
            )
            if lines
        ],
        "timeline_heading": sentence("documents.timeline", to=to),
        "columns": [sentence(f"documents.column_{name}", to=to) for name in ("on", "event", "who", "place", "lawful")],
        "timeline": [_step(step, record, to) for step in record.steps],
        "footer": sentence("documents.drawn", {"at": report.drawn_at}, to=to),
        "head": report.head,
    }
    return typeset("trace", data, language(to))


def _request(case: TraceCase, to: str) -> list[Line]:
    asked = case.request
    values = {
        "weapon": weapon_text(asked.recovered),
        "readings": "; ".join(_reading(each, to) for each in asked.readings),
        "maker": entry_name("makers", asked.maker),
        "model": entry_name("models", asked.model),
        "calibre": entry_name("calibres", asked.calibre),
        "country": asked.country,
        "illicit_because": ", ".join(sentence(f"tracing.ground_{each}", to=to) for each in asked.illicit_because),
        "legal_basis": asked.legal_basis,
        "circumstances": asked.circumstances,
        "purpose": asked.purpose,
        "free_text": asked.free_text,
        "confidentiality_limits": asked.confidentiality_limits,
    }
    return [(sentence(f"documents.field_{name}", to=to), value) for name, value in values.items() if value]


def _reading(reading: ComponentReading, to: str) -> str:
    part = f"{sentence(f'weapons.part_{reading.part}', to=to)}: " if reading.part else ""
    return part + reading.text


def _judgements(case: TraceCase, to: str) -> list[Line]:
    return [
        (
            weapon_text(each.other_weapon),
            sentence(
                "documents.judgement",
                {"verdict": sentence(f"tracing.verdict_{each.verdict.value}", to=to), "by": each.by,
                 "posterior": each.posterior or "–", "weights": each.weights or "–"},
                to=to,
            ),
        )
        for each in case.judgements
    ]  # fmt: skip


def _outcome(report: TraceReport, to: str) -> list[Line]:
    case, lines = report.case, []
    if case.outcome:
        told = sentence(f"tracing.outcome_{case.outcome.value}", to=to)
        lines.append((sentence("documents.field_outcome", to=to), told))
    if report.identified:
        lines += _custody(report.identified.custody, to)
    return lines


def _custody(custody: Custody, to: str) -> list[Line]:
    lines = [
        (
            sentence("documents.field_last_lawful", to=to),
            holder_text(custody.holder, to=to) if custody.last_lawful else "–",
        )
    ]
    if custody.left_on:
        lines.append((sentence("documents.field_left_on", to=to), date_text(custody.left_on, to=to)))
    if custody.days_to_recovery:
        least, most = custody.days_to_recovery
        days = str(least) if least == most else f"{least}–{most}"
        lines.append((sentence("documents.field_days_to_recovery", to=to), days))
    return lines


def _step(step: Step, record: WeaponRecord, to: str) -> list[str]:
    event = step.sealed.event
    put_right = [amendment_text(each, to=to) for each in record.amended(step.sealed.position)]
    lawful = sentence("documents.lawful_yes" if step.lawful else "documents.lawful_no", to=to)
    return [
        date_text(event.happened, to=to),
        sentence(f"recordkeeping.kind_{event.kind.value}", to=to),
        holder_text(step.who, to=to),
        str(event.details.get("place", "")),
        "; ".join([*([finding_text(each, to=to) for each in step.findings] or [lawful]), *put_right]),
    ]
