"""Every view says whom it admits, and every pair of role and view is tried, denials included."""

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.web.conftest import ClientAs
from tests.web.sample import Sample
from tracemark.authorities import Role
from tracemark.web import access

PUBLIC = {
    *("preferences", "developers", "docs"),
    *("public_site", "public_figure", "public_report", "public_report_file", "contribute", "receipt"),
    *("open_data", "open_catalogue", "open_structure", "public_attachment"),
    *("public_consultation", "tip", "tip_reply"),
    *("public_request", "open_requests"),
}
"""Views that everybody may see. Signing in is allauth's, and guards itself."""
OF_ALLAUTH = ("account_", "mfa_")

OFFICER, ANALYST, LICENSING, STORE, CONTACT, APPROVER, AUDITOR, ADMIN = (role.value for role in Role)
READERS = {OFFICER, ANALYST, LICENSING, STORE, CONTACT, APPROVER, AUDITOR}
# Storekeeper and licensing officer see their own agency only, and the pistol is a private person's.
SEERS = READERS - {STORE, LICENSING}
PROPOSERS = {OFFICER, ANALYST, LICENSING, STORE}
SIGNALLED = {OFFICER, ANALYST, CONTACT, APPROVER, AUDITOR}
FIGURED = {OFFICER, ANALYST, CONTACT, APPROVER, AUDITOR}
TRACE_READERS = {OFFICER, ANALYST, CONTACT, APPROVER, AUDITOR}
EVERYBODY = {role.value for role in Role} | {"nobody"}

