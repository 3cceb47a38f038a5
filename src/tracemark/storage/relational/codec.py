import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from tracemark.authorities import Agency, AgencyKind, Level
from tracemark.kernel import PartialDate, Plain, canonical_bytes
from tracemark.marking import Block, CheckSystem, Mark, MarkId, Scheme, Span, import_country, look_alike_key
from tracemark.recordkeeping import (
    Decision,
    NumberBlock,
    Proposal,
    Status,
    WeaponState,
    component_of_plain,
    component_plain,
)
from tracemark.storage.marks import own_serials
from tracemark.storage.relational.sql import Row
from tracemark.tracing import CaseState, Judgement, Outcome, TraceCase, TraceRequest, Verdict, Withdrawal
from tracemark.weapons import ComponentId, Description, Origin, WeaponId

WEAPON_COLUMNS = (
    *("id", "kind", "maker", "model", "calibre", "country", "year", "origin"),
    *("status", "holder", "custodian", "place", "since", "position", "state"),
)
MARK_COLUMNS = (
    *("id", "weapon", "component", "kind", "part", "serial"),
    *("folded", "look_alike", "maker", "state", "year", "position"),
)
AGENCY_COLUMNS = (
    *("code", "name", "kind", "state", "parent", "level"),
    *("active_from", "active_until", "competent", "contact_point"),
)
BLOCK_COLUMNS = (
    *("position", "holder", "prefix", "digits", "check_system", "first", "last"),
    *("allocated_on", "purpose", "closed_on"),
)

_write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def write_plain(plain: Mapping[str, Plain]) -> str:
    """Write plain data as text that compares equal when the data do."""
    return canonical_bytes(plain).decode()


def weapon_row(state: WeaponState) -> Row:
    """Return a weapon's row, as in WEAPON_COLUMNS."""
    described = state.description
    return (
        state.weapon,
        described.kind,
        described.maker,
        described.model,
        described.calibre,
        described.country,
        described.year,
        described.origin.value,
        state.status.value,
        state.holder,
        state.custodian,
        state.place,
        str(state.since) if state.since else "",
        state.position,
        _write(_rest(state)),
    )


def read_weapon(row: Row) -> WeaponState:
    """Read a weapon's row back."""
    weapon, kind, maker, model, calibre, country, year, origin = row[:8]
    status, holder, custodian, place, since, position, rest = row[8:]
    plain = json.loads(rest)
    described = Description(
        kind=kind,
        maker=maker,
        model=model,
        calibre=calibre,
        country=country,
        year=year,
        origin=Origin(origin),
        unmarked_because=plain.get("unmarked_because", ""),
        as_written=plain.get("as_written"),
    )
    return WeaponState(
        weapon=WeaponId(weapon),
        description=described,
        components=tuple(component_of_plain(each, ComponentId(each["id"])) for each in plain.get("components", ())),
        marks=tuple(Mark.of_plain(each) for each in plain.get("marks", ())),
        components_born=plain.get("born", 0),
        marks_born=plain.get("marks_born", 0),
        status=Status(status),
        holder=holder,
        custodian=custodian,
        place=place,
        since=PartialDate.parse(since) if since else None,
        position=position,
    )


def imported_into(state: str) -> str:
    """Return the State that the import marks in the `state` column of a weapon's row name, as `import_country` does."""
    return import_country(map(Mark.of_plain, json.loads(state).get("marks", ())))


def mark_rows(state: WeaponState) -> dict[MarkId, Row]:
    """Return the rows, as in MARK_COLUMNS, of the weapon's own marks that bear a serial."""
    serials = own_serials(state)
    return {mark.id: _mark_row(mark, serials[mark.id], state) for mark in state.marks if mark.id in serials}


def _mark_row(mark: Mark, folded: str, state: WeaponState) -> Row:
    return (
        mark.id,
        state.weapon,
        mark.component,
        mark.kind.value,
        mark.part.value if mark.part else "",
        mark.serial,
        folded,
        look_alike_key(folded),
        mark.maker,
        mark.state,
        mark.year,
        state.position,
    )


