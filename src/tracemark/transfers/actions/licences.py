from collections.abc import Callable
from dataclasses import dataclass, replace

from tracemark.authorities import require_second_person
from tracemark.kernel import Actor, Clock, Finding, Plain, cite, findings
from tracemark.recordkeeping import (
    EventKind,
    RecordkeepingStores,
    VerifierKey,
    VerifySignature,
    dossier_step,
    require_step,
)
from tracemark.transfers.actions.certificates import present_certificate
from tracemark.transfers.actions.sealing import (
    require_holder,
    require_said,
    require_standing,
    seal,
    seen,
    today,
)
from tracemark.transfers.applications import Application, Authorises
from tracemark.transfers.denials import denial_of, sign_denial
from tracemark.transfers.licences import Licence, fold_licence
from tracemark.transfers.parties import hits_of, licence_names
from tracemark.transfers.queries import destination_embargoes
from tracemark.transfers.refusals import TransferRefused
from tracemark.transfers.risks import Assessment, questions
from tracemark.transfers.rules import (
    APPLICATION_RULES,
    ASSESSMENT_RULES,
    GRANT_RULES,
    ISSUE_RULES,
    Grant,
    origin_notified,
)

_AUTHENTICATED = cite("PoA II.12")
_ASSESSED = cite("ATT 7(1)")
_NOTIFIED = cite("PoA II.13")
_NEED_CERTIFICATE = frozenset({Authorises.EXPORT, Authorises.RETRANSFER})


@dataclass(frozen=True, slots=True)
class Presented:
    """Another State's end-user certificate as it was handed in: its token, and the key that signed it, one trusts."""

    token: str
    key: VerifierKey
    verify: VerifySignature