ADMITTED: dict[str, set[str]] = {
    "home": EVERYBODY,
    "register": READERS,
    "weapon": SEERS,
    "new_weapon": {OFFICER, LICENSING},
    "seal": SEERS,
    "event_seal": SEERS,
    "event_proof": SEERS,
    "record_kinds": {OFFICER},
    "record_event": {OFFICER},
    "correct": {OFFICER, ANALYST},
    "person": {OFFICER, ANALYST, CONTACT},
    "erase": {OFFICER},
    "stock": {OFFICER, STORE},
    "stock_event": {OFFICER, STORE},
    "sites": READERS,
    "new_site": {OFFICER, STORE},
    "site": READERS,
    "revise_site": {OFFICER, STORE},
    "new_lot": {OFFICER, STORE},
    "counts": READERS,
    "count": READERS,
    "count_sheet": READERS,
    "investigations": READERS,
    "new_investigation": {OFFICER, ANALYST, STORE},
    "investigation": READERS,
    "ask_state": {ANALYST, CONTACT},
    "state_requests": TRACE_READERS,
    "state_request": TRACE_READERS,
    "request_step": {ANALYST, CONTACT},
    "inquiries": TRACE_READERS,
    "inquiry": TRACE_READERS,
    "inquiry_step": {ANALYST, CONTACT},
    **dict.fromkeys(("peers", "own_card", "peer"), TRACE_READERS),
    **dict.fromkeys(("lost_lists", "lost_list"), TRACE_READERS),
    "notices": TRACE_READERS,
    "secretariat": TRACE_READERS,
    "send_notice": {CONTACT, LICENSING, APPROVER},
    "share_lost": {ANALYST, CONTACT},
    "import_lost": {ANALYST, CONTACT},
    "new_peer": {CONTACT},
    "ask_peer": {CONTACT},
    "peer_step": {CONTACT, APPROVER},
    "surplus": READERS,
    "dispositions": READERS,
    "destructions": READERS,
    "new_destruction": {OFFICER, STORE},
    "destruction": READERS,
    "destruction_certificate": READERS,
    "destruction_photo": READERS,
    "lots": READERS,
    "lot": READERS,
    "signals": SIGNALLED,
    "signal_views": SIGNALLED,
    "signal_precision": SIGNALLED,
    "signal": SIGNALLED,
    "judge_signal": {ANALYST, APPROVER},
    "look_for_signals": {ANALYST},
    "share_signal": {CONTACT},
    "share_refusal": {APPROVER},
    "point_of_diversion": {ANALYST},
    "indicator": FIGURED,
    "indicator_compare": FIGURED,
    "indicator_file": FIGURED,
    "marks_check": SEERS,
    "imports": {OFFICER, LICENSING, ANALYST},
    "import_trial": {OFFICER, LICENSING},
    "import_commit": {OFFICER},
    "import_run": {OFFICER, LICENSING, ANALYST},
    "refused_rows": {OFFICER, ANALYST},
    "held_rows": {OFFICER, ANALYST},
    "held_row": {OFFICER, ANALYST},
    "held_person": {OFFICER, ANALYST, CONTACT},
    "erase_held": {OFFICER},
    "marking_plan": {OFFICER, STORE},
    "marking_session": {OFFICER, STORE},
    "label_sheet": {OFFICER, STORE},
    "record_marks": {OFFICER, LICENSING},
    "numbers": {OFFICER, STORE},
    "laws": READERS,
    "law": READERS,
    "new_law": {OFFICER},
    "new_block": {OFFICER},
    "block": {OFFICER},
    "close_block": {OFFICER},
    "recoveries": TRACE_READERS,
    "new_recovery": {OFFICER, ANALYST},
    "recovery": TRACE_READERS,
    "recovery_photo": TRACE_READERS,
    "open_case": {ANALYST, CONTACT},
    "trace_desk": {OFFICER, ANALYST, CONTACT},
    "cases": TRACE_READERS,
    "case": TRACE_READERS,
    "judge_candidate": {ANALYST},
    "answer_case": {ANALYST, CONTACT},
    "case_report": {ANALYST, CONTACT},
    "decisions": PROPOSERS | {APPROVER, AUDITOR},
    "draft": EVERYBODY,
    "decision": PROPOSERS | {APPROVER, AUDITOR},
    "audit": {AUDITOR},
    "reads": {AUDITOR},
    "dashboard": FIGURED,
    "figures": FIGURED,
    "figure": FIGURED,
    "figure_rows": FIGURED,
    "publications": FIGURED,
    "propose_publication": {OFFICER, ANALYST, LICENSING, CONTACT},
    "publication_step": {APPROVER},
    **dict.fromkeys(("statements", "statement", "statement_table"), FIGURED),
    **dict.fromkeys(("targets", "target", "plans", "compare_plans", "plan", "plan_file"), READERS),
    **{each: {CONTACT} for each in ("new_target", "target_step", "new_plan", "plan_activity", "plan_step")},
    **{each: {CONTACT} for each in ("new_statement", "upload_statistics")},
    **dict.fromkeys(("practices", "practice", "practice_elsewhere", "good_practice", "good_practice_file"), READERS),
    **{each: {CONTACT} for each in ("new_practice", "revise_practice", "take_over_practice", "adopt_practice")},
    "practice_step": {CONTACT, APPROVER},
    **dict.fromkeys(("assistance_requests", "assistance_request", "programmes", "programme"), READERS),
    **dict.fromkeys(("matching_desk", "grants", "grant"), READERS),
    **{each: {CONTACT} for each in ("new_assistance_request", "new_programme", "programme_step", "new_grant")},
    **{each: {CONTACT, APPROVER} for each in ("assistance_request_step", "grant_step")},
    "reports": READERS,
    "assessment": READERS,
    "new_report": {OFFICER, ANALYST, CONTACT},
    "report": READERS,
    "report_section": READERS,
    "report_file": READERS,
    "report_attachment": READERS,
    **dict.fromkeys(("aid_board", "aid_activity", "aid_file"), READERS),
    "import_aid": {CONTACT},
    "contributions": {OFFICER, CONTACT},
    "contribution": {OFFICER, CONTACT},
    **dict.fromkeys(("campaigns", "campaign", "consultations", "consultation"), READERS),
    **{each: {CONTACT} for each in ("new_campaign", "revise_campaign", "campaign_step")},
    **{each: {CONTACT} for each in ("new_consultation", "consultation_step")},
    "witnesses": {OFFICER, ANALYST, CONTACT, APPROVER, AUDITOR, ADMIN},
    "explain_alarm": {OFFICER, CONTACT},
    "ask_privately": {OFFICER, ANALYST, CONTACT},
    "changes": {AUDITOR},
    "searches": {AUDITOR},
    "own_tokens": EVERYBODY,
    "revoke_token": EVERYBODY,
    "verification": {OFFICER, ANALYST, CONTACT, APPROVER, AUDITOR, ADMIN},
    "checkpoint": {OFFICER, ANALYST, CONTACT, APPROVER, AUDITOR, ADMIN},
    "accounts": {ADMIN},
    "new_account": {ADMIN},
    "account": {ADMIN},
    "agencies": {ADMIN},
    "new_agency": {ADMIN},
    "licences": READERS,
    "new_licence": {LICENSING},
    "licence": READERS,
    "assess_licence": {LICENSING},
    "revise_licence": {LICENSING},
    "revise_certificate": {LICENSING},
    "licence_step": {LICENSING, APPROVER},
    "consignments": READERS,
    "new_consignment": {OFFICER, LICENSING, STORE},
    "consignment": READERS,
    "consignment_step": {OFFICER, LICENSING, STORE},
    "certificates": READERS,
    "new_certificate": {LICENSING},
    "check_certificate": READERS,
    "certificate": READERS,
    "certificate_paper": READERS,
    "certificate_step": {LICENSING, APPROVER},
    "screening": READERS,
    "new_denied": {LICENSING, APPROVER},
    "new_embargo": {LICENSING, APPROVER},
    "end_listing": {LICENSING, APPROVER},
    **dict.fromkeys(("review_table", "review_undertakings", "review_meetings", "review_meeting"), READERS),
    **dict.fromkeys(("review_proposals", "meeting_proposal", "kept_meeting_dossier"), READERS),
    **dict.fromkeys(("meeting_dossier", "meeting_dossier_file"), FIGURED),
    **{each: {CONTACT} for each in ("keep_meeting_dossier", "new_meeting_proposal", "meeting_proposal_step")},
    **dict.fromkeys(("fellowships", "check_fellow", "cohort", "selection", "cohort_scenarios", "nomination"), READERS),
    **{each: {CONTACT} for each in ("new_cohort", "new_fund", "new_nomination", "nominee", "fellow_certificate")},
    "nominate_elsewhere": {CONTACT},
    **dict.fromkeys(("fund", "sent_nomination"), READERS),
    **{key: {CONTACT} for key in ("fund_step", "sent_nomination_step")},
    **{key: {OFFICER} for key in ("erase_nominee", "erase_sent_nominee")},
    **{key: {CONTACT, APPROVER} for key in ("cohort_step", "selection_step", "nomination_step")},
    "instruments": EVERYBODY,
    "instrument": EVERYBODY,
}

