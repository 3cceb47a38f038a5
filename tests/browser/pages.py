"""The pages that a browser tries: an address each, and the role that opens it."""

from dataclasses import dataclass

from tests.web.desk_work import SESSION, TRIED_FINGERPRINT


@dataclass(frozen=True, slots=True)
class Page:
    """An address, with `{person}` for the commitment of the sample's one person; `role` "" is nobody signed in."""

    address: str
    role: str
    status: int = 200


PAGES = (
    Page("/account/sign-in/", ""),
    Page("/", "approver"),
    Page("/", "nobody"),
    Page("/nowhere/", "auditor", 404),
    Page("/accounts/", "auditor", 403),
    Page("/account/password/", "auditor"),
    Page("/account/second-factor/", "auditor"),
    Page("/account/tokens/", "registry_officer"),
    Page("/account/sign-out/", "auditor"),
    Page("/register/", "registry_officer"),
    Page("/register/?serial=NOSUCH", "registry_officer"),
    Page("/register/new/", "registry_officer"),
    Page("/register/W-1/", "registry_officer"),
    Page("/api/", ""),
    Page("/stock/?holder=XT-ARMY", "storekeeper"),
    Page("/stock/counted/?weapon=W-2", "storekeeper"),
    Page("/audit/?kind=stolen", "auditor"),
    Page("/register/W-4/record/transferred/", "registry_officer"),
    Page("/signals/", "tracing_analyst"),
    Page("/signals/views/", "auditor"),
    Page("/signals/precision/", "auditor"),
    Page("/signals/SG-2026-000001/", "tracing_analyst"),
    Page("/signals/SG-2026-000002/", "approver"),
    Page("/signals/SG-2026-000003/", "point_of_contact"),
    Page("/signals/point/?weapons=W-2&signal=SG-2026-000001", "tracing_analyst"),
    Page("/register/W-2/", "auditor"),
    Page("/register/W-5/", "auditor"),
    Page("/register/W-6/", "auditor"),
    Page("/register/W-1/seal/", "auditor"),
    Page("/register/W-1/seal/2/", "auditor"),
    Page("/register/W-2/record/", "registry_officer"),
    Page("/register/W-2/record/reassembled/", "registry_officer"),
    Page("/register/W-2/record/inspected/", "registry_officer"),
    Page("/register/W-1/correct/3/", "registry_officer"),
    Page("/register/W-1/person/{person}/", "registry_officer"),
    Page("/register/W-1/person/{person}/erase/", "registry_officer"),
    Page("/register/W-1/marks/?circumstance=import&profile=eu", "auditor"),
    Page("/intake/", "registry_officer"),
    Page(f"/intake/files/{TRIED_FINGERPRINT}/registry/", "registry_officer"),
    Page("/intake/1/", "registry_officer"),
    Page("/intake/held/", "tracing_analyst"),
    Page("/intake/held/1/", "tracing_analyst"),
    Page("/marking/", "storekeeper"),
    Page("/marking/laws/", "registry_officer"),
    Page("/marking/laws/new/", "registry_officer"),
    Page("/marking/laws/xt/2026-01-01/", "auditor"),
    Page("/marking/numbers/", "registry_officer"),
    Page("/marking/numbers/new/", "registry_officer"),
    Page("/marking/numbers/26/", "registry_officer"),
    Page(f"/marking/{SESSION}/", "registry_officer"),
    Page("/recoveries/", "auditor"),
    Page("/recoveries/new/", "tracing_analyst"),
    Page("/recoveries/W-10/", "tracing_analyst"),
    Page("/recoveries/W-11/case/", "tracing_analyst"),
    Page("/traces/?recovered=W-11", "tracing_analyst"),
    Page("/traces/?reading_1=CA%3F47%5B1I%5D*&part_1=frame&maker=Smith+and+Weson&calibre=.40", "tracing_analyst"),
    Page("/cases/", "point_of_contact"),
    Page("/cases/T-19/", "auditor"),
    Page("/cases/T-25/", "tracing_analyst"),
    Page("/cases/T-25/judge/?weapon=W-3", "tracing_analyst"),
    Page("/cases/T-25/judge/", "tracing_analyst"),
    Page("/decisions/", "approver"),
    Page("/decisions/1/", "approver"),
    Page("/audit/", "auditor"),
    Page("/audit/reads/", "auditor"),
    Page("/audit/accounts/", "auditor"),
    Page("/audit/searches/", "auditor"),
    Page("/verification/", "auditor"),
    Page("/accounts/", "administrator"),
    Page("/accounts/new/", "administrator"),
    Page("/accounts/1/", "administrator"),
    Page("/agencies/", "administrator"),
    Page("/agencies/new/", "administrator"),
    Page("/instruments/", "auditor"),
    Page("/instruments/ITI/", "auditor"),
)
