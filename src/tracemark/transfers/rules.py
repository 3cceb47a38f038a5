import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracemark.kernel import Plain, Rule, rule
from tracemark.transfers.applications import LOCODE, Application, Authorises, PartyRole
from tracemark.transfers.certificates import ELEMENTS, Certificate
from tracemark.transfers.consignments import Consignment
from tracemark.transfers.items import Item
from tracemark.transfers.licences import Licence
from tracemark.transfers.risks import Risk, unanswered, unreasoned
from tracemark.weapons import catalogue

Facts = Mapping[str, Plain]

_HEADING = re.compile(r"930[1-7](\d{2})?")
_MOST = 1_000_000
_IN_AND_OUT = 2
_GO_ABROAD = (Authorises.EXPORT, Authorises.RETRANSFER)


@rule("transfers.goods_unnamed", "PoA II.11")
def goods_named(application: Application) -> Facts | None:
    """An application says what is transferred, and how many of each."""
    told = bool(application.goods) and all(0 < each.quantity <= _MOST for each in application.goods)
    return None if told else {"field": "goods"}


@rule("transfers.goods_unknown", "PoA II.11")
def goods_known(application: Application) -> Facts | None:
    """Kinds, models and calibres are the catalogue's, so that weapons can be held against them."""
    known = catalogue()
    lists = ((known.kinds, "kind"), (known.models, "model"), (known.calibres, "calibre"))
    strange: list[Plain] = []
    for each in application.goods:
        strange += [code for of, name in lists if (code := getattr(each, name)) and code not in of]
        strange += [each.heading] if each.heading and not _HEADING.fullmatch(each.heading) else []
    return {"field": "goods", "texts": strange} if strange else None


@rule("transfers.end_user_unnamed", "PoA II.12")
def end_user_named(application: Application) -> Facts | None:
    """Who is to use weapons that go abroad is named."""
    needed = application.authorises in _GO_ABROAD
    return {"field": "parties"} if needed and not application.named(PartyRole.END_USER) else None


@rule("transfers.broker_unnamed", "PoA II.14")
def broker_named(application: Application) -> Facts | None:
    """A licence to broker names the broker."""
    needed = application.authorises is Authorises.BROKERING
    return {"field": "parties"} if needed and not application.named(PartyRole.BROKER) else None


@rule("transfers.arranged_unnamed", "PoA II.14")
def arranged_named(application: Application) -> Facts | None:
    """A licence to broker names whom the broker brings together: who supplies, and who receives."""
    if application.authorises is not Authorises.BROKERING:
        return None
    supplies = any(map(application.named, (PartyRole.SUPPLIER, PartyRole.MAKER)))
    receives = any(map(application.named, (PartyRole.CONSIGNEE, PartyRole.END_USER)))
    return None if supplies and receives else {"field": "parties"}


@rule("transfers.crossing_unnamed", "PoA II.12")
def crossing_named(application: Application) -> Facts | None:
    """A licence of transit names where goods come in and where they go out again, so that a place missed is seen."""
    needed = application.authorises is Authorises.TRANSIT
    return {"field": "route"} if needed and len(application.crossing) < _IN_AND_OUT else None


@rule("transfers.origin_unnamed", "PoA II.13")
def origin_named(application: Application) -> Facts | None:
    """Who passes goods on names the State that exported them first."""
    needed = application.authorises is Authorises.RETRANSFER
    return {"field": "origin_state"} if needed and not application.origin_state else None


@rule("transfers.validity_reversed", "ATT 7(5)")
def validity_in_order(application: Application) -> Facts | None:
    """A licence ends after it begins."""
    if application.valid_from <= application.valid_until:
        return None
    days = {"since": application.valid_from.isoformat(), "until": application.valid_until.isoformat()}
    return {"field": "valid_until", **days}


@rule("transfers.place_unknown", "PoA II.12")
def places_written(application: Application) -> Facts | None:
    """Places of a route are written as UN/LOCODE, and lie in States."""
    strange: list[Plain] = [each for each in application.route if not is_place(each)]
    return {"field": "route", "texts": strange} if strange else None


@rule("transfers.state_unknown", "PoA II.11")
def states_known(application: Application) -> Facts | None:
    """States are known by their code, and goods that cross a border go to another State."""
    codes = [
        application.from_state,
        application.to_state,
        *([application.origin_state] * bool(application.origin_state)),
    ]
    codes += [*(each.state for each in application.parties if each.state)]
    strange: list[Plain] = [each for each in codes if each not in catalogue().states]
    return {"field": "to_state", "texts": strange} if strange else None


