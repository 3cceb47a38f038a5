from tracemark.fellowship.actions.telling import refuse
from tracemark.fellowship.certificates import FellowCertificate, sign_fellow_certificate
from tracemark.fellowship.queries import cohort_record, nomination_record, nominee_identity
from tracemark.kernel import Actor, Clock
from tracemark.recordkeeping import RecordkeepingStores


def fellow_certificate(
    *, nomination: str, actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> tuple[FellowCertificate, str]:
    """Return a fellow's certificate and its signed token; that the name was read for it is noted.

    Raises:
        NotPermitted: the actor may not write fellowships, or may not read personal data.
        KeyError: there is no such nomination, or it was not certified.
        FellowshipRefused: who it is was erased.

    Source: PoA III.7.
    """
    known = nomination_record(nomination=nomination, actor=actor, stores=stores)
    if known.certified_on is None:
        raise KeyError(nomination)
    call = cohort_record(cohort=known.cohort, actor=actor, stores=stores).cohort.call
    identity = nominee_identity(nomination=nomination, purpose="certificate", actor=actor, stores=stores, clock=clock)
    if identity is None:
        raise refuse("fellowship.identity_erased", nomination=nomination)
    told = FellowCertificate(
        number=known.name,
        cohort=known.cohort,
        fellow=identity.name,
        state=known.nominee.state,
        course=call.title,
        venue=call.venue,
        begins=call.begins,
        ends=call.ends,
        modules=tuple(
            (each.title, tuple(map(str, each.commitments))) for each in call.modules if each.code in known.passed
        ),
        issued_on=known.certified_on,
        issuer=call.administrator.removeprefix("organisation:"),
    )
    return told, sign_fellow_certificate(told, stores.signer)