def draft_licence(
    *, application: Application, due: str = "", note: str = "", actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> str:
    """Draft a licence and return its name. Others advise on it and decide, by the day `due` (ISO) if one is given.

    Raises:
        NotPermitted: the actor may not draft.
        TransferRefused: the application falls short of what it must say.

    Source: PoA II.11.
    """
    kind = EventKind.LICENCE_DRAFTED
    require_step(kind, actor, stores)
    require_holder(application.applicant, "applicant", stores)
    if found := findings(APPLICATION_RULES, application):
        raise TransferRefused(found)
    with stores.atomic():
        name = stores.dossiers.next_name("licence", clock.now().year)
        details = {**application.plain(), "due": due, "note": note}
        seal([dossier_step(kind, name, details, today(clock), actor)], stores, clock)
    return name


def revise_licence(
    *,
    licence: str,
    application: Application,
    due: str = "",
    note: str = "",
    actor: Actor,
    stores: RecordkeepingStores,
    clock: Clock,
) -> Licence:
    """Write a drafted licence anew, before anybody advised on it. The earlier text stays on record.

    What was assessed is assessed again, because it was the earlier text.

    Raises:
        NotPermitted: the actor may not draft, or does not see the licence.
        TransferRefused: it is advised on already, or the application falls short of what it must say.
        KeyError: there is no such licence.

    Source: PoA II.11.
    """
    require_holder(application.applicant, "applicant", stores)
    if found := findings(APPLICATION_RULES, application):
        raise TransferRefused(found)
    details = {**application.plain(), "due": due, "note": note}
    return _next(EventKind.LICENCE_REVISED, licence, lambda _: details, actor, stores, clock)


def notify_origin(
    *,
    licence: str,
    number: str = "",
    due: str = "",
    note: str = "",
    actor: Actor,
    stores: RecordkeepingStores,
    clock: Clock,
) -> Licence:
    """Record that the State which exported the goods first was notified that they are to be passed on.

    `number` is that of the note sent to it, `due` the day (ISO) by which it may answer.

    Raises:
        NotPermitted: the actor may not, or does not see the licence.
        TransferRefused: nothing is passed on under it, or it was issued already.
        KeyError: there is no such licence.

    Source: PoA II.13.
    """

    def notified(known: Licence) -> dict[str, Plain]:
        return {"to_state": _origin(known), "number": number, "due": due, "note": note}

    return _next(EventKind.LICENCE_NOTIFIED, licence, notified, actor, stores, clock)


def record_consent(
    *,
    licence: str,
    consents: bool,
    number: str,
    note: str = "",
    actor: Actor,
    stores: RecordkeepingStores,
    clock: Clock,
) -> Licence:
    """Record what the State which exported the goods first answered. Against its refusal nothing is issued.

    Raises:
        NotPermitted: the actor may not, or does not see the licence.
        TransferRefused: that State was not notified, or the answer bears no number.
        KeyError: there is no such licence.

    Source: PoA II.13.
    """
    said = require_said(number, "number")

    def answered(known: Licence) -> dict[str, Plain]:
        if known.notified is None:
            raise TransferRefused(findings((origin_notified,), known))
        return {"from_state": known.notified.state, "consents": consents, "number": said, "note": note}

    return _next(EventKind.LICENCE_ANSWERED, licence, answered, actor, stores, clock)


def assess_licence(
    *, licence: str, assessment: Assessment, actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> Licence:
    """Record the answers to the questions of risk. Later answers replace earlier ones; all of them stay on record.

    Raises:
        NotPermitted: the actor may not assess, or does not see the licence.
        TransferRefused: a question must be answered, a yes or an unknown lacks its reason, or a risk that is held to
            be lessened lacks what lessens it.
        KeyError: there is no such licence.

    Source: ATT 6(1), ATT 7(1), ATT 11(2).
    """
    reason = require_said(assessment.reason, "reason")
    known = {each.code for each in questions()}
    strange: list[Plain] = [each.question for each in assessment.answers if each.question not in known]
    if strange:
        raise TransferRefused([Finding("transfers.question_unknown", _ASSESSED, {"texts": strange})])
    details: dict[str, Plain] = {"answers": [each.plain() for each in assessment.answers]}
    details |= {"risk": assessment.risk.value, "reason": reason}

    def complete(known: Licence) -> dict[str, Plain]:
        if found := findings(ASSESSMENT_RULES, replace(known, assessment=assessment)):
            raise TransferRefused(found)
        return details

    return _next(EventKind.LICENCE_ASSESSED, licence, complete, actor, stores, clock)


def advise_licence(
    *, licence: str, grant: bool, reason: str, actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> Licence:
    """Advise to grant a licence or to refuse it. What was found then is kept with it: embargoes, likenesses of parties.

    Raises:
        NotPermitted: the actor may not advise, or does not see the licence.
        TransferRefused: it was not assessed yet, no reason is given, or it is not under way any more.
        KeyError: there is no such licence.

    Source: PoA II.11, ATT 11(2).
    """
    said = require_said(reason, "reason")

    def looked_up(known: Licence) -> dict[str, Plain]:
        if found := findings(ASSESSMENT_RULES, known):
            raise TransferRefused(found)
        embargoes: list[Plain] = [each.code for each in destination_embargoes(known, stores, clock)]
        hits: list[Plain] = [
            {
                "name": each.name,
                "party": each.denied.dossier,
                "matched": "" if each.denied.person else each.matched,
                "why": each.likeness.value,
            }
            for each in hits_of(licence_names(known), stores)
        ]
        return {"grant": grant, "reason": said, "embargoes": embargoes, "hits": hits}

    return _next(EventKind.LICENCE_ADVISED, licence, looked_up, actor, stores, clock)


def approve_licence(
    *,
    licence: str,
    reason: str,
    exemption: str = "",
    override: str = "",
    actor: Actor,
    stores: RecordkeepingStores,
    clock: Clock,
) -> Licence:
    """Grant a licence, as neither its drafter nor its adviser. Nothing of it is decided by itself.

    `exemption` names what lets the goods go to an embargoed destination, such as a committee's approval; `override` is
    why it is granted although a bar, an overriding risk or a likeness to a listed party was found.

    Raises:
        NotPermitted: the actor may not decide, drafted or advised on it, or does not see it.
        TransferRefused: it waits for advice, or what was found asks for a refusal or for words on record.
        KeyError: there is no such licence.

    Source: PoA II.11, ATT 6(1), ATT 7(3).
    """
    details: dict[str, Plain] = {"reason": require_said(reason, "reason"), "exemption": exemption, "override": override}

    def granted(known: Licence) -> dict[str, Plain]:
        _require_other_eyes(known, actor)
        embargoes = [each.code for each in destination_embargoes(known, stores, clock)]
        if found := findings(GRANT_RULES, Grant(known, embargoes, exemption, override)):
            raise TransferRefused(found)
        return details

    return _next(EventKind.LICENCE_APPROVED, licence, granted, actor, stores, clock)


def refuse_licence(*, licence: str, reason: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> Licence:
    """Refuse a licence, as neither its drafter nor its adviser, with a reason that stays on record.

    Raises:
        NotPermitted: the actor may not decide, drafted or advised on it, or does not see it.
        TransferRefused: it waits for advice, or no reason is given.
        KeyError: there is no such licence.

    Source: PoA II.11, ATT 7(3).
    """
    details: dict[str, Plain] = {"reason": require_said(reason, "reason")}

    def refused(known: Licence) -> dict[str, Plain]:
        _require_other_eyes(known, actor)
        return details

    return _next(EventKind.LICENCE_REFUSED, licence, refused, actor, stores, clock)


def share_refusal(
    *, licence: str, for_state: str, state: str, actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> str:
    """Return a refusal as a signed notice of `state` for another State or a region, and seal that it was shared.

    Raises:
        NotPermitted: the actor may not decide, or does not see the licence.
        TransferRefused: it was not refused.
        KeyError: there is no such licence.

    Source: ATT 11(5).
    """
    told = {"to_state": for_state}
    known = _next(EventKind.LICENCE_SHARED, licence, lambda _: dict(told), actor, stores, clock)
    denial = denial_of(known, state=state, for_state=for_state, on=clock.now().date().isoformat())
    return sign_denial(denial, stores.signer)


def issue_licence(
    *,
    licence: str,
    presented: Presented | None = None,
    waiver: str = "",
    actor: Actor,
    stores: RecordkeepingStores,
    clock: Clock,
) -> Licence:
    """Issue an approved licence.

    What goes to an end user abroad rests on that State's certificate, used once, or on a reason why it rests on none.

    Raises:
        NotPermitted: the actor may not issue, or does not see the licence.
        TransferRefused: it is not approved, the State that exported the goods first was not notified or does not
            consent, or the certificate is missing, used before, or covers something else.
        CertificateRefused: the certificate is not what its State signed, or no longer good.
        KeyError: there is no such licence.

    Source: PoA II.12, ATT 7(5).
    """

    def certified(known: Licence) -> dict[str, Plain]:
        if found := findings(ISSUE_RULES, known):
            raise TransferRefused(found)
        if presented is not None:
            name = present_certificate(
                token=presented.token, key=presented.key, verify=presented.verify, licence=known, actor=actor,
                stores=stores, clock=clock,
            )  # fmt: skip
            return {"certificate": name}
        if known.application.authorises in _NEED_CERTIFICATE and not waiver.strip():
            raise TransferRefused([Finding("transfers.certificate_missing", _AUTHENTICATED, {"licence": licence})])
        return {"waiver": waiver.strip()}

    return _next(EventKind.LICENCE_ISSUED, licence, certified, actor, stores, clock)


def revoke_licence(*, licence: str, reason: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> Licence:
    """Take a licence back, for instance because of what became known since. What moved under it stays on record.

    Raises:
        NotPermitted: the actor may not decide, or does not see the licence.
        TransferRefused: it is neither approved nor issued, or no reason is given.
        KeyError: there is no such licence.

    Source: ATT 7(7).
    """
    details: dict[str, Plain] = {"reason": require_said(reason, "reason")}
    return _next(EventKind.LICENCE_REVOKED, licence, lambda _: details, actor, stores, clock)


def close_licence(*, licence: str, reason: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> Licence:
    """Close a licence: one that is used up, or an application that is withdrawn.

    Raises:
        NotPermitted: the actor may not, or does not see the licence.
        TransferRefused: it is closed already, or no reason is given.
        KeyError: there is no such licence.
    """
    details: dict[str, Plain] = {"reason": require_said(reason, "reason")}
    return _next(EventKind.LICENCE_CLOSED, licence, lambda _: details, actor, stores, clock)


def _next(
    kind: EventKind,
    name: str,
    checked: Callable[[Licence], dict[str, Plain]],
    actor: Actor,
    stores: RecordkeepingStores,
    clock: Clock,
) -> Licence:
    """Seal the next step of a licence, once `checked` let its present state pass and told the step's details."""
    require_step(kind, actor, stores)
    with stores.atomic():
        dossier = seen(name, "licence", actor, stores)
        require_standing(dossier, kind)
        details = checked(fold_licence(name, stores.dossiers.events(name), dossier.standing))
        seal([dossier_step(kind, name, details, today(clock), actor)], stores, clock)
        return fold_licence(name, stores.dossiers.events(name), stores.dossiers.dossier(name).standing)


def _origin(known: Licence) -> str:
    if known.application.authorises is not Authorises.RETRANSFER:
        facts: dict[str, Plain] = {"licence": known.name}
        raise TransferRefused([Finding("transfers.nothing_passed_on", _NOTIFIED, facts)])
    return known.application.origin_state


def _require_other_eyes(known: Licence, actor: Actor) -> None:
    """Let pass who neither drafted nor revised the licence nor assessed it nor advised on it."""
    advised_by = known.advice.by if known.advice else ""
    for name in (known.drafted_by, *known.revised_by, known.assessed_by, advised_by):
        require_second_person(name, actor)