def case_row(case: TraceCase) -> Row:
    """Return a case's row: id, position, state, body."""
    plain: dict[str, Any] = {
        "recovered": case.request.recovered,
        "request": case.request.plain(),
        "opened_at": case.opened_at,
        "opened_by": case.opened_by,
        "authority": case.authority,
        "judgements": [
            {
                "other_weapon": each.other_weapon,
                "verdict": each.verdict.value,
                "by": each.by,
                "posterior": each.posterior,
                "weights": each.weights,
                "note": each.note,
                "at": each.at,
            }
            for each in case.judgements
        ],
        "outcome": case.outcome.value if case.outcome else None,
        "answer": dict(case.answer),
        "identified_as": case.identified_as,
        "answered_at": case.answered_at,
        "answered_by": case.answered_by,
        "withdrawn": [asdict(each) for each in case.withdrawn],
    }
    return case.id, int(case.id.removeprefix("T-")), case.state.value, _write(plain)


def read_case(case: str, state: str, body: str) -> TraceCase:
    """Read a case's row back. Rows of an earlier version lack what was added last: the record tells it."""
    plain = json.loads(body)
    judgements = (
        Judgement(**{**each, "other_weapon": WeaponId(each["other_weapon"]), "verdict": Verdict(each["verdict"])})
        for each in plain["judgements"]
    )
    return TraceCase(
        id=case,
        request=TraceRequest.of_plain(WeaponId(plain["recovered"]), plain["request"]),
        state=CaseState(state),
        opened_at=plain["opened_at"],
        opened_by=plain["opened_by"],
        authority=plain["authority"],
        judgements=tuple(judgements),
        outcome=Outcome(plain["outcome"]) if plain["outcome"] else None,
        answer=plain["answer"],
        identified_as=plain.get("identified_as"),
        answered_at=plain.get("answered_at", ""),
        answered_by=plain.get("answered_by", ""),
        withdrawn=tuple(Withdrawal(**each) for each in plain.get("withdrawn", ())),
    )


def agency_row(agency: Agency) -> Row:
    """Return an agency's row, as in AGENCY_COLUMNS."""
    return (
        agency.code,
        agency.name,
        agency.kind.value,
        agency.state,
        agency.parent,
        agency.level.value,
        str(agency.active_from or ""),
        str(agency.active_until or ""),
        agency.competent,
        agency.contact_point,
    )


def read_agency(row: Row) -> Agency:
    """Read an agency's row back."""
    code, name, kind, state, parent, level, begun, ended, competent, contact_point = row
    return Agency(
        code=code,
        name=name,
        kind=AgencyKind(kind),
        state=state,
        parent=parent,
        level=Level(level),
        active_from=PartialDate.parse(begun) if begun else None,
        active_until=PartialDate.parse(ended) if ended else None,
        competent=bool(competent),
        contact_point=bool(contact_point),
    )


def block_row(known: NumberBlock) -> Row:
    """Return a block's row, as in BLOCK_COLUMNS."""
    block, scheme, closed = known.block, known.block.scheme, str(known.closed_on or "")
    described = (block.first, block.last, block.allocated_on.isoformat(), block.purpose, closed)
    return known.allocated, block.holder, scheme.prefix, scheme.digits, scheme.check.value, *described


def read_block(row: Row, used: tuple[Span, ...]) -> NumberBlock:
    """Read a block's row back, with what is used of it."""
    position, holder, prefix, digits, check, first, last, allocated_on, purpose, closed_on = row
    scheme = Scheme(prefix, digits, CheckSystem(check))
    block = Block(holder, scheme, first, last, date.fromisoformat(allocated_on), purpose)
    return NumberBlock(position, block, used, PartialDate.parse(closed_on) if closed_on else None)


def read_proposal(row: Row) -> Proposal:
    """Read a proposal's row: id, permission, subject, content, reason, who, when."""
    number, permission, subject, content, reason, proposed_by, at = row
    return Proposal(number, permission, subject, json.loads(content), reason, proposed_by, at)


def read_decision(row: Row) -> Decision:
    """Read a decision's row: proposal, approved, who, when, note."""
    proposal, approved, decided_by, at, note = row
    return Decision(proposal, approved=bool(approved), decided_by=decided_by, at=at, note=note)


def _rest(state: WeaponState) -> dict[str, Plain]:
    """What a weapon's row keeps as JSON; what there is none of is left out."""
    described = state.description
    rest: dict[str, Plain] = {
        "components": [component_plain(each) for each in state.components],
        "born": state.components_born,
        "marks_born": state.marks_born,
        "marks": [each.plain() for each in state.marks],
        "unmarked_because": described.unmarked_because,
        "as_written": dict(described.as_written) if described.as_written is not None else None,
    }
    return {name: value for name, value in rest.items() if value or value == {}}