# The sample holds none of these: who may look for one is told that there is none.
NOT_THERE = {
    *(
        "decision",
        "import_trial",
        "import_run",
        "refused_rows",
        "held_row",
        "held_person",
        "erase_held",
        "marking_session",
        "label_sheet",
        "block",
        "law",
    ),
    *("site", "revise_site", "new_lot", "count", "count_sheet", "investigation"),
    *("destruction", "destruction_certificate", "destruction_photo", "lot"),
    *("contribution", "signal", "report", "report_section", "report_file", "report_attachment"),
    *("recovery_photo", "case", "case_report", "judge_candidate"),
    *(
        "licence",
        "assess_licence",
        "revise_licence",
        "revise_certificate",
        "consignment",
        "certificate",
        "certificate_paper",
        "end_listing",
    ),
    *("target", "plan", "plan_activity", "plan_file", "statement", "statement_table"),
    *("aid_activity", "aid_file"),
    *("ask_state", "state_request", "inquiry", "peer"),
    *("practice", "revise_practice", "practice_elsewhere"),
    *("meeting_proposal", "kept_meeting_dossier"),
    *("cohort", "selection", "cohort_scenarios", "new_nomination"),
    *("nomination", "nominee", "erase_nominee", "fellow_certificate"),
    *("fund", "sent_nomination", "erase_sent_nominee"),
    *("assistance_request", "programme", "grant"),
    *("campaign", "revise_campaign", "consultation", "public_request"),
    *("ask_state", "state_request", "inquiry", "peer", "lost_list", "secretariat", "send_notice"),
}
LEADS_BACK = {"stock_event"}
"""Without weapons it leads back to the list, to choose them."""
BY_POST_ONLY = {
    *("import_commit", "close_block", "record_marks", "answer_case", "revoke_token"),
    *("judge_signal", "share_signal", "share_refusal", "look_for_signals"),
    *("propose_publication", "publication_step", "explain_alarm", "keep_meeting_dossier", "meeting_proposal_step"),
    *("licence_step", "consignment_step", "certificate_step", "target_step", "plan_step"),
    *("request_step", "inquiry_step", "ask_peer", "peer_step"),
    *("practice_step", "take_over_practice", "adopt_practice"),
    *("cohort_step", "selection_step", "nomination_step", "sent_nomination_step", "fund_step"),
    *("assistance_request_step", "programme_step", "grant_step"),
    *("campaign_step", "consultation_step"),
    *("share_lost", "import_lost"),
}


