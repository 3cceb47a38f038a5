from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tracemark.documents.pages import typeset
from tracemark.kernel import findings
from tracemark.recordkeeping import RECOVERIES, Step, WeaponRecord
from tracemark.tracing import COMPLETENESS_RULES, ComponentReading, Judgement, TraceCase, Withdrawal
from tracemark.weapons import describe, entry_name, weapon_text
from tracemark.wording import (
    amendment_text,
    chance_text,
    custody_sentences,
    date_text,
    finding_text,
    holder_text,
    isolated,
    language,
    moment_text,
    sentence,
    state_text,
)

Line = tuple[str, str]


@dataclass(frozen=True, slots=True)
class TraceReport:
    """What is printed of a trace: the case, the recovered weapon, and the weapon an officer found it to be, if any.

    `state` is the name of the State whose register it is, `drawn_by` the account and `authority` the agency that draws
    it, `names` the names of agencies by code. `head` is the signed head of the record at which it was drawn, so that it
    can be drawn again.
    """

    case: TraceCase
    recovered: WeaponRecord
    identified: WeaponRecord | None
    state: str
    drawn_by: str
    authority: str
    drawn_at: str
    head: str
    names: Mapping[str, str] = field(default_factory=dict)


def trace_report(report: TraceReport, *, to: str = "en") -> bytes:
    """Set a trace's report in a language. Source: ITI 17, ITI 20."""
    return typeset("trace", report_words(report, to=to), language(to))


def report_words(report: TraceReport, *, to: str = "en") -> dict[str, object]:
    """Return all that is printed, in words and in the order of the page.

    Marks, names and whatever else is not of the language stand isolated, so that each runs in its own direction.
    """
    case = report.case
    lacking = [("", finding_text(each, to=to)) for each in findings(COMPLETENESS_RULES, case.request)]
    sections = (
        ("about", _about(report, to)),
        ("answer", _answer(report, to)),
        ("request", _request(report, to)),
        ("lacking", lacking),
        ("judgements", [*_judgements(case, to), *_withdrawals(case, to)]),
    )
    return {
        "state": report.state,
        "title": sentence("documents.trace_title", {"case": case.id}, to=to),
        "sections": [
            {"heading": sentence(f"documents.{name}", to=to), "lines": lines} for name, lines in sections if lines
        ],
        "timeline_heading": sentence("documents.timeline", {"weapon": _weapon(report).state.weapon}, to=to),
        "columns": [sentence(f"documents.column_{name}", to=to) for name in ("on", "event", "who", "place", "lawful")],
        "timeline": [_step(step, _weapon(report), report.names, to) for step in _weapon(report).steps],
        "signature": [sentence(f"documents.sign_{name}", to=to) for name in ("name", "on", "signature")],
        "footer": sentence("documents.drawn", {"at": moment_text(report.drawn_at, to=to), "case": case.id}, to=to),
        "head_heading": sentence("documents.head", to=to),
        "head_hint": sentence("documents.head_hint", to=to),
        "head": report.head,
    }


def _weapon(report: TraceReport) -> WeaponRecord:
    return report.identified or report.recovered


def _field(name: str, value: str, to: str) -> Line:
    return sentence(f"documents.field_{name}", to=to), value


def _about(report: TraceReport, to: str) -> list[Line]:
    case, names = report.case, report.names
    opened = {"by": case.opened_by, "at": moment_text(case.opened_at, to=to)}
    return [
        _field("to", "", to),
        _field("drawn_by", f"{holder_text(report.authority, names, to=to)}; {isolated(report.drawn_by, to=to)}", to),
        _field("asked_by", holder_text(case.authority, names, to=to), to),
        _field("opened", sentence("documents.by_at", opened, to=to), to),
    ]


def _answer(report: TraceReport, to: str) -> list[Line]:
    case, identified = report.case, report.identified
    lines = [_field("outcome", sentence(_outcome_code(case), to=to), to)]
    if case.answer:
        given = {"by": case.answered_by, "at": moment_text(case.answered_at, to=to)}
        lines.append(_field("answered", sentence("documents.by_at", given, to=to), to))
        lines += [_field("note", isolated(str(note), to=to), to) for note in [case.answer.get("note")] if note]
    if identified:
        told = f"{weapon_text(identified.state.weapon)}, {describe(identified.state.description)}"
        lines.append(_field("identified", isolated(told, to=to), to))
        lines += [("", each) for each in custody_sentences(identified.custody, report.names, to=to)]
    return lines


