"""A request and a programme as somebody writes them: TOML, with budget lines or calls as tables."""

from collections.abc import Mapping, Sequence
from typing import Any

from tracemark.assistance.asks import Ask, Beneficiaries, BudgetLine
from tracemark.assistance.needs import Help
from tracemark.assistance.offers import FundingCall, Offer
from tracemark.assistance.roundfiles import money_in, words_in
from tracemark.kernel import Finding, NotToml, Refused, cite, toml_tables
from tracemark.targets import Row

_TEXTS = ("title", "need", "currency", "stage", "partner", "conditions", "target", "report", "signal", "programme")
_ASK = (*_TEXTS, "commitment", "themes", "helps", "gaps", "women", "men", "unstated", "because", "line")
_OFFER = (
    *("title", "donor", "themes", "helps", "budget", "currency", "least", "most", "states", "regions", "call"),
    *("share_percent", "whole_only", "needs_partner", "needs_report", "eligibility", "conditions"),
)
_LINE, _CALL = ("what", "amount"), ("name", "opens", "closes", "budget")


class AskUnreadable(Refused):
    """A request or a programme cannot be taken as it was written; each finding names file, row and field."""


def read_ask(text: str, file: str, begun: Ask | None = None) -> Ask:
    """Read a request from TOML; what it does not say is as it was `begun`.

    Raises:
        AskUnreadable: it is no TOML, lacks what is needed, or says something that cannot be.
    """
    faults: list[Finding] = []
    told = _told(text, file)
    plain: dict[str, Any] = begun.plain() if begun else {}
    top = Row({**plain, "line": plain.get("lines"), **told}, file, "request", faults)
    top.allow((*_ASK, "lines", "beneficiaries"))
    lines = [_budget_line(each) for each in _rows(top, told, "line", file, faults)]
    commitments = top.citations("commitment")
    if not top.tells("commitment"):
        top.fault("targets.field_missing", "commitment")
    people = {name: money_in(top, name, 0) if top.tells(name) else None for name in ("women", "men", "unstated")}
    texts = {name: top.text(name, needed=name in {"title", "need", "currency"}) for name in _TEXTS}
    helps = words_in(top, "helps", Help)
    if faults:
        raise AskUnreadable(faults)
    return Ask(
        **texts,
        commitment=commitments[0],
        themes=top.words("themes"),
        helps=tuple(each for each in Help if each in helps),
        lines=tuple(lines) or (begun.lines if begun else ()),
        beneficiaries=Beneficiaries(**people, reason=top.text("because")),
        gaps=top.words("gaps"),
    )


def read_offer(text: str, file: str) -> Offer:
    """Read a programme from TOML.

    Raises:
        AskUnreadable: it is no TOML, lacks what is needed, or says something that cannot be.
    """
    faults: list[Finding] = []
    told = _told(text, file)
    top = Row(told, file, "programme", faults)
    top.allow(_OFFER)
    calls = [_call(each) for each in _rows(top, told, "call", file, faults)]
    helps = words_in(top, "helps", Help)
    given: dict[str, Any] = {name: top.text(name, needed=True) for name in ("title", "donor", "currency")}
    given |= {name: top.text(name) for name in ("eligibility", "conditions")}
    given |= {name: top.words(name) for name in ("themes", "states", "regions")}
    given |= {name: top.flag(name) for name in ("whole_only", "needs_partner", "needs_report")}
    given |= {"budget": money_in(top, "budget"), "least": money_in(top, "least", 0)}
    given |= {"most": money_in(top, "most") if top.tells("most") else None}
    given |= {"share_percent": money_in(top, "share_percent", 100)}
    if faults:
        raise AskUnreadable(faults)
    return Offer(**given, helps=tuple(each for each in Help if each in helps), calls=tuple(calls))


def _told(text: str, file: str) -> dict[str, Any]:
    try:
        return toml_tables(text)
    except NotToml as error:
        raise AskUnreadable([Finding("targets.not_toml", cite("PoA III.6"), {"file": file, **error.facts})]) from None


def _rows(top: Row, told: Mapping[str, Any], table: str, file: str, faults: list[Finding]) -> Sequence[Row]:
    found = told.get(table, [])
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        top.fault("targets.field_unfit", table, value=str(found)[:60], like=f"[[{table}]]")
        return []
    return [Row(each, file, f"{table} {number}", faults) for number, each in enumerate(found, 1)]


def _budget_line(row: Row) -> BudgetLine:
    row.allow(_LINE)
    return BudgetLine(row.text("what", needed=True), money_in(row, "amount"))


def _call(row: Row) -> FundingCall:
    row.allow(_CALL)
    days = (row.day("opens"), row.day("closes"))
    return FundingCall(row.text("name", needed=True), *days, money_in(row, "budget") if row.tells("budget") else None)