def addresses(sample: Sample) -> dict[str, list[object]]:
    """Return the arguments of each address that has any."""
    return {
        "weapon": [sample.pistol],
        "seal": [sample.pistol],
        "event_seal": [sample.pistol, 0],
        "event_proof": [sample.pistol, 0],
        "record_kinds": [sample.pistol],
        "record_event": [sample.pistol, "stored"],
        "stock_event": ["counted"],
        "correct": [sample.pistol, 0],
        "person": [sample.pistol, sample.person],
        "erase": [sample.pistol, sample.person],
        "decision": [1],
        "marks_check": [sample.pistol],
        "import_trial": ["0" * 64, "registry"],
        "import_commit": ["0" * 64, "registry"],
        "import_run": [1],
        "refused_rows": [1],
        "held_row": [1],
        "held_person": [1, "0" * 64],
        "erase_held": [1, "0" * 64],
        "marking_session": ["M-20260930-000000"],
        "label_sheet": ["M-20260930-000000"],
        "record_marks": ["M-20260930-000000"],
        "block": [10**6],
        "close_block": [10**6],
        "law": ["xt", "2026-01-01"],
        "indicator_file": ["sdmx"],
        "site": ["ST-2026-000001"],
        "revise_site": ["ST-2026-000001"],
        "new_lot": ["ST-2026-000001"],
        "count": ["CT-2026-000001"],
        "count_sheet": ["CT-2026-000001"],
        "investigation": ["IV-2026-000001"],
        "ask_state": ["T-1"],
        "state_request": ["TR-2026-000001"],
        "request_step": ["TR-2026-000001", "send"],
        "inquiry": ["TI-2026-000001"],
        "inquiry_step": ["TI-2026-000001", "acknowledge"],
        "lost_list": ["LL-2026-000001"],
        "send_notice": ["EM-2026-000001"],
        "peer": ["ND-2026-000001"],
        "ask_peer": ["ND-2026-000001"],
        "peer_step": ["ND-2026-000001", "confirm"],
        "destruction": ["DS-2026-000001"],
        "destruction_certificate": ["DS-2026-000001"],
        "destruction_photo": ["DS-2026-000001", "0" * 64],
        "lot": ["LT-2026-000001"],
        "recovery": [sample.pistol],
        "recovery_photo": [sample.pistol, "0" * 64],
        "open_case": [sample.pistol],
        "case": ["T-1"],
        "judge_candidate": ["T-1"],
        "answer_case": ["T-1"],
        "case_report": ["T-1"],
        "signal": ["SG-2026-000001"],
        "judge_signal": ["SG-2026-000001", "dismiss"],
        "share_signal": ["SG-2026-000001"],
        "share_refusal": ["EL-2026-000001"],
        "account": [1],
        "revoke_token": [1],
        "licence": ["EL-2026-000001"],
        "assess_licence": ["EL-2026-000001"],
        "revise_licence": ["EL-2026-000001"],
        "revise_certificate": ["EC-2026-000001"],
        "licence_step": ["EL-2026-000001", "close"],
        "consignment": ["CN-2026-000001"],
        "consignment_step": ["CN-2026-000001", "close"],
        "certificate": ["EC-2026-000001"],
        "certificate_paper": ["EC-2026-000001"],
        "certificate_step": ["EC-2026-000001", "use"],
        "end_listing": ["PA-2026-000001"],
        "figure": ["recoveries.seized"],
        "figure_rows": ["recoveries.seized"],
        "propose_publication": ["recoveries.seized"],
        "publication_step": ["PF-2026-000001", "approve"],
        "open_data": ["PF-2026-000001", "csv"],
        "statement": ["SX-2026-000001"],
        "statement_table": ["SX-2026-000001"],
        "aid_activity": ["AA-2026-000001"],
        "target": ["TG-2026-000001"],
        "target_step": ["TG-2026-000001", "observe"],
        "plan": ["PL-2026-000001"],
        "plan_step": ["PL-2026-000001", "report"],
        "contribution": ["CB-2026-000001"],
        **{key: ["LC-2026-000001"] for key in ("campaign", "revise_campaign")},
        "public_request": ["AR-2026-000001"],
        "open_requests": ["json"],
        "campaign_step": ["LC-2026-000001", "start"],
        "consultation": ["CS-2026-000001"],
        "consultation_step": ["CS-2026-000001", "invite"],
        "plan_activity": ["PL-2026-000001"],
        "plan_file": ["PL-2026-000001", 2025, "pdf"],
        "report": ["NR-2026-000001"],
        "report_section": ["NR-2026-000001", "tracing"],
        "report_file": ["NR-2026-000001", "pdf"],
        "report_attachment": ["NR-2026-000001", "0" * 64],
        "instrument": ["ITI"],
        "review_meeting": ["BMS9"],
        "meeting_dossier": ["BMS9"],
        "meeting_dossier_file": ["BMS9", "json"],
        "keep_meeting_dossier": ["BMS9"],
        "kept_meeting_dossier": ["RM-2026-000001", "json"],
        "meeting_proposal": ["RP-2026-000001"],
        "meeting_proposal_step": ["RP-2026-000001", "settle"],
        **{key: ["FC-2026-000001"] for key in ("cohort", "selection", "cohort_scenarios", "new_nomination")},
        "cohort_step": ["FC-2026-000001", "cost"],
        "selection_step": ["FC-2026-000001", "propose"],
        **{key: ["FN-2026-000001"] for key in ("nomination", "nominee", "erase_nominee", "fellow_certificate")},
        "nomination_step": ["FN-2026-000001", "withdraw"],
        **{key: ["FS-2026-000001"] for key in ("sent_nomination", "erase_sent_nominee")},
        "sent_nomination_step": ["FS-2026-000001", "recall"],
        "fund": ["FF-2026-000001"],
        "fund_step": ["FF-2026-000001", "close"],
        "explain_alarm": ["AL-2026-000001"],
        "practice": ["GP-2026-000001"],
        "revise_practice": ["GP-2026-000001"],
        "practice_step": ["GP-2026-000001", "publish"],
        "good_practice_file": ["marking", "pdf"],
        "assistance_request": ["AR-2026-000001"],
        "assistance_request_step": ["AR-2026-000001", "sign"],
        "programme": ["AP-2026-000001"],
        "programme_step": ["AP-2026-000001", "close"],
        "grant": ["AG-2026-000001"],
        "grant_step": ["AG-2026-000001", "decide"],
    }