APPLICATION_RULES = (
    goods_named,
    goods_known,
    end_user_named,
    broker_named,
    arranged_named,
    crossing_named,
    origin_named,
    validity_in_order,
    places_written,
    states_known,
)


def is_place(code: str) -> bool:
    """Say whether a code is written as UN/LOCODE and begins with a State."""
    return bool(LOCODE.fullmatch(code)) and code[:2] in catalogue().states


@rule("transfers.questions_open", "ATT 7(1)")
def assessment_complete(licence: Licence) -> Facts | None:
    """Every bar is looked at, and before goods go abroad every criterion."""
    if licence.assessment is None:
        return {"questions": []}
    missing: list[Plain] = list(unanswered(licence.assessment, licence.application.authorises))
    return {"questions": missing} if missing else None


@rule("transfers.reasons_missing", "ATT 7(1)")
def answers_reasoned(licence: Licence) -> Facts | None:
    """A yes, and what is unknown, is explained."""
    missing: list[Plain] = list(unreasoned(licence.assessment.answers)) if licence.assessment else []
    return {"questions": missing} if missing else None


@rule("transfers.mitigation_missing", "ATT 7(2)")
def mitigation_named(licence: Licence) -> Facts | None:
    """A risk that is held to be lessened is lessened by something."""
    found = licence.assessment
    if found is None or found.risk is not Risk.MITIGATED or any(each.mitigation.strip() for each in found.answers):
        return None
    return {}


ASSESSMENT_RULES = (assessment_complete, answers_reasoned, mitigation_named)


@rule("transfers.origin_not_notified", "PoA II.13")
def origin_notified(licence: Licence) -> Facts | None:
    """Before goods are passed on, the State that exported them first was notified."""
    if licence.application.authorises is not Authorises.RETRANSFER or licence.notified:
        return None
    return {"licence": licence.name, "state": licence.application.origin_state}


@rule("transfers.consent_missing", "PoA II.13")
def consent_given(licence: Licence) -> Facts | None:
    """What is passed on against a refusal, or without the consent that was undertaken to be asked for, is not."""
    refused = licence.consent is not None and not licence.consent.given
    if not refused and not (licence.application.needs_consent and licence.consent is None):
        return None
    return {"licence": licence.name, "state": licence.application.origin_state, "refused": refused}


ISSUE_RULES = (origin_notified, consent_given)


@dataclass(frozen=True, slots=True)
class Grant:
    """A licence about to be granted, with the embargoes on its destination that hold now, and what is said for it."""

    licence: Licence
    embargoes: Sequence[str]
    exemption: str
    override: str


@rule("transfers.embargoed", "ATT 6(1)")
def exemption_named(grant: Grant) -> Facts | None:
    """What goes to an embargoed destination goes under a named exemption."""
    if not grant.embargoes or grant.exemption.strip():
        return None
    return {"field": "exemption", "state": grant.licence.application.to_state, "embargoes": list(grant.embargoes)}


@rule("transfers.barred", "ATT 7(3)")
def bar_explained(grant: Grant) -> Facts | None:
    """What is granted although a bar or an overriding risk was found is granted for a reason that is kept."""
    found = grant.licence.assessment
    if found is None or grant.override.strip():
        return None
    bars: list[Plain] = list(found.bars)
    overriding = found.risk is Risk.OVERRIDING
    return {"field": "override", "bars": bars, "overriding": overriding} if bars or overriding else None


@rule("transfers.hits_unexplained", "PoA II.11")
def hits_explained(grant: Grant) -> Facts | None:
    """Who looks like a listed party is held to be another for a reason that is kept."""
    advice = grant.licence.advice
    if advice is None or not advice.hits or grant.override.strip():
        return None
    return {"field": "override", "names": [str(each["name"]) for each in advice.hits]}


GRANT_RULES = (exemption_named, bar_explained, hits_explained)


@rule("transfers.certificate_incomplete", "PoA II.12")
def elements_told(certificate: Certificate) -> Facts | None:
    """An end-user certificate tells its ten elements; that there is no other party is told by none."""
    missing: list[Plain] = [
        each
        for each in ELEMENTS
        if each not in ("parties", "undertakings", "issued_on") and not getattr(certificate, each)
    ]
    return {"missing": missing} if missing else None


