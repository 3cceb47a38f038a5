"""A weapon made in XB, exported to XC and found damaged in XA: traced over two borders, and what each was told."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker

from tests.recordkeeping.sealed_logs import SeededSigner
from tests.tracing.interstate.bureaus import HANDLING, WEAPON, Days, State, asking, finds, search
from tracemark.authorities import Role
from tracemark.kernel import Actor
from tracemark.node import Node
from tracemark.recordkeeping import EventKind
from tracemark.storage import open_stores
from tracemark.storage.memory import MemoryStores
from tracemark.tracing import (
    Datum,
    Judgement,
    Known,
    Purpose,
    Result,
    StateAnswer,
    TraceRequest,
    Verdict,
    Withholding,
    acknowledge_inquiry,
    answer_inquiry,
    answer_shown,
    ask_clarification,
    ask_consent,
    ask_who_looked,
    close_request,
    consent_onward,
    data_for_answer,
    draft_request,
    inquiry_shown,
    judge_for_inquiry,
    load_weights,
    return_inquiry,
    send_request,
    state_inquiry,
    state_request,
    supply_information,
    whom_to_ask,
)
from tracemark.weapons import NO_WEAPON, WeaponId, catalogue

OURS, THEIRS = "TR-2026-000001", "TI-2026-000001"
QUESTION = "Is there an import mark?"


@dataclass
class Trace:
    """Three States, the case in XA, and what its request says."""

    a: State
    b: State
    c: State
    case: str
    request: TraceRequest


@pytest.fixture(params=["memory", "sqlite"])
def trace(request: pytest.FixtureRequest, tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Trace]:
    days = Days()
    with django_db_blocker.unblock():
        states = [State(each, days, _stores(request.param, tmp_path / each)) for each in ("XA", "XB", "XC")]
        yield _begun(*states)
        for state in states:
            state.stores.close()


def _stores(kind: str, folder: Path) -> Any:  # noqa: ANN401 - either kind of stores
    folder.mkdir()
    return MemoryStores(SeededSigner()) if kind == "memory" else open_stores(f"sqlite:///{folder}/x", SeededSigner())


def _begun(a: State, b: State, c: State) -> Trace:
    weapon = {"kind": "pistol", "calibre": "9x19", "country": "XB"}
    marks = [{"kind": "manufacture", "part": "frame", "text": "AB 123", "serial": "AB123"}]
    frame = [{"part": "frame", "control": True}]
    b.tell(
        b.event("manufactured", "2001-05-04", holder="XB-ARMY", weapon=weapon, marks=marks, components=frame),
        b.event("exported", "2004-02-03", to_state="XC", holder="somebody of the other State"),
    )
    case, request = finds(a)
    return Trace(a, b, c, case, request)


def test_a_weapon_is_traced_over_two_borders_and_no_more_is_told_than_is_needed(trace: Trace) -> None:
    asks(trace)
    is_sent_back_and_supplies(trace)
    data = judges(trace)
    answers_in_part(trace, data)
    clarifies(trace, data)
    tells_who_looked(trace)
    asks_the_next_state(trace)
    closes(trace)
    leaves_both_records_whole(trace)


def asks(trace: Trace) -> None:
    a, b = trace.a, trace.b
    listed = whom_to_ask(case=trace.case, actor=a.analyst, bureau=a.bureau, tables=catalogue())
    assert [(each.state, [why.code for why in each.because]) for each in listed] == [("XB", ["country"])]
    asked = asking(trace.case, trace.request, b)
    assert draft_request(asking=asked, actor=a.analyst, bureau=a.bureau, tables=catalogue()).name == OURS
    send_request(request=OURS, actor=a.analyst, bureau=a.bureau)
    (told,) = a.hands_over(b)
    assert dict(told.body) == {
        "request": OURS,
        "asks": {
            "purpose": "criminal investigation",
            "legal_basis": "Firearms Act 12",
            "circumstances": "seized at a border crossing",
            "kind": "pistol",
            "calibre": "9x19",
            "country": "XB",
            "illicit_because": ["law_of_state"],
            "priority": "routine",
            "readings": [{"text": "AB?23", "part": "frame", "method": "stamp"}],
        },
        "handling": {"purposes": ["investigation", "tracing"], "onward": "with_consent"},
        "because": [{"code": "country", "facts": {}}],
        "reply_by": "2026-06-05",
    }
    inquiry = state_inquiry(name=THEIRS, actor=b.analyst, stores=b.stores)
    assert (inquiry.from_state, inquiry.number, inquiry.standing) == ("XA", OURS, "received")
    shown = inquiry_shown(inquiry=THEIRS, purpose=Purpose.TRACING, actor=b.analyst, bureau=b.bureau)
    assert shown.request == replace(trace.request, recovered=NO_WEAPON, free_text="")


def is_sent_back_and_supplies(trace: Trace) -> None:
    a, b = trace.a, trace.b
    acknowledge_inquiry(inquiry=THEIRS, actor=b.analyst, bureau=b.bureau)
    return_inquiry(inquiry=THEIRS, lacking=(), note=QUESTION, actor=b.analyst, bureau=b.bureau)
    acknowledged, returned = b.hands_over(a)
    assert dict(acknowledged.body) == {"request": OURS, "reference": THEIRS}
    assert dict(returned.body) == {"request": OURS, "reference": THEIRS, "note": QUESTION, "lacking": []}
    standing = state_request(name=OURS, actor=a.analyst, stores=a.stores)
    assert (standing.standing, standing.reference, standing.turns[-1].said) == ("returned", THEIRS, QUESTION)
    supplied = replace(trace.request, import_country="XC")
    supply_information(request=OURS, told=supplied, note="Yes: XC.", actor=a.analyst, bureau=a.bureau)
    (told,) = a.hands_over(b)
    assert (told.body["request"], told.body["note"]) == (OURS, "Yes: XC.")


def judges(trace: Trace) -> tuple[Datum, ...]:
    b = trace.b
    asked = inquiry_shown(inquiry=THEIRS, purpose=Purpose.TRACING, actor=b.analyst, bureau=b.bureau)
    assert asked.request.import_country == "XC"
    ranking = search(b, THEIRS, asked.request)
    best = ranking.candidates[0]
    judgement = Judgement(WeaponId(best.weapon), Verdict.SAME, "", "0.9876", ranking.weights_version, "one of a kind")
    judge_for_inquiry(inquiry=THEIRS, judgement=judgement, actor=b.analyst, bureau=b.bureau)
    data = data_for_answer(inquiry=THEIRS, actor=b.analyst, bureau=b.bureau, handling=HANDLING)
    assert {each.name: each.value for each in data} == {
        Known.MANUFACTURED_IN: "XB",
        Known.LAST_LAWFUL_STATE: "XC",
        Known.EXPORTED_TO: "XC",
        Known.EXPORTED_ON: "2004-02-03",
    }
    return data


def answers_in_part(trace: Trace, data: tuple[Datum, ...]) -> None:
    a, b = trace.a, trace.b
    exported = tuple(each for each in data if each.name is Known.EXPORTED_TO)
    reasons = "An investigation is under way here."
    restricted = StateAnswer(Result.RESTRICTED, exported, (Withholding.INVESTIGATION,), reasons)
    answer_inquiry(inquiry=THEIRS, answer=restricted, actor=b.analyst, bureau=b.bureau)
    (told,) = b.hands_over(a)
    assert dict(told.body) == {
        "request": OURS,
        "reference": THEIRS,
        "answer": {
            "result": "restricted",
            "grounds": ["investigation"],
            "reasons": reasons,
            "chance": "0.9876",
            "weights": load_weights().version,
            "data": [{"name": "exported_to", "value": "XC", "handling": HANDLING.plain()}],
        },
    }
    shown = answer_shown(request=OURS, purpose=Purpose.TRACING, actor=a.analyst, bureau=a.bureau)
    assert shown is not None
    assert (shown.answer.next_state, shown.answer.reasons, shown.withheld) == ("XC", reasons, ())


def clarifies(trace: Trace, data: tuple[Datum, ...]) -> None:
    a, b = trace.a, trace.b
    ask_clarification(request=OURS, question="May the date be told?", actor=a.analyst, bureau=a.bureau)
    a.hands_over(b)
    assert state_inquiry(name=THEIRS, actor=b.analyst, stores=b.stores).questions == ("May the date be told?",)
    answer_inquiry(inquiry=THEIRS, answer=StateAnswer(Result.FULL, data), actor=b.analyst, bureau=b.bureau)
    b.hands_over(a)


def tells_who_looked(trace: Trace) -> None:
    a, b = trace.a, trace.b
    ask_who_looked(inquiry=THEIRS, actor=b.analyst, bureau=b.bureau)
    b.hands_over(a)
    a.hands_over(b)
    readers = state_inquiry(name=THEIRS, actor=b.analyst, stores=b.stores).readers
    assert list(map(dict, readers)) == [{"at": "2026-05-06T07:08:09.000Z", "authority": "XA-POL", "purpose": "tracing"}]


def asks_the_next_state(trace: Trace) -> None:
    """What XB told in confidence is named to XC only once XB consented."""
    a, b, c = trace.a, trace.b, trace.c
    listed = whom_to_ask(case=trace.case, actor=a.analyst, bureau=a.bureau, tables=catalogue())
    assert [(each.state, [why.code for why in each.because], each.asked) for each in listed] == [
        ("XC", ["told"], ()),
        ("XB", ["country"], (OURS,)),
    ]
    asked = asking(trace.case, trace.request, c)
    hop = draft_request(asking=asked, actor=a.analyst, bureau=a.bureau, tables=catalogue())
    assert (hop.name, hop.previous) == ("TR-2026-000002", OURS)
    ask_consent(request=OURS, data=("exported_to",), actor=a.analyst, bureau=a.bureau)
    a.hands_over(b)
    consent_onward(inquiry=THEIRS, data=("exported_to",), actor=b.analyst, bureau=b.bureau)
    b.hands_over(a)
    send_request(request=hop.name, actor=a.analyst, bureau=a.bureau)
    (told,) = a.hands_over(c)
    assert told.body["because"] == [{"code": "told", "facts": {"state": "XB"}}]
    acknowledge_inquiry(inquiry=THEIRS, actor=c.analyst, bureau=c.bureau)
    negative = StateAnswer(Result.RECORDS_LAPSED, reasons="Records of before 2005 were lost.")
    answer_inquiry(inquiry=THEIRS, answer=negative, actor=c.analyst, bureau=c.bureau)
    c.hands_over(a)
    assert state_request(name=hop.name, actor=a.analyst, stores=a.stores).standing == "answered"


def closes(trace: Trace) -> None:
    a, b, c = trace.a, trace.b, trace.c
    for name, to in ((OURS, b), ("TR-2026-000002", c)):
        close_request(request=name, outcome="traced", actor=a.analyst, bureau=a.bureau)
        (told,) = a.hands_over(to)
        assert dict(told.body) == {"request": name, "outcome": "traced"}
        closed = state_inquiry(name=THEIRS, actor=to.analyst, stores=to.stores)
        assert (closed.standing, closed.outcome) == ("closed", "traced")


def leaves_both_records_whole(trace: Trace) -> None:
    """All records verify, the weapon's life tells the trace, and nothing that was confided is sealed in the clear."""
    a, b, c = trace.a, trace.b, trace.c
    kinds = [each.event.kind for each in b.stores.records.of_weapon(WEAPON)]
    assert kinds == [EventKind.MANUFACTURED, EventKind.EXPORTED, EventKind.TRACE_SOUGHT]
    recovered = a.stores.cases.get(trace.case).request.recovered
    life = [each.event.kind.value for each in a.stores.records.of_weapon(recovered)]
    assert life == [
        "seized",
        "trace_requested",
        "trace_directed",
        *(2 * ["trace_heard"]),
        "trace_directed",
        "trace_heard",
    ]
    for state in (a, b, c):
        auditor = Actor("auditor", f"{state.code}-POL", frozenset({Role.AUDITOR.value}))
        assert Node(state.code, state.stores, clock=state.days).verify(auditor, with_register=True).faults == ()
    assert not any(b"2004-02-03" in each.body for each in a.stores.records.all())
    assert not any(b"seized at a border crossing" in each.body for each in b.stores.records.all())
