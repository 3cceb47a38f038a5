from collections.abc import Callable
from dataclasses import replace

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
from tracemark.transfers.actions.sealing import (
    require_said,
    require_standing,
    seal,
    seen,
    today,
)
from tracemark.transfers.certificates import Certificate, CertificateFile, fold_certificate
from tracemark.transfers.licences import Licence
from tracemark.transfers.queries import first_use
from tracemark.transfers.refusals import TransferRefused
from tracemark.transfers.rules import elements_told
from tracemark.transfers.tokens import check_token, sign_certificate, validity_findings

_AUTHENTICATED = cite("PoA II.12")


def draft_certificate(*, certificate: Certificate, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> str:
    """Draft an end-user certificate of this State and return its name, which is its number, too.

    Number and day of issue that it comes with are replaced by its own.

    Raises:
        NotPermitted: the actor may not draft.
        TransferRefused: an element is missing.

    Source: PoA II.12.
    """
    kind = EventKind.CERTIFICATE_DRAFTED
    require_step(kind, actor, stores)
    if found := findings((elements_told,), certificate):
        raise TransferRefused(found)
    with stores.atomic():
        name = stores.dossiers.next_name("certificate", clock.now().year)
        contents = replace(certificate, number=name, issued_on=clock.now().date()).plain()
        seal([dossier_step(kind, name, {"contents": contents}, today(clock), actor)], stores, clock)
    return name


def revise_certificate(
    *, certificate: str, contents: Certificate, actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> CertificateFile:
    """Write a drafted certificate anew, before it is signed. The earlier text stays on record.

    Raises:
        NotPermitted: the actor may not draft, or does not see it.
        TransferRefused: it was signed already, or an element is missing.
        KeyError: there is no such certificate.

    Source: PoA II.12.
    """
    if found := findings((elements_told,), contents):
        raise TransferRefused(found)
    written = replace(contents, number=certificate, issued_on=clock.now().date()).plain()
    return _next(EventKind.CERTIFICATE_REVISED, certificate, lambda _: {"contents": written}, actor, stores, clock)


def issue_certificate(*, certificate: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> CertificateFile:
    """Sign a certificate with the State's key, within the signing office's days.

    Who signs neither drafted nor revised it.

    Raises:
        NotPermitted: the actor may not sign, drafted or revised it, or does not see it.
        TransferRefused: it was issued before, it is past its days, or the office may not sign today.
        KeyError: there is no such certificate.

    Source: PoA II.12.
    """
    on = clock.now().date()

    def signed(known: CertificateFile) -> dict[str, Plain]:
        for name in (known.drafted_by, *known.revised_by):
            require_second_person(name, actor)
        contents = replace(known.certificate, issued_on=on)
        if found := validity_findings(contents, on):
            raise TransferRefused(found)
        return {"contents": contents.plain(), "token": sign_certificate(contents, stores.signer)}

    return _next(EventKind.CERTIFICATE_ISSUED, certificate, signed, actor, stores, clock)


def revoke_certificate(
    *, certificate: str, reason: str, actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> CertificateFile:
    """Take a certificate back. Whoever asks the State is told so; who only reads the paper cannot know.

    Raises:
        NotPermitted: the actor may not, or does not see it.
        TransferRefused: it is revoked or used already, or no reason is given.
        KeyError: there is no such certificate.
    """
    details: dict[str, Plain] = {"reason": require_said(reason, "reason")}
    return _next(EventKind.CERTIFICATE_REVOKED, certificate, lambda _: details, actor, stores, clock)


def use_certificate(
    *, certificate: str, used_for: str, by_state: str, actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> CertificateFile:
    """Note that the exporting State `by_state` uses a certificate of ours, for its licence `used_for`. It is used once.

    Raises:
        NotPermitted: the actor may not, or does not see it.
        TransferRefused: it was used before, naming where; or it was never issued, is revoked or is past its days.
        KeyError: there is no such certificate.

    Source: PoA II.12.
    """
    details: dict[str, Plain] = {"number": require_said(used_for, "number"), "from_state": by_state}

    def unused(known: CertificateFile) -> dict[str, Plain]:
        if found := validity_findings(known.certificate, clock.now().date()):
            raise TransferRefused(found)
        return details

    return _next(EventKind.CERTIFICATE_USED, certificate, unused, actor, stores, clock)


def present_certificate(
    *,
    token: str,
    key: VerifierKey,
    verify: VerifySignature,
    licence: Licence,
    actor: Actor,
    stores: RecordkeepingStores,
    clock: Clock,
) -> str:
    """Keep another State's certificate as used for a licence, and return its name here. Call inside a transaction.

    Raises:
        NotPermitted: the actor may not.
        CertificateRefused: it is not what that key signed, or it is not good today.
        TransferRefused: it was used before, naming where, or covers less than the licence lets go, or another State.

    Source: PoA II.12.
    """
    kind = EventKind.CERTIFICATE_PRESENTED
    require_step(kind, actor, stores)
    contents = check_token(token, key, verify, clock.now().date())
    _require_unused(contents, stores)
    _require_covered(contents, licence)
    name = stores.dossiers.next_name("certificate", clock.now().year)
    details: dict[str, Plain] = {"contents": contents.plain(), "token": "".join(token.split()), "key": str(key)}
    details |= {"licence": licence.name, "number": contents.number, "from_state": contents.issuer}
    seal([dossier_step(kind, name, details, today(clock), actor)], stores, clock)
    return name


def _require_unused(contents: Certificate, stores: RecordkeepingStores) -> None:
    if used := first_use(contents.issuer, contents.number, stores):
        raise TransferRefused([_used(contents.number, used.used_for, used.used_on)])


def _require_covered(contents: Certificate, licence: Licence) -> None:
    asked = licence.application
    facts: dict[str, Plain] = {"number": contents.number, "licence": licence.name}
    found = []
    if contents.destination != asked.to_state:
        states = {"destination": contents.destination, "state": asked.to_state}
        found.append(Finding("transfers.certificate_elsewhere", _AUTHENTICATED, {**facts, **states}))
    if uncovered := _uncovered(contents, licence):
        found.append(Finding("transfers.certificate_exceeded", _AUTHENTICATED, {**facts, **uncovered}))
    if found:
        raise TransferRefused(found)


def _uncovered(contents: Certificate, licence: Licence) -> dict[str, Plain]:
    """Return the first kind of which the licence lets more go than the certificate covers."""
    for kind in dict.fromkeys(each.kind for each in licence.application.goods):
        asked = sum(each.quantity for each in licence.application.goods if each.kind == kind)
        covered = sum(each.quantity for each in contents.goods if each.kind == kind)
        if asked > covered:
            return {"kind": kind, "asked": asked, "covered": covered}
    return {}


def _used(number: str, used_for: str, used_on: str) -> Finding:
    facts: dict[str, Plain] = {"number": number, "used_for": used_for, "on": used_on}
    return Finding("transfers.certificate_used", _AUTHENTICATED, facts)


def _next(
    kind: EventKind,
    name: str,
    checked: Callable[[CertificateFile], dict[str, Plain]],
    actor: Actor,
    stores: RecordkeepingStores,
    clock: Clock,
) -> CertificateFile:
    """Seal the next step of a certificate, once `checked` let its present state pass and told the step's details."""
    require_step(kind, actor, stores)
    with stores.atomic():
        dossier = seen(name, "certificate", actor, stores)
        known = fold_certificate(name, stores.dossiers.events(name), dossier.standing)
        if kind is EventKind.CERTIFICATE_USED and known.used_for:
            raise TransferRefused([_used(known.certificate.number, known.used_for, known.used_on)])
        require_standing(dossier, kind)
        seal([dossier_step(kind, name, checked(known), today(clock), actor)], stores, clock)
        return fold_certificate(name, stores.dossiers.events(name), stores.dossiers.dossier(name).standing)