@dataclass(frozen=True, slots=True)
class Movement:
    """Weapons about to be packed or received under a licence: which, and on which day."""

    licence: Licence
    items: tuple[Item, ...]
    on: date


@rule("transfers.licence_not_in_force", "ATT 7(5)")
def licence_in_force(movement: Movement) -> Facts | None:
    """Goods move only under a licence that was issued, on a day for which it is good."""
    licence = movement.licence
    if licence.in_force(movement.on):
        return None
    days = {"since": licence.application.valid_from.isoformat(), "until": licence.application.valid_until.isoformat()}
    return {"licence": licence.name, "standing": licence.standing, "on": movement.on.isoformat(), **days}


@rule("transfers.quantity_exceeded", "PoA II.11")
def within_balance(movement: Movement) -> Facts | None:
    """No more is packed than the licence still allows: its balance never falls below zero."""
    for line, coming in _by_line(movement.items).items():
        if coming > (left := movement.licence.left(line)):
            quantity = movement.licence.application.goods[line - 1].quantity
            return {
                "licence": movement.licence.name,
                "line": line,
                "quantity": quantity,
                "left": left,
                "coming": coming,
            }
    return None


@rule("transfers.receipt_beyond_licence", "PoA II.11")
def receipt_within_licence(movement: Movement) -> Facts | None:
    """No more is received than the licence allows."""
    for line, coming in _by_line(movement.items).items():
        quantity = movement.licence.application.goods[line - 1].quantity
        before = movement.licence.received.get(line, 0)
        if before + coming > quantity:
            told = {"quantity": quantity, "before": before, "coming": coming, "beyond": before + coming - quantity}
            return {"licence": movement.licence.name, "line": line, **told}
    return None


@rule("transfers.line_unknown", "PoA II.11")
def lines_on_licence(movement: Movement) -> Facts | None:
    """Each weapon stands under a line of the licence."""
    lines = range(1, len(movement.licence.application.goods) + 1)
    strange: list[Plain] = [each.serial or each.weapon for each in movement.items if each.line not in lines]
    return {"licence": movement.licence.name, "texts": strange[:_SHOWN], "count": len(strange)} if strange else None


@dataclass(frozen=True, slots=True)
class Voyage:
    """Places on a way, and where a consignment goes: its licence, and the embargoes that hold there then."""

    places: tuple[str, ...]
    licence: Licence | None = None
    embargoes: tuple[str, ...] = ()


@rule("transfers.passage_unknown", "ATT 11(3)")
def places_of_voyage(voyage: Voyage) -> Facts | None:
    """Places that a consignment passes are written as UN/LOCODE."""
    strange: list[Plain] = [each for each in voyage.places if not is_place(each)]
    return {"field": "place", "texts": strange} if strange else None


@rule("transfers.destination_embargoed", "PoA II.15")
def destination_open(voyage: Voyage) -> Facts | None:
    """Nothing leaves for a destination embargoed that day, unless the licence was granted under an exemption."""
    decision = voyage.licence.decision if voyage.licence else None
    if not voyage.embargoes or voyage.licence is None or (decision and decision.exemption):
        return None
    return {"state": voyage.licence.application.to_state, "embargoes": list(voyage.embargoes)}


@rule("transfers.nothing_packed", "PoA II.12")
def something_packed(consignment: Consignment) -> Facts | None:
    """What is shipped was packed first, so that it can be held against what comes."""
    return None if consignment.packed else {"consignment": consignment.name}


@rule("transfers.receipt_elsewhere", "ATT 11(3)")
def receipt_is_ours(consignment: Consignment) -> Facts | None:
    """What goes abroad is received by the other side, whose report is its mirror."""
    if consignment.comes_here:
        return None
    return {"consignment": consignment.name, "state": consignment.to_state}


TRANSFER_RULES: tuple[Rule[Any], ...] = (
    *APPLICATION_RULES,
    *ASSESSMENT_RULES,
    *GRANT_RULES,
    *ISSUE_RULES,
    elements_told,
    licence_in_force,
    within_balance,
    lines_on_licence,
    something_packed,
    destination_open,
    places_of_voyage,
    receipt_is_ours,
    receipt_within_licence,
)
"""Every rule of the room, in the order in which a transfer meets them."""

_SHOWN = 12


def _by_line(items: Iterable[Item]) -> dict[int, int]:
    found: dict[int, int] = {}
    for each in items:
        found[each.line] = found.get(each.line, 0) + 1
    return found