def _outcome_code(case: TraceCase) -> str:
    if case.outcome:
        return f"tracing.outcome_{case.outcome.value}"
    return "documents.answer_withdrawn" if case.answer_withdrawn else "documents.not_answered"


def _request(report: TraceReport, to: str) -> list[Line]:
    asked = report.case.request
    words = {
        "maker": entry_name("makers", asked.maker),
        "model": entry_name("models", asked.model),
        "calibre": entry_name("calibres", asked.calibre),
        "country": state_text(asked.country, to=to),
        "import_country": state_text(asked.import_country, to=to),
        "legal_basis": asked.legal_basis,
        "circumstances": asked.circumstances,
        "purpose": asked.purpose,
        "free_text": asked.free_text,
        "confidentiality_limits": asked.confidentiality_limits,
    }
    comma = sentence("wording.list_comma", to=to)
    grounds = comma.join(sentence(f"tracing.ground_{each}", to=to) for each in asked.illicit_because)
    values = {
        "weapon": "; ".join([weapon_text(asked.recovered), *_recoveries(report.recovered, to)]),
        "readings": "; ".join(_reading(each, to) for each in asked.readings),
        "illicit_because": grounds,
        **{name: isolated(value, to=to) for name, value in words.items()},
    }
    return [_field(name, value, to) for name, value in values.items() if value]


def _recoveries(record: WeaponRecord, to: str) -> Iterator[str]:
    for event in (step.sealed.event for step in record.steps if step.sealed.event.kind in RECOVERIES):
        kind, on = sentence(f"recordkeeping.kind_{event.kind.value}", to=to), date_text(event.happened, to=to)
        yield sentence("wording.list_comma", to=to).join([kind, on, isolated(str(event.details["place"]), to=to)])


def _reading(reading: ComponentReading, to: str) -> str:
    part = f"{sentence(f'weapons.part_{reading.part}', to=to)}: " if reading.part else ""
    return part + isolated(reading.text, to=to)


def _judgements(case: TraceCase, to: str) -> list[Line]:
    return [(weapon_text(each.other_weapon), _judgement(each, to)) for each in case.judgements]


def _judgement(judgement: Judgement, to: str) -> str:
    facts = {
        "verdict": sentence(f"tracing.verdict_{judgement.verdict.value}", to=to),
        "by": judgement.by,
        "at": moment_text(judgement.at, to=to),
        "chance": chance_text(float(judgement.posterior), to=to) if judgement.posterior else "",
        "weights": judgement.weights,
        "note": judgement.note,
    }
    return sentence("documents.judgement", facts, to=to)


def _withdrawals(case: TraceCase, to: str) -> list[Line]:
    return [(weapon_text(each.weapon), _withdrawal(each, to)) for each in case.withdrawn]


def _withdrawal(withdrawal: Withdrawal, to: str) -> str:
    facts = {
        "proposed_by": withdrawal.proposed_by,
        "by": withdrawal.by,
        "at": moment_text(withdrawal.at, to=to),
        "reason": withdrawal.reason,
    }
    return sentence("tracing.withdrawn", facts, to=to)


def _step(step: Step, record: WeaponRecord, names: Mapping[str, str], to: str) -> list[str]:
    event = step.sealed.event
    put_right = [amendment_text(each, to=to) for each in record.amended(step.sealed.position)]
    lawful = "recovery" if event.kind in RECOVERIES else "yes" if step.lawful else "no"
    said = sentence(f"documents.lawful_{lawful}", to=to)
    return [
        date_text(event.happened, to=to),
        sentence(f"recordkeeping.kind_{event.kind.value}", to=to),
        holder_text(step.who, names, to=to) or "–",
        isolated(str(event.details.get("place", "")), to=to) or "–",
        "; ".join([*([finding_text(each, to=to) for each in step.findings] or [said]), *put_right]),
    ]