def patterns(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    """Yield every pattern of the pages; the operations of the API are tried by its own tests."""
    for each in (resolver or get_resolver("tracemark.web.urls")).url_patterns:
        if isinstance(each, URLResolver):
            yield from patterns(each)
        else:
            yield each


def test_every_view_says_whom_it_admits() -> None:
    silent = [
        each.name
        for each in patterns()
        if not hasattr(each.callback, "admits") and not str(each.name).startswith(OF_ALLAUTH)
    ]
    assert silent == []


def test_only_these_views_are_public() -> None:
    assert {each.name for each in patterns() if getattr(each.callback, "admits", "") == access.PUBLIC} == PUBLIC


def test_every_view_stands_in_the_table() -> None:
    ours = {each.name for each in patterns() if not str(each.name).startswith(OF_ALLAUTH)}
    assert ours - PUBLIC == ADMITTED.keys()


@pytest.mark.parametrize("name", ADMITTED)
def test_nobody_enters_without_signing_in(name: str, client_as: ClientAs, sample: Sample) -> None:
    address = reverse(name, args=addresses(sample).get(name))
    response = client_as().get(address)
    assert (response.status_code, response.headers["Location"].split("?")[0]) == (302, reverse("account_login"))


@pytest.mark.parametrize("name", ADMITTED)
def test_each_role_enters_where_it_may_and_nowhere_else(name: str, client_as: ClientAs, sample: Sample) -> None:
    address = reverse(name, args=addresses(sample).get(name))
    answers = {role: client_as(role).get(address).status_code for role in EVERYBODY}
    expected = 404 if name in NOT_THERE else 405 if name in BY_POST_ONLY else 302 if name in LEADS_BACK else 200
    assert answers == {role: expected if role in ADMITTED[name] else 403 for role in EVERYBODY}


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_the_navigation_leads_only_where_one_may_go(role: str, client_as: ClientAs) -> None:
    client = client_as(role)
    navigation = client.get(reverse("home")).context["navigation"]
    targets = [entry.url for _, entries in navigation for entry in entries]
    assert targets != []
    assert [name for name in targets if client.get(reverse(name)).status_code != 200] == []
