"""National reports of the fictional State: one of an earlier edition that was published, and a draft of the newest."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

from tracemark import node as doing
from tracemark import reporting
from tracemark.authorities import Role
from tracemark.demo.desk import REGISTRY, Desk
from tracemark.reporting import NATIONAL, Answer, AnswerKind, Period, Question, typed_value

_OWNERS = {
    "coordination": "demo-point-of-contact",
    "transfers": "demo-licensing-officer",
    "stockpiles": "demo-storekeeper",
    "tracing": "demo-tracing-analyst",
}
_COMMENTS = {
    "trf.licences": "Does this hold temporary exports, too? The law counts them apart.",
    "gen.victims": "The hospital of Kestrel Bay will record sex from 2027 on.",
    "": "The commission meets on the first of March; all sections should stand by then.",
}
_CONFIRMED = ("coordination", "manufacture", "tracing")
_PUBLISHED = {"recoveries.all": ("year", "manner"), "destructions.weapons": ("year", "method")}
"""Figures that the State publishes, each by its breakdown."""


def tell_reports(desk: Desk) -> None:
    """Publish the report on 2020 and 2021 in the edition of 2020, and draft that on 2024 and 2025 in the newest.

    What was recovered and destroyed in the years between is published as figures.
    """
    _published(desk, Period.parse("2020", "2021"))
    _published_figures(desk, Period.parse("2022", "2023"))
    _draft(desk, Period.parse("2024", "2025"))


def _published(desk: Desk, period: Period) -> None:
    writes = _contact(desk)
    name = _drafted(desk, "2020", period)
    known = reporting.report(name=name, actor=writes["actor"], stores=desk.node.stores)
    for asked in known.in_edition().asked:
        known = reporting.report(name=name, actor=writes["actor"], stores=desk.node.stores)
        if known.asks(asked) and asked.question.id not in known.answers and (said := _said(asked.question)):
            reporting.answer_question(report=name, answer=said, **writes)
    note = "Entered from the paper that was sent in 2022."
    approves = desk.by("demo-approver", REGISTRY, Role.APPROVER)
    reporting.sign_off_report(report=name, note=note, **approves)
    reporting.submit_report(report=name, note=note, **writes)
    reporting.propose_report_publication(report=name, **writes)
    reporting.publish_report(report=name, **approves)


def _published_figures(desk: Desk, period: Period) -> None:
    writes, approves = _contact(desk), desk.by("demo-approver", REGISTRY, Role.APPROVER)
    with doing.drawing(replace(desk.node, clock=desk), period, writes["actor"]) as opened:
        drawn = [opened.draw(name, by) for name, by in _PUBLISHED.items()]
    for each in drawn:
        if each.available:
            name = reporting.propose_publication(drawn=each, **writes)
            reporting.approve_publication(name=name, **approves)


def _draft(desk: Desk, period: Period) -> None:
    writes = _contact(desk)
    name = _drafted(desk, "2026", period)
    for section, owner in _OWNERS.items():
        reporting.assign_section(report=name, section=section, owner=owner, **writes)
    for question, text in _COMMENTS.items():
        by = desk.by("demo-tracing-analyst", "XT-POL", Role.TRACING_ANALYST)
        reporting.comment_on_report(report=name, text=text, question=question, **by)
    sections = reporting.edition_of(NATIONAL, "2026").sections
    done = [asked.question.id for each in sections if each.id in _CONFIRMED for asked in each.asked]
    reporting.confirm_answers(report=name, questions=done, **writes)
    for question in ("gen.considered", "gen.data", "yth.included"):
        answer = Answer(question, _answers()["words"].get(question, "yes"))
        reporting.answer_question(report=name, answer=answer, **writes)
    reached = Answer("yth.reached", {"all": 260, "women": 128, "men": 132})
    reporting.answer_question(report=name, answer=reached, **writes)


def _drafted(desk: Desk, edition: str, period: Period) -> str:
    writes = _contact(desk)
    with doing.drawing(replace(desk.node, clock=desk), period, writes["actor"]) as opened:
        return reporting.draft_report(form=NATIONAL, edition=edition, drawing=opened, **writes)


def _contact(desk: Desk) -> Any:  # noqa: ANN401 - arguments of an action
    return desk.by("demo-point-of-contact", REGISTRY, Role.POINT_OF_CONTACT)


def _said(question: Question) -> Answer | None:
    """Return what the State says to a question; None where it leaves it open."""
    told, name = _answers(), question.id
    if name in told["none"]:
        return Answer(name, None, reason=told["none"][name])
    if question.answer is AnswerKind.YES_NO:
        return Answer(name, told["words"].get(name, "yes"))
    if name in told["texts"]:
        return Answer(name, typed_value(question, told["texts"][name]))
    listed = told["options"].get(name) or told["rows"].get(name)
    return Answer(name, listed) if listed else None


@cache
def _answers() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads((files("tracemark.demo") / "answers.toml").read_text("utf-8"))
